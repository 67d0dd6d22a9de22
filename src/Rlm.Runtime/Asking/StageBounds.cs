using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Children;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Asking;

/// <summary>How much a stage asks at most, and how large its replies are, where its items are not there yet.</summary>
/// <param name="stage">The stage.</param>
/// <param name="packer">Cuts its items into calls, by limits that the bounds are made with.</param>
internal sealed class StageBounds(PaidStage stage, ItemPacker packer)
{
    /// <summary>What a row's number and name take, and what a prompt has beside the parts that are counted.</summary>
    private const long RowTokens = 8, FrameTokens = 64, NeighbourTokens = 64, CitationTokens = 96;

    /// <summary>A line of one token, and its number where it may be cited.</summary>
    private const int LineFactor = 9;

    /// <summary>A reply that is not there yet may be estimated at so many times the tokens that its model counts.</summary>
    public const int SizeSafety = 2;

    private const int MaxTokenBytes = 128;

    /// <summary>
    /// Most bytes of a reply that is a text; null where it is read as another type, or where <c>or</c> may put something else there. Of the
    /// encodings that are public o200k has the longest tokens.
    /// </summary>
    public long? ReplyBytes => stage.Bound.Find(Slots.Or) is not BoundExpression
        && (stage.Bound.Find(Slots.As)?.Required ?? RlmType.Text) == RlmType.Text ? BytesOfReply : null;

    /// <summary>Most items of a reply that is a list, each of which takes a sign and a separator at least; null where it is none.</summary>
    public long? ReplyItems => stage.Bound.Find(Slots.Or) is not BoundExpression
        && stage.Bound.Find(Slots.As)?.Required is ListType ? (BytesOfReply / 2) + 1 : null;

    private long BytesOfReply => (long)stage.MaxReplyTokens * MaxTokenBytes;

    /// <summary>One reply that is not there yet.</summary>
    public PlannedValue PlannedReply => ReplyItems is { } items
        ? PlannedValue.List(items, stage.ReplyTokens, HasBeenAsked) with { MaxTokens = stage.ReplyTokens }
        : PlannedValue.Single(stage.ReplyTokens, HasBeenAsked) with { MaxTextBytes = ReplyBytes };

    /// <summary>What a plan waits for that rests on the stage's replies.</summary>
    public string HasBeenAsked => $"`{stage.Text}` has been asked";

    /// <summary>
    /// At most what asking about so many items asks, each of which may be as long as the window allows where its size is not known.
    /// </summary>
    public CallAmounts OfItems(PendingInput input, long items, RlmType reply, bool packs)
    {
        if (items == 0)
            return default;

        long shared = input.SharedTokens ?? stage.RoomTokens, room = Math.Max(1, stage.RoomTokens - shared);
        var (maxRows, maxTokens) = packs ? packer.LimitsOf(reply, room) : (1, room);
        long? each = (input.ItemTokens * (stage.Cites ? LineFactor : 1)) + RowTokens;

        // A call is closed when the next item does not fit, so that each but the last holds this many at least.
        int beside = 2 * stage.Reach;
        long inCall = each is { } tokens ? Math.Clamp((maxTokens / Math.Max(1, SizeSafety * tokens)) - beside, 1, maxRows) : 1;
        long calls = PlannedAmount.Product(((items - 1) / inCall) + 1, stage.Votes);
        long frame = TokenEstimate.OfText(
            string.Concat(AskPrompt.ForItem(new AskItem("", "", null), reply, null).Select(message => message.Text))) + FrameTokens + (stage.Reach > 0 ? NeighbourTokens : 0) + (stage.Cites ? CitationTokens : 0)
            + stage.Caller.TokensOf(ReplyFormat.Of(reply, (int)Math.Min(maxRows, items)));
        long longest = frame + Math.Min(stage.RoomTokens, shared + PlannedAmount.Product(maxRows + beside, each ?? stage.RoomTokens));
        long prompts = each is { } known ? Math.Min(
            PlannedAmount.Product(calls, frame + shared + PlannedAmount.Product(beside, known)) + PlannedAmount.Product(items * stage.Votes, known),
            PlannedAmount.Product(calls, longest)) : PlannedAmount.Product(calls, longest);
        long again = Math.Max(calls, AskPlan.MostReasksOfPack((int)Math.Min(maxRows, items)));
        return Of(calls, prompts, again, longest, stage.MaxReplyTokens);
    }

    /// <summary>The same of rows that are packed, with the examples where the stage shows some.</summary>
    public CallAmounts OfRows(PendingInput input, long items, RlmType reply)
    {
        if (stage.Calibration is not { } count)
            return OfItems(input, items, reply, packs: true);

        // A sample is taken of the other items alone.
        long examples = stage.Sample is null ? Math.Min(count, items) : count;
        long? shown = input.ItemTokens is { } each
            ? CalibratedPlan.FrameTokens + (examples * CalibratedPlan.TokensOf(SizeSafety * each, reply, stage)) + input.SharedTokens
            : null;
        return OfItems(input, examples, reply, packs: true) + OfItems(input with { SharedTokens = shown }, items, reply, packs: true);
    }

    /// <summary>
    /// At most what so many child roots take: what they share of the calls, each with as long a prompt as a window holds beside what all
    /// roots are told, which may be longer than a window is said to be.
    /// </summary>
    public CallAmounts OfChildren(long roots)
    {
        long calls = ChildShare.MostOf(stage.CallsToShare, roots);
        long prompt = stage.Callers.Max(caller => caller.Traits.WindowTokens + (long)(stage.RootPromptTokens * caller.TokenFactor));
        int reply = stage.Callers.Max(static caller => caller.MaxReplyTokens);
        return calls == 0 ? default : new CallAmounts(
            calls, PlannedAmount.Product(calls, prompt), PlannedAmount.Product(calls, reply), 0, 0, 0, prompt)
        { Least = stage.Wanted is null ? roots : 1 };
    }

    /// <summary>What so many child roots are planned with.</summary>
    public StagePlan PlanChildren(long roots) => new([]) { Later = OfChildren(roots) };

    /// <summary>Amounts with tokens as the model counts them.</summary>
    /// <param name="calls">The calls.</param>
    /// <param name="inputTokens">Tokens of their prompts, as they are estimated.</param>
    /// <param name="again">How many may be asked again.</param>
    /// <param name="longest">Tokens of the longest prompt, as they are estimated.</param>
    /// <param name="replyTokens">The longest reply.</param>
    public CallAmounts Of(long calls, long inputTokens, long again, long longest, long replyTokens) => new(
        calls, (long)(inputTokens * stage.Caller.TokenFactor), PlannedAmount.Product(calls, replyTokens),
        again, (long)(PlannedAmount.Product(again, longest + CallAmounts.ProblemTokens) * stage.Caller.TokenFactor),
        PlannedAmount.Product(again, replyTokens),
        (long)(longest * stage.Caller.TokenFactor));
}
