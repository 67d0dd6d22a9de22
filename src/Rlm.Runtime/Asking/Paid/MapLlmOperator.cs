using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>The reply about each item, in order.</summary>
internal sealed class MapLlmOperator : IPaidOperator
{
    public string Name => "map llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        var (_, values) = await AskEachAsync(input, stage, RlmType.Text).ConfigureAwait(false);
        return ListValue.Of(stage.Failed.AreSkipped ? [.. values.Where(value => value is not FailedValue)] : values);
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
    /// The items and the value of each. Where the stage behind takes the first few alone it asks in order and stops; the values behind
    /// the last one asked for are none.
    /// </summary>
    /// <param name="input">The list.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="otherwise">The type of a reply where the program does not say it.</param>
    /// <param name="isKept">
    /// Whether an item with this value is one that the stage behind sees; null where it sees each whose value is not left out as failed.
    /// </param>
    public static async Task<(IReadOnlyList<Value> Items, Value[] Values)> AskEachAsync(
        Value input, PaidStage stage, RlmType otherwise, Func<Value?, bool>? isKept = null)
    {
        // What is not there was not asked about, since it holds a failed item.
        var counted = isKept ?? (value => !stage.Failed.AreSkipped || value is not (null or FailedValue));
        Func<IEnumerable<Value?>, bool>? isEnough = stage.Wanted is { } wanted && (isKept is not null || !stage.Failed.AreFatal)
            ? known => known.Count(counted) >= wanted
            : null;
        var items = StageItems.ListOf(input, stage.Bound).ReadAll();
        var questions = new AskItems(stage, items);
        var values = await stage.AskAsync(PlanFor(questions, stage, otherwise), isEnough).ConfigureAwait(false);
        for (int place = 0; place < values.Length; place++)
            values[place] = questions.FindFailedAt(place) ?? values[place];
        return (items, stage.Failed.Replace(values));
    }

    /// <summary>What asking about each item of a known list asks.</summary>
    public static StagePlan PlanOf(Value input, PaidStage stage, RlmType otherwise) =>
        new([PlanFor(new AskItems(stage, StageItems.ListOf(input, stage.Bound).ReadAll()), stage, otherwise)]);

    /// <summary>At most what asking about each item asks.</summary>
    public static CallAmounts? BoundOf(PendingInput input, PaidStage stage, RlmType otherwise) =>
        input.Value.MaxItems is { } items ? stage.Bounds.OfItems(input, items, stage.ReplyType(otherwise), packs: true) : null;

    /// <summary>
    /// The calls about the items whose prompts are known: one that holds a failed item is not asked, and fails as that did.
    /// </summary>
    private static AskPlan PlanFor(AskItems questions, PaidStage stage, RlmType otherwise)
    {
        string shared = questions.Count == 0 ? "" : questions.Instruction;
        var reply = stage.ReplyType(otherwise);
        int[]? known = [.. Enumerable.Range(0, questions.Count).Where(place => questions.FindFailedAt(place) is null)];
        if (known.Length == questions.Count)
            known = null;
        return stage.Packer.Plan(questions, known, shared, reply);
    }
}
