using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Asking;

/// <summary>Cuts the items of a stage into calls.</summary>
internal sealed class ItemPacker(PaidStage stage)
{
    /// <summary>
    /// What a pack holds where the program does not say it: rows that a model answers one to one. Texts are longer than other scalars,
    /// and those about long rows are not small ones.
    /// </summary>
    private const int MaxAutoRows = 40, MaxAutoTexts = 20;
    private const long MaxAutoTokens = 6_000, MaxAutoTextTokens = 2_000;

    /// <summary>Most rows of a pack that is proposed: with more, models lose count.</summary>
    private const int MaxProposedRows = 100;
    private const int RowNumberTokens = 4;

    private int _blank;

    /// <summary>
    /// The calls about items, each prompt once, packed as <c>pack</c> says or, for labels and other scalars, as many as good sense allows.
    /// </summary>
    /// <param name="questions">The items.</param>
    /// <param name="known">The places of those that can be asked about, in order; null for all.</param>
    /// <param name="sharedInstruction">The prompt of a call about several items.</param>
    /// <param name="reply">The type of a reply.</param>
    public AskPlan Plan(AskItems questions, IReadOnlyList<int>? known, string sharedInstruction, RlmType reply)
    {
        IReadOnlyList<AskItem> items = stage.Reach > 0 ? new Neighbours(questions, stage.Reach) : questions;
        var held = LimitsOf(reply, stage.RoomTokens).MaxRows > 1 && stage.Reach == 0 && !ReplyGuide.HoldsQuote(reply)
            && !stage.IsAsWritten && stage.Sample is null
            ? stage.HoldRows(sharedInstruction, reply) : null;
        var plan = Cut(items, known, sharedInstruction, reply, held);
        if (stage.Sample is { } sample)
            return sample.Take(plan);

        // Where the very same calls were made, what they failed at is known, too.
        return held is { Found.Count: > 0 } && plan.Calls.Count > 0 && Cut(items, known, sharedInstruction, reply, null) is var whole
            && stage.CountNew(whole) == 0 ? whole : plan;
    }

    /// <summary>
    /// The calls of a stage that shows examples: about some items that are spread over the list, then about the others, with room for the
    /// first ones. Null where there are no more than those.
    /// </summary>
    /// <param name="questions">The items.</param>
    /// <param name="known">The places of those that can be asked about, in order; null for all.</param>
    /// <param name="sharedInstruction">The prompt of a call about several items.</param>
    /// <param name="reply">The type of a reply.</param>
    /// <param name="count">How many examples.</param>
    /// <exception cref="EvaluationException">The examples leave no room for an item.</exception>
    public CalibratedPlan? Calibrate(AskItems questions, IReadOnlyList<int>? known, string sharedInstruction, RlmType reply, int count)
    {
        IReadOnlyList<AskItem> items = stage.Reach > 0 ? new Neighbours(questions, stage.Reach) : questions;
        var whole = Cut(items, known, sharedInstruction, reply, null);
        int[] asked = [.. whole.Calls.SelectMany(static places => places)], told = [.. asked.Where(place => !items[place].IsBlank)];
        if (told.Length == 0 || asked.Length <= count)
            return null;

        int[] chosen = told.Length <= count ? told : [.. StageSample.Pick(count, told.Length).Select(place => told[place])];
        int[] others = [.. asked.Except(chosen)];
        long tokens = chosen.Sum(place => CalibratedPlan.TokensOf(TokenEstimate.OfText(questions[place].Data), reply, stage));
        RequireRoom(items, others, tokens);
        long room = Math.Max(1, stage.RoomTokens - TokenEstimate.OfText(sharedInstruction));
        var first = whole with { Calls = CutCalls(items, chosen, LimitsOf(reply, room)), AskedItems = chosen.Length, BlankItems = 0 };
        var rest = whole with { Calls = CutCalls(items, others, LimitsOf(reply, Math.Max(1, room - tokens))), AskedItems = others.Length };
        return new CalibratedPlan(first, stage.Sample is { } sample ? sample.Take(rest, chosen) : rest, chosen, tokens);
    }

    private PackedCalls CutCalls(IReadOnlyList<AskItem> items, int[] places, (int MaxRows, long MaxTokens) limits) =>
        PackedCalls.Of(RowTokensOf(items, places, null, null, []), limits.MaxRows, limits.MaxTokens).At(places);

    private void RequireRoom(IReadOnlyList<AskItem> items, int[] places, long exampleTokens)
    {
        long longest = places.Select(place => items[place])
            .Max(item => TokenEstimate.OfText(item.Instruction) + TokensOf(item.Before) + TokenEstimate.OfText(item.Data) + TokensOf(item.After));
        if (longest + exampleTokens > stage.RoomTokens)
            throw new EvaluationException(stage.Bound.Span, Invariant(
                $"an item and the examples have about {longest + exampleTokens:N0} tokens; {stage.RoomTokens:N0} fit the model's window"),
                "show fewer examples, as with `calibrate 2`, or leave `calibrate` out");
    }

