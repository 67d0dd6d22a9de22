namespace Rlm.Cli.CommandLine;

/// <summary>A command line that was read; nothing has been opened or asked yet.</summary>
internal abstract record Invocation;

internal sealed record VersionInvocation : Invocation;

/// <summary>Asks for the usage of the program, or of a verb.</summary>
internal sealed record UsageInvocation(VerbSpec? Verb, bool IsLong) : Invocation;

/// <summary>A command line that cannot be followed.</summary>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Verb">Whose usage helps; null for the program's.</param>
internal sealed record Misuse(string Message, VerbSpec? Verb = null) : Invocation;

internal sealed record AskInvocation(string Question, ContextArguments Contexts, RunArguments Run, OutputArguments Output) : Invocation;

internal sealed record RunInvocation(ProgramArgument Program, ContextArguments Contexts, RunArguments Run, OutputArguments Output) : Invocation;

internal sealed record CheckInvocation(ProgramArgument Program, ContextArguments Contexts, OutputArguments Output) : Invocation;

internal sealed record ModelsInvocation(ModelArguments Model, OutputArguments Output) : Invocation;

/// <summary>Runs again what a journal holds.</summary>
internal sealed record ReplayInvocation(string Path, OutputArguments Output) : Invocation;

/// <summary>Tells what a journal holds.</summary>
internal sealed record JournalInvocation(string Path, OutputArguments Output) : Invocation;

/// <summary>Asks for the language, an operator, a function, a diagnostic or a verb.</summary>
internal sealed record HelpInvocation(string? Topic) : Invocation;
