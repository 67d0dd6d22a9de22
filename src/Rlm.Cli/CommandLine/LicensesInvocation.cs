namespace Rlm.Cli.CommandLine;

/// <summary>Asks for what the binary is linked of, and the licences: the file THIRD-PARTY-NOTICES.</summary>
internal sealed record LicensesInvocation : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        using var notices = new StreamReader(typeof(LicensesInvocation).Assembly.GetManifestResourceStream("THIRD-PARTY-NOTICES")!);
        await host.Output.WriteAsync(await notices.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        return ExitCodes.Answered;
    }
}