    private AskPlan Cut(IReadOnlyList<AskItem> items, IReadOnlyList<int>? known, string sharedInstruction, RlmType reply, HeldRows? held)
    {
        _blank = 0;
        var asked = new List<int>();
        long room = Math.Max(1, stage.RoomTokens - TokenEstimate.OfText(sharedInstruction));
        var (maxRows, maxTokens) = LimitsOf(reply, room);

        // Rows of a pack are neighbours of each other, so that equal ones are not the same question.
        // Which items are examples does not depend on how a stage is run, so that these repeat none in any run.
        var repeats = (stage.IsAsWritten && stage.Calibration is null) || (items is Neighbours && maxRows > 1) ? null : new RepeatFinder(items, ReplyGuide.HoldsQuote(reply));
        var calls = PackedCalls.Of(RowTokensOf(items, known ?? AllOf(items), repeats, held, asked), maxRows, maxTokens);
        return new AskPlan(items, asked.Count == items.Count ? calls : calls.At(asked), sharedInstruction, reply)
        {
            Repeats = repeats?.Found,
            Held = held,
            Cites = stage.Cites,
            BlankItems = _blank,
            AskedItems = asked.Count,
            MostRows = Math.Clamp(stage.MaxReplyTokens / ReplyGuide.TokensOf(reply), 1, MaxProposedRows),
            CallsWhenPacked = pack => PackedCalls.Of(RowTokensOf(items, asked, null, null, []), pack, room).Count,
            Votes = stage.Votes,
        };
    }

    /// <summary>
    /// The tokens of each item that is asked about as one of many in a packed call. Each is made, measured and let go; one that is too
    /// large for the window is refused.
    /// </summary>
    private IEnumerable<RowTokens> RowTokensOf(
        IReadOnlyList<AskItem> items, IEnumerable<int> places, RepeatFinder? repeats, HeldRows? held, List<int> asked)
    {
        string? instruction = null;
        long instructionTokens = 0;
        foreach (int place in places)
        {
            var item = items[place];
            if (item.IsBlank)
                _blank++;
            if (repeats?.TryAdd(place, item) == true || held?.TryTake(place, item.Data) == true)
                continue;
            if (instruction != item.Instruction)
                (instruction, instructionTokens) = (item.Instruction, TokenEstimate.OfText(item.Instruction));
            long row = TokenEstimate.OfText(item.Data), before = TokensOf(item.Before), after = TokensOf(item.After);
            RequireRoom(place, instructionTokens + before + row + after);
            long between = items is Neighbours neighbours && asked.Count > 0 ? TokensOf(neighbours.Between(asked[^1], place)) : 0;
            asked.Add(place);
            yield return new RowTokens(row + RowNumberTokens, before, after, between);
        }
    }

    private static long TokensOf(IReadOnlyList<string> context) => context.Sum(text => TokenEstimate.OfText(text) + RowNumberTokens);

    /// <summary>The tokens of a row of a pack, without its neighbours.</summary>
    public static long TokensOfRow(AskItem item) => TokenEstimate.OfText(item.Data) + RowNumberTokens;

    private static IEnumerable<int> AllOf(IReadOnlyList<AskItem> items) => Enumerable.Range(0, items.Count);

    /// <summary>How many rows and how many tokens of rows one call takes.</summary>
    public (int MaxRows, long MaxTokens) LimitsOf(RlmType reply, long room)
    {
        // What is cited is numbered itself.
        if (stage.Cites)
            return (1, room);

        int? asked = StageArguments.FindCount(stage.Bound, Slots.Pack, null, stage.Evaluation);
        bool isAuto = stage.Bound.Has(Slots.PackAuto), isText = !isAuto && reply.Required == RlmType.Text;
        int rows = !isAuto && !IsSmall(reply.Required) ? 1
            : (int)Math.Clamp(stage.MaxReplyTokens / ReplyGuide.TokensOf(reply), 1, isText ? MaxAutoTexts : MaxAutoRows);
        return (asked ?? rows, asked is null ? Math.Min(isText ? MaxAutoTextTokens : MaxAutoTokens, room) : room);
    }

    /// <summary>Throws where an item is too large for the window: it is never cut in silence.</summary>
    public void RequireRoom(int place, AskItem item) =>
        RequireRoom(place, TokenEstimate.OfText(item.Instruction) + TokenEstimate.OfText(item.Data));

    /// <summary>Throws where an item of so many tokens is too large.</summary>
    public void RequireRoom(int place, long tokens)
    {
        if (tokens <= stage.RoomTokens)
            return;

        string chunk = stage.RoomTokens >= 9_000 ? "8k" : $"{stage.RoomTokens * 3 / 4}";
        throw new EvaluationException(stage.Bound.Span, Invariant(
            $"item {place + 1:N0} {(stage.Reach > 0 ? "with its neighbours " : "")}has about {tokens:N0} tokens; {stage.RoomTokens:N0} fit the model's window"),
            $"{(stage.Reach > 1 ? "show fewer neighbours, or " : "")}cut it first: `| chunk {chunk} tokens | map llm \"…\" | reduce llm \"…\"`");
    }

    /// <summary>Whether a reply is small: a scalar, but for a text that the program does not ask for, which may be of any length.</summary>
    private bool IsSmall(RlmType reply) =>
        reply is LabelType || reply == RlmType.Bool || reply == RlmType.Number || reply == RlmType.Date
        || (reply == RlmType.Text && stage.Bound.Find(Slots.As) is not null);
}
