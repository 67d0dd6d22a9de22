using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Output;

/// <summary>Shows what would be spent, and asks.</summary>
internal static class Consent
{
    /// <exception cref="MisuseException">Somebody is to be asked, and stdin is taken.</exception>
    public static void RequireTerminal(ConsentMode mode, CliHost host)
    {
        if (mode == ConsentMode.Ask && host.IsInputRedirected)
        {
            throw new MisuseException(
                "--confirm needs a terminal on stdin to ask on; add --yes to go on without; a context that is piped in can be named by -c instead");
        }
    }

    /// <summary>The callback of a run; null where nobody wants to be asked.</summary>
    /// <param name="mode">What happens before anything is spent.</param>
    /// <param name="tell">Takes the plan of a run that only tells.</param>
    /// <param name="host">Where to ask.</param>
    /// <param name="status">Writes to stderr.</param>
    public static Func<SpendingPlan, CancellationToken, ValueTask<bool>>? For(
        ConsentMode mode, Action<SpendingPlan> tell, CliHost host, StatusWriter status) => mode switch
        {
            ConsentMode.DryRun => (plan, _) =>
            {
                tell(plan);
                return ValueTask.FromResult(false);
            }
            ,
            ConsentMode.Ask => (plan, cancellationToken) => AskAsync(plan, host, status, cancellationToken),
            _ => null,
        };

    private static async ValueTask<bool> AskAsync(SpendingPlan plan, CliHost host, StatusWriter status, CancellationToken cancellationToken)
    {
        status.IsAsking = true;
        status.ClearStatus();
        foreach (string line in PlanText.LinesOf(plan))
            host.Error.WriteLine(PlainText.OneLine($"rlm: {line}"));
        try
        {
            string? answer = await Task.Run(() => host.ReadLine("rlm: Go on? [y/N] "), cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return answer?.Trim().ToLowerInvariant() is "y" or "yes";
        }
        finally
        {
            status.IsAsking = false;
        }
    }
}
