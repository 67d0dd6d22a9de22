using System.Globalization;
using Rlm.Cli.CommandLine;
using Rlm.Runtime;

namespace Rlm.Cli.Output;

/// <summary>Shows what a paid stage would spend, and asks.</summary>
internal static class Consent
{
    /// <summary>Why nobody can be asked; null where somebody can, or need not be.</summary>
    public static string? Missing(ConsentMode mode, CliHost host) => mode == ConsentMode.Ask && host.IsInputRedirected
        ? "--confirm needs a terminal on stdin to ask on; add --yes to go on without, or name the context by -c"
        : null;

    /// <summary>The callback of a run; null where nobody wants to be asked.</summary>
    public static Func<SpendingPlan, CancellationToken, ValueTask<bool>>? For(ConsentMode mode, CliHost host, StatusWriter status) => mode switch
    {
        ConsentMode.DryRun => (plan, _) =>
        {
            string next = plan.IsRoot ? "the programs, and what their stages spend, are not known before the model writes them" : "what comes behind it is not known before its replies are there";
            host.WriteText($"{Text(plan)}\n{next}; nothing was spent");
            return ValueTask.FromResult(false);
        }
        ,
        ConsentMode.Ask => (plan, cancellationToken) => AskAsync(plan, host, status, cancellationToken),
        _ => null,
    };

    /// <summary>Whether a run ended where it was to tell what it would spend.</summary>
    public static bool IsToldOnly(ConsentMode mode, RlmResult result) => mode == ConsentMode.DryRun && result.Outcome == RlmOutcome.LimitReached && result.Usage.Calls == 0;

    private static async ValueTask<bool> AskAsync(SpendingPlan plan, CliHost host, StatusWriter status, CancellationToken cancellationToken)
    {
        status.IsAsking = true;
        status.ClearStatus();
        host.Error.Write(PlainText.OneLine($"rlm: {Text(plan)}. Go on? [y/N] "));
        host.Error.Flush();
        string? answer = await Task.Run(host.ReadLine, cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
        status.IsAsking = false;
        return answer?.Trim().ToLowerInvariant() is "y" or "yes";
    }

    private static string Text(SpendingPlan plan)
    {
        string cost = plan.MaxCostUsd is { } usd ? string.Create(CultureInfo.InvariantCulture, $"up to ${usd:0.####}") : "price unknown, set --price";
        string most = plan.IsRoot ? $"{UsageText.Count(plan.MaxCalls, "turn")} in all" : string.Create(CultureInfo.InvariantCulture, $"{plan.MaxCalls:N0} with re-asks");
        return string.Create(CultureInfo.InvariantCulture,
            $"{plan.Stage}: {UsageText.Count(plan.Calls, "call")} (up to {most}), about {plan.InputTokens:N0} tokens in, up to {plan.MaxOutputTokens:N0} out, {cost}");
    }
}
