using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Commands;

/// <summary>A command line that cannot be followed.</summary>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Verb">Whose usage helps; null for the program's.</param>
/// <param name="IsJson">Whether the reason is told as JSON, too.</param>
internal sealed record Misuse(string Message, Verb? Verb = null, bool IsJson = false) : Invocation
{
    public override bool WantsJson => IsJson;

    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Error.WriteLine(PlainText.OneLine($"rlm: {Message}"));
        if (IsJson)
            ResultPrinter.PrintFailure(ExitCodes.WrongUsage, Message, host);
        host.Error.WriteLine(Verb is null ? "see rlm --help" : $"see rlm {Verb.Name} --help");
        return Task.FromResult(ExitCodes.WrongUsage);
    }
}
