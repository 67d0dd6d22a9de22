using System.Text;
using Rlm.Runtime;

namespace Rlm.Cli.CommandLine;

/// <summary>A program: a text, or the path of its file.</summary>
internal sealed record ProgramArgument(string? Text, string? Path);

/// <summary>A context as it was named.</summary>
/// <param name="Name">The variable; <c>context</c> where none was given.</param>
/// <param name="Path">A file, a directory, a glob, or <c>-</c> for standard input.</param>
internal sealed record ContextArgument(string Name, string Path)
{
    public const string DefaultName = "context";

    public bool IsStandardInput => Path == "-";
}

/// <summary>A variable that is given as text.</summary>
internal sealed record VariableArgument(string Name, string Value);

/// <param name="Contexts">What <c>--context</c> names, in order.</param>
/// <param name="Variables">What <c>--var</c> names, in order.</param>
/// <param name="ReadsStandardInput">Whether standard input is the context when it is redirected and no context is named.</param>
internal sealed record ContextArguments(IReadOnlyList<ContextArgument> Contexts, IReadOnlyList<VariableArgument> Variables, bool ReadsStandardInput)
{
    /// <summary>What contexts are in, by name; the empty name is for those that are not named.</summary>
    public IReadOnlyDictionary<string, Encoding> Encodings { get; init; } = new Dictionary<string, Encoding>();

    /// <summary>What a context is in where it has no byte order mark; null for UTF-8.</summary>
    public Encoding? EncodingOf(string context) => Encodings.GetValueOrDefault(context) ?? Encodings.GetValueOrDefault("");
}

internal sealed record ModelArguments(string? Model, string? SubModel, string? BaseUrl);

/// <param name="Model">The models.</param>
/// <param name="Options">Limits and settings, without journal and models.</param>
/// <param name="Consent">Whether somebody is asked before money is spent.</param>
/// <param name="JournalPath">The journal's file; null for none.</param>
/// <param name="Sync">When the journal's entries are forced to the disk.</param>
/// <param name="Resume">Whether the journal is there and its replies are taken again.</param>
internal sealed record RunArguments(ModelArguments Model, RlmOptions Options, ConsentMode Consent, string? JournalPath, JournalSync Sync, bool Resume)
{
    /// <summary>The file of prices; null for the one of the environment, if any.</summary>
    public string? PricesPath { get; init; }

    /// <summary>The journal of the run, opened; null for none. A run that only tells what it would spend reads one and writes none.</summary>
    public RlmJournal? OpenJournal() =>
        JournalPath is null || (Consent == ConsentMode.DryRun && !Resume) ? null
        : Consent == ConsentMode.DryRun ? RlmJournal.Read(JournalPath)
        : Resume ? RlmJournal.Resume(JournalPath, Sync)
        : RlmJournal.Create(JournalPath, Sync);

    /// <summary>The command line, as a journal keeps it for a replay.</summary>
    public IReadOnlyList<string> Line { get; init; } = [];
}

/// <summary>What happens before anything is spent.</summary>
internal enum ConsentMode
{
    /// <summary>It is run.</summary>
    Given,

    /// <summary>The plan is shown and somebody is asked.</summary>
    Ask,

    /// <summary>The plan is shown and nothing is run.</summary>
    DryRun,
}

internal sealed record OutputArguments(bool Json, bool IsQuiet, bool IsVerbose, bool NoColor);
