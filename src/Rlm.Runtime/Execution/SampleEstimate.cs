using Rlm.Runtime.Asking;
using Rlm.Runtime.Asking.Paid;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>What a stage of a sampled run would take of all its items: what its sample took, by what both were planned with.</summary>
internal sealed class SampleEstimate
{
    private readonly PaidStage _stage;
    private readonly RunContext _run;
    private readonly SpendingStage _all, _some;
    private readonly StagePlan _plan;
    private readonly bool _isReduced;
    private readonly (TokenCounts Tokens, decimal? CostUsd, int Calls) _before;

    private SampleEstimate(PaidStage stage, RunContext run, StagePlan plan, SpendingStage all, SpendingStage some, bool isReduced)
    {
        (_stage, _run, _plan, _all, _some, _isReduced) = (stage, run, plan, all, some, isReduced);
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
        var plan = evaluator.PlanOf(input, whole);
        return new SampleEstimate(
            stage, run, plan, new StageSpending(whole, none).Of(plan), new StageSpending(stage, none).Of(evaluator.PlanOf(input, stage)),
            evaluator is ReduceLlmOperator);
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

    /// <summary>The tokens of a prompt without its items.</summary>
    private double InstructionTokens => _plan.Calls.Select(part => TokenEstimate.OfText(part.SharedInstruction)).DefaultIfEmpty(0).Max();

    /// <summary>About how many calls there are where so many items stand for one: they fill calls that are not full first.</summary>
    private double CountCalls(double scale)
    {
        if (scale <= 1)
            return scale * _all.Calls;

        double filled = _isReduced ? _all.InputTokens / (double)_stage.RoomTokens : _plan.Calls.Sum(CountFilled);
        return Math.Max(_all.Calls, scale * Math.Min(_all.Calls, filled));

        double CountFilled(AskPlan part)
        {
            var (maxRows, maxTokens) = _stage.Packer.LimitsOf(part.Reply, Math.Max(1, _stage.RoomTokens - TokenEstimate.OfText(part.SharedInstruction)));
            return maxRows == 1 ? part.CallCount
                : part.Votes * Math.Max((double)part.AskedItems / maxRows, part.Calls.SelectMany(places => places).Sum(place => ItemPacker.TokensOfRow(part.Items[place])) / (double)maxTokens);
        }
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
            double planned = CountCalls(scale), fewer = (scale * _all.Calls) - planned;
            calls = planned * Math.Max(1, (double)made / Math.Max(1, _some.Calls));
            double prompts = (scale * _all.InputTokens) - (fewer * InstructionTokens);
            inputTokens = prompts * (made == 0 ? 1 : input / share / Math.Max(1, _some.InputTokens));
            outputTokens = made == 0 ? 0 : output / share * (_isReduced ? planned : scale * _all.Calls) / Math.Max(1, _some.Calls);
        }

        string told = $"{Amount.Of(Round(calls), "call")}, {Amount.Of(Round(inputTokens))} tokens in{(made == 0 ? "" : $", {Amount.Of(Round(outputTokens))} out")}";
        return _run.Meter.CostUsd is { } cost && cost - (_before.CostUsd ?? 0) is > 0 and var spent
            ? $"{told}, ${Invariant($"{(double)spent * (inputTokens + outputTokens) / Math.Max(1, input + output):0.####}")}"
            : told;

        static long Round(double amount) => (long)Math.Round(amount);
    }
}
