using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Planning;

/// <summary>Holds a plan against what is left of a run's limits.</summary>
internal sealed class PlanLimits(RunContext run)
{
    private readonly List<string> _concerns = [];
    private string? _refusal;
    private long _surely;
    private long _atMost;

    /// <summary>Takes the next stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="reserves">Calls that it reserves before the first one; 0 where it is not known yet how many.</param>
    /// <param name="needs">Calls that it needs at most; it takes further ones only as far as they are left.</param>
    public void Add(SpendingStage stage, long reserves, long needs)
    {
        long left = run.Budget.Left;
        string over = Invariant($"`{stage.Stage}` would make {Amount.Of(needs, "call")}{(needs < stage.Calls ? " at least" : "")}; ");
        if (_refusal is null && reserves > left - _surely)
            _refusal = over + TellLeft(left, _surely);
        else if (_refusal is null && needs > left - _atMost)
            _concerns.Add(Invariant($"`{stage.Stage}` may make {Amount.Of(needs, "call")}; ") + TellLeft(left, _atMost));

        if (stage.Certainty == SpendingCertainty.Exactly)
            _surely += stage.Calls;
        _atMost += stage.Calls;
    }

    /// <summary>The plan with what the limits say of it.</summary>
    public SpendingPlan Judge(SpendingPlan plan)
    {
        var (options, spent) = (run.Options, run.Options.SpentBefore + run.Meter.Spent);
        AddOver("tokens", nameof(RlmOptions.MaxTokens), options.MaxTokens - spent.Tokens, plan.InputTokens + plan.OutputTokens);
        AddOver("input tokens", nameof(RlmOptions.MaxInputTokens), options.MaxInputTokens - spent.InputTokens, plan.InputTokens);
        AddOver("output tokens", nameof(RlmOptions.MaxOutputTokens), options.MaxOutputTokens - spent.OutputTokens, plan.OutputTokens);
        if (options.MaxCostUsd is { } usd && plan.CostUsd is { } cost && cost > usd - spent.CostUsd)
            _concerns.Add(Invariant($"up to ${cost:0.####} and ${usd - spent.CostUsd:0.####} are left ({options.NameOf(nameof(RlmOptions.MaxCostUsd))})"));
        return plan with { Refusal = _refusal, Concerns = [.. _concerns] };
    }

    private void AddOver(string what, string option, long? left, long needed)
    {
        if (left is { } most && needed > most)
            _concerns.Add(Invariant($"up to {needed:N0} {what} and {most:N0} are left ({run.Options.NameOf(option)})"));
    }

    private string TellLeft(long left, long before) =>
        Invariant(
            $"{Math.Max(0, left - before):N0} {Amount.Agree(left - before, "{is|are}")} left of {run.Options.MaxCalls:N0}{(before > 0 ? " then" : "")} ({run.Options.NameOf(nameof(RlmOptions.MaxCalls))})");
}
