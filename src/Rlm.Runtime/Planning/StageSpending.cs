using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Asking.Spellings;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Planning;

/// <summary>What a paid stage spends, by the calls that it would make and the replies that are there.</summary>
internal sealed class StageSpending(PaidStage stage, ReplyCache replies)
{
    /// <summary>What every prompt of the stage begins with, whatever its items.</summary>
    public string PromptPrefix => stage.Bound.Find(Slots.Prompt) switch
    {
        null => SpellingPrompt.Question,
        BoundTemplate { Parts: [BoundLiteral { Value: string literal }, ..] } => literal.Trim(),
        _ => "",
    };

    /// <summary>What the stage spends on an input that is there.</summary>
    public SpendingStage Of(StagePlan plan)
    {
        var planned = new HashSet<CallKey>();
        return plan.Calls.Aggregate(plan.Later, (sum, calls) => sum + AmountsOf(calls, planned))
            .Of(
                stage.Text,
                plan.Later.Calls > 0 || stage.Wanted is not null ? SpendingCertainty.AtMost : SpendingCertainty.Exactly,
                stage.Prices);
    }

    /// <summary>What is known of prompts that rest on replies that are not there yet.</summary>
    public PendingInput PromptOf(PlannedValue input, PlannedVariables variables, EvaluationContext planned)
    {
        if (stage.Bound.Find(Slots.Prompt) is not { } prompt)
            return new PendingInput(input, 0, input.MaxItemTokens);
        if (!stage.Bound.PromptReadsItem)
            return new PendingInput(input, variables.SizeOf(prompt, null, planned), input.MaxItemTokens);

        IReadOnlyList<BoundExpression> parts = prompt is BoundTemplate template ? template.Parts : [prompt];
        var ofItems = parts.ToLookup(BoundTree.ReadsItem);
        return new PendingInput(input, Sum(ofItems[false]), Sum(ofItems[true]));

        long? Sum(IEnumerable<BoundExpression> expressions) =>
            expressions.Aggregate((long?)0, (sum, part) => sum + variables.SizeOf(part, input.MaxItemTokens, planned));
    }

    /// <summary>What the calls of a plan spend that nobody has made, each once.</summary>
    /// <param name="plan">What would be asked.</param>
    /// <param name="planned">Keys of calls that are planned already; those of this plan are added.</param>
    public CallAmounts AmountsOf(AskPlan plan, HashSet<CallKey> planned)
    {
        long calls = 0, inputTokens = 0, longest = 0;
        int distinct = 0, replyTokens = plan.MaxReplyTokens ?? stage.MaxReplyTokens;
        foreach (var (messages, format, key) in plan.ListDistinctCalls(stage.Caller))
        {
            stage.Evaluation.CancellationToken.ThrowIfCancellationRequested();
            long tokens = stage.Caller.TokensOf(messages, format);
            distinct++;
            longest = Math.Max(longest, tokens);
            if (!planned.Add(key) || replies.Has(key))
                continue;

            calls++;
            inputTokens += tokens;
        }

        // Replies that are there may turn out to be of no use, too. A pack is asked again in parts, a single item once.
        long again = plan.MostReasks(distinct);
        long againTokens = PlannedAmount.Product(again, longest + CallAmounts.ProblemTokens);
        return new CallAmounts(calls, inputTokens, PlannedAmount.Product(calls, replyTokens), again, againTokens,
            PlannedAmount.Product(again, replyTokens), longest);
    }

    /// <summary>What a stage whose first replies are all held spends: the calls that ask again and are not held, each once.</summary>
    /// <param name="plan">What would be asked.</param>
    /// <param name="planned">Keys of calls that are planned already; those that ask again are added.</param>
    public CallAmounts ReasksOf(StagePlan plan, HashSet<CallKey> planned)
    {
        CallNotHeld[] calls = [.. stage.NotHeld.Where(call => planned.Add(call.Key))];
        if (calls.Length == 0)
            return default;

        // Whatever it replies, a pack is halved down to single items, one of which is not asked about a third time.
        int most = plan.Calls.Sum(part => part.MostReasks(part.CallCount));
        long again = Math.Clamp(calls.Sum(call => 2L * (call.Items - 1)), 0, Math.Max(0, most - calls.Length));
        int replyTokens = calls.Max(call => call.ReplyTokens);
        long longest = calls.Max(call => call.InputTokens);
        return new CallAmounts(
            calls.Length, calls.Sum(call => call.InputTokens), PlannedAmount.Product(calls.Length, replyTokens),
            again, PlannedAmount.Product(again, longest + CallAmounts.ProblemTokens), PlannedAmount.Product(again, replyTokens), longest);
    }
}
