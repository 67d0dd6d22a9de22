namespace Rlm.Cli.CommandLine;

/// <summary>Asks for the version.</summary>
internal sealed record VersionInvocation : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        host.Output.WriteLine(RlmCli.VersionLine);
        return Task.FromResult(ExitCodes.Answered);
    }
}
