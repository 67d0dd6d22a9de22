using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Spellings;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>
/// The rows with one spelling for each thing that a field names. The model says by numbers which names are of one thing; the most frequent
/// of them stands for all. What does not fit one call is asked block by block, and what stands for others then meets names of other blocks.
/// </summary>
internal sealed class ResolveOperator : IPaidOperator
{
    /// <summary>What a prompt has beside the parts that are counted.</summary>
    private const long FrameTokens = 64;

    public string Name => "resolve";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        string field = stage.Bound.Get(Slots.Field);
        var rows = RowsOf(input, field, stage);
        var classes = new SpellingClasses(rows.Names);
        await AskAsync(rows.Names, classes, stage).ConfigureAwait(false);
        return Replace(rows, classes, field, stage);
    }

    public StagePlan PlanOf(Value input, PaidStage stage)
    {
        var names = RowsOf(input, stage.Bound.Get(Slots.Field), stage).Names;
        var prompt = PromptOf(stage);
        var limits = SpellingLimits.Of(stage, prompt);
        long[] tokens = [.. names.Select(static name => SpellingPrompt.TokensOf(name.Text))];
        var blocks = CutFirst(names, tokens, new SpellingOrder(names, limits.Names), limits, prompt, stage);
        return new StagePlan([PlanFor(names, blocks, prompt, stage)])
        {
            Later = blocks.Count < 2 ? default
                : AmountsOf(
                    LaterBlocks(tokens, limits, SpellingLimits.MostLevels - 1), tokens.Sum(), limits, prompt, stage, SpellingLimits.MostLevels - 1),
        };
    }

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage)
    {
        if (input.Value.MaxItems is not { } names)
            return null;

        // How large replies are is not sure, so that a name may be longer than it was told, or shorter.
        var prompt = PromptOf(stage);
        var limits = SpellingLimits.Of(stage, prompt);
        long longest = Math.Min(
            stage.RoomTokens, (input.Value.MaxItemTokens * StageBounds.SizeSafety) + SpellingPrompt.TokensOf("") ?? stage.RoomTokens);
        long tokens = PlannedAmount.Product(names, longest), blocks = limits.MostBlocks(names, tokens, longest);
        int levels = limits.Fit(names, tokens) ? 1 : SpellingLimits.MostLevels;
        return AmountsOf(PlannedAmount.Product(blocks, levels), tokens, limits, prompt, stage, levels);
    }

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) =>
        PlannedValue.List(
            input.MaxItems, input.MaxItemTokens is { } tokens ? PlannedAmount.Product(2, tokens) : null, stage.Bounds.HasBeenAsked);

    private static SpelledRows RowsOf(Value input, string field, PaidStage stage)
    {
        var rows = StageItems.ListOf(input, stage.Bound).ReadAll();
        return SpelledRows.Of(stage.Sample is { } sample ? sample.Take(rows) : rows, field, stage);
    }

    private static SpellingPrompt PromptOf(PaidStage stage) =>
        new(stage.Bound.Has(Slots.Hint) ? StageArguments.Text(stage.Bound, Slots.Hint, null, stage.Evaluation) : null);

    /// <summary>The blocks of the first level. A name that is too large for a call is refused.</summary>
    private static List<int[]> CutFirst(
        IReadOnlyList<SpelledName> names, long[] tokens, SpellingOrder order, SpellingLimits limits, SpellingPrompt prompt, PaidStage stage)
    {
        for (int name = 0; tokens.Length > 1 && name < tokens.Length; name++)
            stage.Packer.RequireRoom(name, prompt.Tokens + tokens[name]);
        return CutBlocks([.. Enumerable.Range(0, names.Count)], tokens, order, limits, stage);
    }

    private static List<int[]> CutBlocks(int[] standing, long[] tokens, SpellingOrder order, SpellingLimits limits, PaidStage stage)
    {
        int untilPoll = 0;
        if (limits.Fit(standing.Length, standing.Sum(name => tokens[name])))
            return standing.Length < 2 ? [] : [standing];

        return limits.Cut(order.Of(standing, () => stage.Evaluation.Poll(ref untilPoll)), name => tokens[name]);
    }

    /// <summary>Most calls of some levels behind the first, about names of which some may have been joined.</summary>
    private static long LaterBlocks(long[] tokens, SpellingLimits limits, int levels) =>
        PlannedAmount.Product(levels, limits.MostBlocks(tokens.Length, tokens.Sum(), tokens.Max()));

    /// <summary>One call for each block; a block of one name has nothing to be compared with.</summary>
    private static AskPlan PlanFor(IReadOnlyList<SpelledName> names, List<int[]> blocks, SpellingPrompt prompt, PaidStage stage)
    {
        AskItem[] items = [.. blocks.Select(block => prompt.Of([.. block.Select(name => names[name].Text)]))];
        int[][] calls = [.. Enumerable.Range(0, blocks.Count).Where(block => blocks[block].Length > 1).Select(static block => new[] { block })];
        return new AskPlan(items, calls, "", SpellingPrompt.Reply)
        {
            Votes = stage.Votes,
        };
    }

    /// <summary>Asks level by level until all that stand met in one call, or the last level was asked.</summary>
    private static async Task AskAsync(IReadOnlyList<SpelledName> names, SpellingClasses classes, PaidStage stage)
    {
        var prompt = PromptOf(stage);
        var limits = SpellingLimits.Of(stage, prompt);
        long[] tokens = [.. names.Select(static name => SpellingPrompt.TokensOf(name.Text))];
        var order = new SpellingOrder(names, limits.Names);
        var blocks = CutFirst(names, tokens, order, limits, prompt, stage);
        for (int level = 1; blocks.Count > 0; level++)
        {
            bool isLast = blocks.Count == 1 || level == SpellingLimits.MostLevels;
            long blocksLater = isLast ? 0 : LaterBlocks(tokens, limits, SpellingLimits.MostLevels - level);
            int later = (int)Math.Min(int.MaxValue, PlannedAmount.Product(stage.Votes, blocksLater));
            var plan = PlanFor(names, blocks, prompt, stage);
            if (level == 1 && later > 0)
                stage.RequireBudget((int)Math.Min(int.MaxValue, (long)stage.CountNew(plan) + later));
            Take(await stage.AskAsync(plan, keepCalls: later).ConfigureAwait(false), blocks, classes);
            order.Take(blocks);
            if (isLast && blocks.Count > 1)
                TellParts(classes.Standing.Length, limits.Fit(classes.Standing.Length, classes.Standing.Sum(name => tokens[name])), stage);
            if (isLast || stage.Failed.CallsInVain is not null)
                return;

            blocks = CutBlocks(classes.Standing, tokens, order, limits, stage);
        }
    }

    private static void Take(Value?[] replies, List<int[]> blocks, SpellingClasses classes)
    {
        for (int block = 0; block < blocks.Count; block++)
        {
            if (replies[block] is FailedValue failed && blocks[block].Length > 1)
            {
                foreach (int name in blocks[block])
                    classes.Fail(name, failed);
            }
            else if (replies[block] is ListValue groups)
            {
                foreach (int[] group in SpellingPrompt.GroupsOf(groups))
                    classes.Join(group.Select(number => blocks[block][number - 1]));
            }
        }
    }

    /// <summary>Tells that some names never met in a call, so that the same thing may have two of those that are left.</summary>
    private static void TellParts(int names, bool fitOneCall, PaidStage stage) => stage.Evaluation.Lose(new RlmLoss(
        RlmLossKind.LimitReached, $"{stage.Text}: {Amount.Of(names, "name")} are left, not all of which were compared with each other",
        fitOneCall ? "`resolve` once more, as the next stage, compares those that are left" : $"`pack {names}` compares more at once, if the model keeps count of so many")
    { Count = names, Of = names });

    private static ListValue Replace(SpelledRows rows, SpellingClasses classes, string field, PaidStage stage)
    {
        // Nothing is asked about what holds no name, and nothing of it fails.
        int[] named = [.. Enumerable.Range(0, rows.Rows.Count).Where(row => rows.PlaceOf(row) is not null)];
        var names = stage.Failed.Replace([.. named.Select(row => ValueAt(rows, row, classes, field))]);
        var extender = new RowExtender(stage.Bound.Input.ItemType ?? RlmType.Unknown);
        var replaced = rows.Rows.ToArray();
        for (int i = 0; i < named.Length; i++)
            replaced[named[i]] = replaced[named[i]] is RecordValue row ? extender.With(row, field, names[i]) : names[i];
        return ListValue.OfMade(!stage.Failed.AreSkipped ? replaced
            : [.. replaced.Where((_, row) => rows.PlaceOf(row) is not { } name || classes.FindFailure(name) is null)]);
    }

    private static Value ValueAt(SpelledRows rows, int row, SpellingClasses classes, string field)
    {
        int name = rows.PlaceOf(row)!.Value, standing = classes.Find(name);
        return classes.FindFailure(name) is { } failed ? failed
            : standing == name ? rows.Rows[row] is RecordValue record ? record.Find(field)! : rows.Rows[row]
            : rows.ValueOf(standing);
    }

    /// <summary>Amounts of so many calls at some levels, each of which is about all names at most.</summary>
    private static CallAmounts AmountsOf(
        long blocks, long tokens, SpellingLimits limits, SpellingPrompt prompt, PaidStage stage, int levels)
    {
        if (blocks == 0)
            return default;

        long calls = PlannedAmount.Product(blocks, stage.Votes);
        long frame = TokenEstimate.OfText(string.Concat(
            AskPrompt.ForItem(prompt.Of(["", ""]), SpellingPrompt.Reply, null).Select(static message => message.Text))) + FrameTokens
            + stage.Caller.TokensOf(ReplyFormat.Of(SpellingPrompt.Reply, 1));
        long shown = PlannedAmount.Product(StageBounds.SizeSafety * levels * stage.Votes, tokens);
        long longest = frame + Math.Min(PlannedAmount.Product(StageBounds.SizeSafety, limits.Tokens), shown);
        return stage.Bounds.Of(calls, PlannedAmount.Product(calls, frame) + shown, calls, longest, stage.MaxReplyTokens);
    }
}
