using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;

namespace Rlm.Cli.Commands;

/// <summary>Asks for the page <c>llms.txt</c>.</summary>
internal sealed record LlmsInvocation : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Output.Write(LlmsPage.Write(VerbCatalog.All));
        return Task.FromResult(ExitCodes.Answered);
    }
}
