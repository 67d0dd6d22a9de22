using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;

namespace Rlm.Cli.Commands;

/// <summary>Asks for the manual page.</summary>
internal sealed record ManualInvocation : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Output.Write(ManualPage.Write(VerbCatalog.All, RlmCli.VersionLine));
        return Task.FromResult(ExitCodes.Answered);
    }
}
