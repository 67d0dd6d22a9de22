using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Asking;

/// <summary>What the stage tells before it asks.</summary>
internal sealed partial class PaidStage
{
    /// <summary>What a row's number and name take, and what a prompt has beside the parts that are counted.</summary>
    private const long RowTokens = 8, FrameTokens = 64;

    /// <summary>A reply that is not there yet may be estimated at so many times the tokens that its model counts.</summary>
    public const int SizeSafety = 2;

    private const int MaxTokenBytes = 128;

    private readonly List<CallNotHeld> _notHeld = [];

    /// <summary>The longest reply as tokens are estimated.</summary>
    public long ReplyTokens => (long)(MaxReplyTokens / caller.TokenFactor);

    /// <summary>
    /// Most bytes of a reply that is a text; null where it is read as another type, or where <c>or</c> may put something else there. Of the
    /// encodings that are public o200k has the longest tokens.
    /// </summary>
    public long? ReplyBytes => stage.Find(Slots.Or) is not BoundExpression
        && (stage.Find(Slots.As)?.Required ?? RlmType.Text) == RlmType.Text ? BytesOfReply : null;

    /// <summary>Most items of a reply that is a list, each of which takes a sign and a separator at least; null where it is none.</summary>
    public long? ReplyItems =>
        stage.Find(Slots.Or) is not BoundExpression && stage.Find(Slots.As)?.Required is ListType ? (BytesOfReply / 2) + 1 : null;

    private long BytesOfReply => (long)MaxReplyTokens * MaxTokenBytes;

    /// <summary>One reply that is not there yet.</summary>
    public PlannedValue PlannedReply => ReplyItems is { } items
        ? PlannedValue.List(items, ReplyTokens, HasBeenAsked) with { MaxTokens = ReplyTokens }
        : PlannedValue.Single(ReplyTokens, HasBeenAsked) with { MaxTextBytes = ReplyBytes };

    /// <summary>What a plan waits for that rests on the stage's replies.</summary>
    public string HasBeenAsked => $"`{text}` has been asked";

    /// <summary>The stage as written, cut to one line.</summary>
    public string Text => text;

    public TokenPrice? Price => caller.Price;

    /// <summary>What every prompt of the stage begins with, whatever its items.</summary>
    public string PromptPrefix =>
        stage.Get(Slots.Prompt) is BoundTemplate { Parts: [BoundLiteral { Value: string literal }, ..] } ? literal.Trim() : "";

    /// <summary>How many calls of a plan have no reply yet.</summary>
    public int NewCallsOf(AskPlan plan) => plan.CountNew(caller, run.Replies);

    /// <summary>What the stage spends on an input that is there.</summary>
    public SpendingStage SpendingOf(StagePlan plan)
    {
        var planned = new HashSet<CallKey>();
        return plan.Calls.Aggregate(plan.Later, (sum, calls) => sum + AmountsOf(calls, planned))
            .Of(text, plan.Later.Calls > 0 || Wanted is not null ? SpendingCertainty.AtMost : SpendingCertainty.Exactly, Price);
    }

    /// <summary>What is known of prompts that rest on replies that are not there yet.</summary>
    public PendingInput PromptOf(PlannedValue input, PlannedVariables variables, EvaluationContext planned)
    {
        var prompt = stage.Get(Slots.Prompt);
        if (!stage.PromptReadsItem)
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
        int distinct = 0, replyTokens = plan.MaxReplyTokens ?? MaxReplyTokens;
        foreach (var (messages, key) in plan.ListDistinctCalls(caller))
        {
            evaluation.CancellationToken.ThrowIfCancellationRequested();
            long tokens = caller.TokensOf(messages);
            distinct++;
            longest = Math.Max(longest, tokens);
            if (!planned.Add(key) || run.Replies.Has(key))
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

    /// <summary>Whether evaluating the stage for a plan came to calls that nobody has a reply of.</summary>
    public bool LacksReplies => _notHeld.Count > 0;

    /// <summary>What a stage whose first replies are all held spends: the calls that ask again and are not held, each once.</summary>
    /// <param name="plan">What would be asked.</param>
    /// <param name="planned">Keys of calls that are planned already; those that ask again are added.</param>
    public CallAmounts ReasksOf(StagePlan plan, HashSet<CallKey> planned)
    {
        CallNotHeld[] calls = [.. _notHeld.Where(call => planned.Add(call.Key))];
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

    /// <summary>
    /// At most what asking about so many items asks, each of which may be as long as the window allows where its size is not known.
    /// </summary>
    public CallAmounts BoundOfItems(PendingInput input, long items, RlmType reply, bool packs)
    {
        if (items == 0)
            return default;

        long shared = input.SharedTokens ?? RoomTokens, room = Math.Max(1, RoomTokens - shared);
        var (maxRows, maxTokens) = packs ? PackOf(reply, room) : (1, room);
        long? each = input.ItemTokens + RowTokens;

        // A call is closed when the next item does not fit, so that each but the last holds this many at least.
        long inCall = each is { } tokens ? Math.Clamp(maxTokens / Math.Max(1, SizeSafety * tokens), 1, maxRows) : 1;
        long calls = PlannedAmount.Product(((items - 1) / inCall) + 1, Votes);
        long frame = TokenEstimate.OfText(
            string.Concat(AskPrompt.ForItem(new AskItem("", "", null), reply, null).Select(message => message.Text))) + FrameTokens;
        long longest = frame + Math.Min(RoomTokens, shared + PlannedAmount.Product(maxRows, each ?? RoomTokens));
        long prompts = each is { } known ? Math.Min(
            PlannedAmount.Product(calls, frame + shared) + PlannedAmount.Product(items * Votes, known),
            PlannedAmount.Product(calls, longest)) : PlannedAmount.Product(calls, longest);
        long again = Math.Max(calls, AskPlan.MostReasksOfPack((int)Math.Min(maxRows, items)));
        return AmountsOf(calls, prompts, again, longest, MaxReplyTokens);
    }

    /// <summary>Amounts with tokens as the model counts them.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="inputTokens">Tokens of their prompts, as they are estimated.</param>
    /// <param name="again">How many may be asked again.</param>
    /// <param name="longest">Tokens of the longest prompt, as they are estimated.</param>
    /// <param name="replyTokens">The longest reply.</param>
    public CallAmounts AmountsOf(long calls, long inputTokens, long again, long longest, long replyTokens) => new(
        calls, (long)(inputTokens * caller.TokenFactor), PlannedAmount.Product(calls, replyTokens),
        again, (long)(PlannedAmount.Product(again, longest + CallAmounts.ProblemTokens) * caller.TokenFactor), PlannedAmount.Product(
            again, replyTokens),
        (long)(longest * caller.TokenFactor));
}
