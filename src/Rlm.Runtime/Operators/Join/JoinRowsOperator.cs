using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Join;

/// <summary>
/// <c>join … on</c> and <c>left join … on</c>, by a hash of the other list's keys. The list that comes in is read once, row by row, where
/// the kind of its keys is known before.
/// </summary>
internal sealed class JoinRowsOperator(string name, bool keepsAll) : IOperator
{
    public string Name => name;

    public PlannedValue Bound(PlannedStage stage)
    {
        var other = stage.SizeOfValue(Slots.Rows);
        return stage.List(
            stage.Input.MaxItems is { } left
                && other.MaxItems is { } right ? PlannedAmount.Product(left, Math.Max(keepsAll ? 1 : 0, right)) : null,
            stage.Input.MaxItemTokens + other.MaxItemTokens + PlannedStage.JoinedTokens);
    }

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string[] on = [.. stage.Get(Slots.On).Select(binding => binding.Name)];
        var extender = new RowExtender(stage.Input.ItemType ?? RlmType.Unknown);
        var left = StageItems.ListOf(input, stage);
        var columns = FindColumns(left.Rows, on);
        if (columns is null)
        {
            var kept = ListValue.Keep(StageItems.Of(left, stage, evaluation).Select(extender.RowOf));
            RequireKeys(on, kept.ReadAll().Cast<RecordValue>(), stage, "that comes in");
            columns = [.. on.Select(_ => new ValueColumn())];
            AddKeys(columns, kept.ReadAll().Cast<RecordValue>(), on);
            left = kept;
        }

        var other = stage.Get(Slots.Rows);
        RecordValue[] right = [.. StageItems.Of(ExpressionEvaluator.Evaluate(other, scope, evaluation), stage, evaluation)
            .Select(row => row as RecordValue
            ?? throw new EvaluationException(
                other.Span, $"`{name}` takes rows to join with and got {ValueKinds.Describe(row)} among them"))];
        RequireKeys(on, right, stage, "to join with");
        AddKeys(columns, right, on);
        var partners = new JoinPartners(right, on, columns);
        var shapes = new JoinedShapes(stage, on, NamesOf(other.Type, right));
        var shape = NeighbourSearch.HasNeighbours(stage) ? null : left.Rows.Shape;
        return ListValue.OfRows(new RowSource(() => new PartneredRows(
            name, keepsAll, StageRows.Open(left, stage, scope, evaluation), extender, on, partners, shapes, shape?.Names.Count ?? 0))
        {
            Shape = shape is null ? null : shapes.Of(shape),
        });
    }

    /// <summary>A list of which no row has a key is not the one that was meant.</summary>
    private void RequireKeys(string[] on, IEnumerable<RecordValue> rows, BoundStage stage, string which)
    {
        if (rows.FirstOrDefault() is not { } first || on.FirstOrDefault(key => rows.All(row => row.Find(key) is null)) is not { } missing)
            return;

        throw new EvaluationException(stage.Span, $"`{name}`: no row of the list {which} has a field `{missing}`",
            $"its fields are {string.Join(", ", first.Shape.Names.Select(field => $"`{field}`"))}; one under another name is `… | extend {missing} = FIELD`");
    }

    /// <summary>
    /// How the keys of rows read that are not looked at yet; null where these have to be seen, as one side may have read them as numbers or
    /// dates and the other not.
    /// </summary>
    private static ValueColumn[]? FindColumns(RowSource rows, string[] on)
    {
        if (rows is not { Shape: { } shape, KindOf: { } kindOf } || Array.Exists(on, key => shape.IndexOf(key) < 0))
            return null;

        var columns = new ValueColumn[on.Length];
        for (int i = 0; i < on.Length; i++)
        {
            if (kindOf(shape.IndexOf(on[i])) is not { } kind)
                return null;
            columns[i] = new ValueColumn();
            columns[i].Add(kind);
        }

        return columns;
    }

    private static void AddKeys(ValueColumn[] columns, IEnumerable<RecordValue> rows, string[] on)
    {
        foreach (var row in rows)
        {
            for (int i = 0; i < on.Length; i++)
                columns[i].Add(FieldAccess.Of(row, on[i]));
        }
    }

    /// <summary>The fields of the other rows, in order of first sight; those of the type where there are no rows.</summary>
    private static IReadOnlyList<string> NamesOf(RlmType type, RecordValue[] rows) =>
    [
        .. ((type.ItemType?.Required as RecordType)?.Fields ?? []).Select(field => field.Name)
            .Concat(rows.Select(row => row.Shape).Distinct().SelectMany(shape => shape.Names))
            .Distinct(StringComparer.Ordinal),
    ];
}
