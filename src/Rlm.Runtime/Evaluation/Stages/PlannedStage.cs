using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>
/// A free stage over a value that a plan does not have. Its result is at most so many items of at most so many tokens; a text has no more
/// parts than bytes. Nothing is compared with what is not there, so no row is dropped.
/// </summary>
/// <param name="input">The stage's input, its size alone.</param>
/// <param name="stage">The stage.</param>
/// <param name="variables">The variables of the plan.</param>
/// <param name="evaluation">What is known is evaluated in it.</param>
internal sealed class PlannedStage(PlannedValue input, BoundStage stage, PlannedVariables variables, EvaluationContext evaluation)
{
    /// <summary>Most tokens of a number.</summary>
    public const long NumberTokens = 16;

    /// <summary>Tokens of a field's frame.</summary>
    public const long JoinedTokens = 8;

    /// <summary>The result of a stage: evaluated where input and arguments are known, else its size at most.</summary>
    public static PlannedValue Evaluate(PlannedValue input, BoundStage stage, PlannedVariables variables, EvaluationContext evaluation)
    {
        string? waits = variables.WaitsFor(stage);
        if (input.Known is { } known && waits is null)
            return PlannedValue.Of(StageEvaluator.Evaluate(known, stage, null, evaluation));

        var sized = input.MeasureTexts();
        return StageEvaluator.OperatorOf(stage, evaluation)
            .Bound(new PlannedStage(sized with { After = waits ?? sized.After }, stage, variables, evaluation));
    }

    public BoundStage Bound => stage;

    public PlannedValue Input => input;

    public bool IsList => stage.Input.ItemType is not null;

    public bool IsGrouped => stage.Has(Slots.By);

    /// <summary>A value of which nobody can tell how large it is.</summary>
    public PlannedValue Unbounded => Single(null);

    /// <summary>A number, a date or a truth value.</summary>
    public PlannedValue Number => Single(NumberTokens);

    /// <summary>One of the items, or so many as are asked for.</summary>
    public PlannedValue FirstOrLast =>
        stage.Has(Slots.Count) ? Cut(Amount(Slots.Count)) : Single(input.MaxItemTokens) with { MaxTextBytes = input.MaxTextBytes };

    public PlannedValue Single(long? tokens) => PlannedValue.Single(tokens, input.After);

    public PlannedValue List(long? items, long? itemTokens) => PlannedValue.List(items, itemTokens, input.After);

    /// <summary>The value of an argument, its size alone.</summary>
    public PlannedValue SizeOfValue(Slot<BoundExpression> slot) => variables.Of(stage.Get(slot), evaluation).MeasureTexts();

    /// <summary>At most so many of the items; of a text, of its lines.</summary>
    public PlannedValue Cut(long? count)
    {
        long? items = IsList ? TakeLeast(input.MaxItems, count) : count;
        long? each = IsList ? input.MaxItemTokens : input.MaxTokens;
        var cut = List(items, each) with { MaxTextBytes = input.MaxTextBytes, MaxParts = input.MaxParts };
        return input.MaxTokens is { } all ? cut with { MaxTokens = Math.Min(all, cut.MaxTokens ?? all) } : cut;
    }

    /// <summary>
    /// How many parts all texts have, where a text of so many bytes, 1 at least, has so many: none is empty, or a separator stands before
    /// it.
    /// </summary>
    public long? CountOf(Func<long, long> parts) =>
        (IsList ? input.MaxItems : 1) is { } texts && input.MaxTextBytes is { } bytes
            ? PlannedAmount.Product(texts, parts(Math.Max(1, bytes)))
            : null;

    /// <summary>Parts of each text.</summary>
    public PlannedValue Parts(Func<long, long> count) => input with
    {
        MaxItems = CountOf(count),
        MaxItemTokens = IsList ? input.MaxItemTokens : input.MaxTokens,
        MaxParts = null,
    };

    /// <summary>A row for each key, and for each label of a key that has a domain.</summary>
    public PlannedValue Counted => RowsOfKeys((stage.Find(Slots.By) ?? []).Count > 1 ? input.MaxItems : input.MaxItems + variables.MaxLabels);

    public PlannedValue RowsOfKeys(long? rows) => List(rows, Sum(Slots.By, NumberTokens));

    public long? Sum(Slot<IReadOnlyList<BoundBinding>> slot, long? start) =>
        (stage.Find(slot) ?? []).Aggregate(
            start, (sum, binding) => sum + JoinedTokens + variables.SizeOf(binding.Value, input.MaxItemTokens, evaluation));

    public long? SizeOf(Slot<BoundExpression> slot) => variables.SizeOf(stage.Get(slot), input.MaxItemTokens, evaluation);

    public long? Amount(Slot<BoundExpression> slot) =>
        stage.Find(slot) is { } expression && variables.IsKnown(expression)
            ? StageArguments.FindWhole(stage, slot, null, evaluation)
            : null;

    private static long? TakeLeast(long? left, long? right) => left is { } one && right is { } other ? Math.Min(one, other) : left ?? right;
}
