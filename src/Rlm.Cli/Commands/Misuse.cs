using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Commands;

/// <summary>A command line that cannot be followed.</summary>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Verb">Whose usage helps; null for the program's.</param>
internal sealed record Misuse(string Message, Verb? Verb = null) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Error.WriteLine(PlainText.OneLine($"rlm: {Message}"));
        host.Error.WriteLine(Verb is null ? "see rlm --help" : $"see rlm {Verb.Name} --help");
        return Task.FromResult(ExitCodes.WrongUsage);
    }
}
