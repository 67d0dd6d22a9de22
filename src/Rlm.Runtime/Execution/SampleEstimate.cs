using Rlm.Runtime.Asking;
using Rlm.Runtime.Asking.Paid;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>What a stage of a sampled run would take of all its items: what its sample took, by what both were planned with.</summary>
internal sealed class SampleEstimate
{
    private readonly PaidStage _stage;
    private readonly RunContext _run;
    private readonly SpendingStage _all, _some;
    private readonly (TokenCounts Tokens, decimal? CostUsd, int Calls) _before;

    private SampleEstimate(PaidStage stage, RunContext run, SpendingStage all, SpendingStage some)
    {
        (_stage, _run, _all, _some) = (stage, run, all, some);
        _before = (run.Meter.Tokens, run.Meter.CostUsd, run.Budget.Used);
    }

    /// <summary>Takes what is known before the sample is asked about.</summary>
    /// <param name="input">The input.</param>
    /// <param name="stage">The stage with its sample.</param>
    /// <param name="whole">The same stage about all items.</param>
    /// <param name="evaluator">Their evaluator.</param>
    /// <param name="run">The run.</param>
    public static SampleEstimate Of(Value input, PaidStage stage, PaidStage whole, IPaidOperator evaluator, RunContext run)
    {
        // Replies that are there are part of what all items take.
        var none = new ReplyCache(null);
        return new SampleEstimate(
            stage, run, new StageSpending(whole, none).Of(evaluator.PlanOf(input, whole)), new StageSpending(stage, none).Of(evaluator.PlanOf(input, stage)));
    }

    /// <summary>Makes the answer partial, and notes what all items would take.</summary>
    /// <param name="scale">How many items stand for one of the stage's input, which was sampled before; null where nobody knows.</param>
    public void Tell(double? scale)
    {
        var sample = _stage.Sample!;
        if (sample.Taken is { } taken)
        {
            _stage.Evaluation.Lose(new RlmLoss(
                RlmLossKind.Sampled,
                $"{_stage.Text}: rests on a sample, {Amount.Of(taken, sample.Of, "item")}",
                $"run it without `{_run.Options.NameOf(nameof(RlmOptions.SampleItems))}` for all items; the replies of a journal are not paid for again")
            {
                Count = sample.Of - taken,
                Of = sample.Of,
            });
        }

        if (sample.Taken is not null || scale != 1)
            _stage.Evaluation.Note($"{_stage.Text}: all items would take {(scale is null ? "at least" : "about")} {Describe(scale ?? 1)}");
    }

    private string Describe(double scale)
    {
        long made = _run.Budget.Used - _before.Calls;
        var tokens = _run.Meter.Tokens;
        double input = tokens.Input - _before.Tokens.Input, output = tokens.Output - _before.Tokens.Output;
        double calls, inputTokens, outputTokens;
        if (_stage.Bound.AsksRoots)
        {
            double roots = scale * (_stage.Sample is { Taken: { } taken, Of: var all } ? (double)all / taken : 1);
            (calls, inputTokens, outputTokens) = (made * roots, input * roots, output * roots);
        }
        else
        {
            // Re-asks are as frequent in all as in the sample; of replies that were held nothing is known but the prompts.
            double share = _some.Calls == 0 ? 1 : Math.Min(1, (double)made / _some.Calls);
            calls = scale * _all.Calls * Math.Max(1, (double)made / Math.Max(1, _some.Calls));
            inputTokens = scale * (made == 0 ? _all.InputTokens : input / share * _all.InputTokens / Math.Max(1, _some.InputTokens));
            outputTokens = scale * (made == 0 ? 0 : output / share * _all.Calls / Math.Max(1, _some.Calls));
        }

        string told = $"{Amount.Of(Round(calls), "call")}, {Amount.Of(Round(inputTokens))} tokens in{(made == 0 ? "" : $", {Amount.Of(Round(outputTokens))} out")}";
        return _run.Meter.CostUsd is { } cost && cost - (_before.CostUsd ?? 0) is > 0 and var spent
            ? $"{told}, ${Invariant($"{(double)spent * (inputTokens + outputTokens) / Math.Max(1, input + output):0.####}")}"
            : told;

        static long Round(double amount) => (long)Math.Round(amount);
    }
}
