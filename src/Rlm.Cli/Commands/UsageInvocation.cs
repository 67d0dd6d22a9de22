using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;

namespace Rlm.Cli.Commands;

/// <summary>Asks for the usage of the program, or of a verb.</summary>
internal sealed record UsageInvocation(Verb? Verb, bool IsLong) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Output.Write(Verb is null ? UsagePage.WriteProgram(VerbCatalog.All, IsLong) : UsagePage.WriteVerb(Verb, IsLong));
        return Task.FromResult(ExitCodes.Answered);
    }
}
