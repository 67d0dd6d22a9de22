using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>The reply about each item, in order.</summary>
internal sealed class MapLlmOperator : IPaidOperator
{
    public string Name => "map llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        return await AskEachAsync(
            input, stage, RlmType.Text,
            (_, values) => ListValue.Of(stage.Failed.AreSkipped ? [.. values.Where(value => value is not FailedValue)] : values)).ConfigureAwait(false);
    }

    public StagePlan PlanOf(Value input, PaidStage stage) => PlanOf(input, stage, RlmType.Text);

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage) => BoundOf(input, stage, RlmType.Text);

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) =>
        PlannedValue.List(input.MaxItems, stage.ReplyTokens, stage.Bounds.HasBeenAsked) with
        {
            MaxTextBytes = stage.Bounds.ReplyBytes,
            MaxParts = input.MaxItems is { } items && stage.Bounds.ReplyItems is { } each ? PlannedAmount.Product(items, each) : null,
        };

    /// <summary>
    /// Asks about each item. Where the first few of the result are wanted alone it asks in order and stops; items behind those that were
    /// asked about are not in the result.
    /// </summary>
    /// <param name="input">The list.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="otherwise">The type of a reply where the program does not say it.</param>
    /// <param name="resultOf">What the stage gives of some items with their values.</param>
    public static async Task<Value> AskEachAsync(
        Value input, PaidStage stage, RlmType otherwise, Func<IReadOnlyList<Value>, Value[], ListValue> resultOf)
    {
        var items = ItemsOf(input, stage);
        var questions = new AskItems(stage, items);
        var calibrated = CalibratedFor(questions, stage, otherwise);
        var plan = stage.Bound.AsksRoots ? null : calibrated?.Rest ?? PlanFor(questions, stage, otherwise);
        int seen = 0, found = 0;
        Func<ArraySegment<Value?>, bool>? isEnough = stage.Wanted is null ? null : IsEnough;
        var asked = await (plan is null
            ? stage.AskChildrenAsync(items.Count, place => questions.ChildAt(place, stage.Bound.Item), isEnough, otherwise)
            : calibrated is not null ? calibrated.AskAsync(stage, isEnough)
            : stage.AskAsync(plan, isEnough)).ConfigureAwait(false);
        if (plan?.Sampled is { } sampled)
            return resultOf([.. sampled.Select(place => items[place])], stage.Failed.Replace([.. sampled.Select(place => asked[place])]));

        var values = stage.Failed.Replace(WithFailed(asked, 0));
        return resultOf(values.Length == items.Count ? items : [.. items.Take(values.Length)], values);

        bool IsEnough(ArraySegment<Value?> known)
        {
            var next = stage.Failed.Fill(WithFailed([.. known.AsSpan(seen)], seen));
            Value[] nextItems = [.. Enumerable.Range(seen, next.Length).Select(place => items[place])];
            seen = known.Count;
            found += stage.Wanted!.CountThrough(resultOf(nextItems, next), stage.Evaluation);
            return found >= stage.Wanted.Count;
        }

        // What is not there was not asked about, since it holds a failed item.
        Value?[] WithFailed(Value?[] stretch, int start)
        {
            for (int i = 0; i < stretch.Length; i++)
                stretch[i] = questions.FindFailedAt(start + i) ?? stretch[i];
            return stretch;
        }
    }

    /// <summary>What asking about each item of a known list asks.</summary>
    public static StagePlan PlanOf(Value input, PaidStage stage, RlmType otherwise)
    {
        var items = ItemsOf(input, stage);
        if (stage.Bound.AsksRoots)
            return stage.Bounds.PlanChildren(items.Count);

        var questions = new AskItems(stage, items);
        return CalibratedFor(questions, stage, otherwise) is { } calibrated
            ? new([calibrated.First]) { Later = calibrated.AmountsOfRest(stage) }
            : new([PlanFor(questions, stage, otherwise)]);
    }

    /// <summary>At most what asking about each item asks.</summary>
    public static CallAmounts? BoundOf(PendingInput input, PaidStage stage, RlmType otherwise) =>
        input.Value.MaxItems is not { } items ? null
        : stage.Bound.AsksRoots ? stage.Bounds.OfChildren(items)
        : stage.Bounds.OfRows(input, items, stage.ReplyType(otherwise));

    /// <summary>The items. A root is a call of its own, so that fewer of them are fewer roots.</summary>
    private static IReadOnlyList<Value> ItemsOf(Value input, PaidStage stage)
    {
        var items = StageItems.ListOf(input, stage.Bound).ReadAll();
        return stage.Bound.AsksRoots && stage.Sample is { } sample ? sample.Take(items) : items;
    }

    /// <summary>
    /// The calls about the items whose prompts are known: one that holds a failed item is not asked, and fails as that did.
    /// </summary>
    private static AskPlan PlanFor(AskItems questions, PaidStage stage, RlmType otherwise) =>
        stage.Packer.Plan(questions, FindKnown(questions), questions.Count == 0 ? "" : questions.Instruction, stage.ReplyType(otherwise));

    /// <summary>The same calls with examples; null where the stage shows none.</summary>
    private static CalibratedPlan? CalibratedFor(AskItems questions, PaidStage stage, RlmType otherwise) =>
        stage.Calibration is { } count && questions.Count > count
            ? stage.Packer.Calibrate(questions, FindKnown(questions), questions.Instruction, stage.ReplyType(otherwise), count) : null;

    private static int[]? FindKnown(AskItems questions)
    {
        int[] known = [.. Enumerable.Range(0, questions.Count).Where(place => questions.FindFailedAt(place) is null)];
        return known.Length == questions.Count ? null : known;
    }
}
