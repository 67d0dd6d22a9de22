using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// <c>join … on</c> and <c>left join … on</c>, by a hash of the other list's keys. A row whose key is none has no partner.
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
        var rows = new RowExtender(stage.Input.ItemType ?? RlmType.Unknown);
        RecordValue[] left = [.. StageItems.Of(input, stage, evaluation).Select(rows.RowOf)];
        var other = stage.Get(Slots.Rows);
        RecordValue[] right = [.. StageItems.Of(ExpressionEvaluator.Evaluate(other, scope, evaluation), stage, evaluation)
            .Select(row => row as RecordValue
            ?? throw new EvaluationException(
                other.Span, $"`{name}` takes rows to join with and got {ValueKinds.Describe(row)} among them"))];

        RequireKeys(on, left, stage, "that comes in");
        RequireKeys(on, right, stage, "to join with");
        var columns = ColumnsOf(on, left, right);
        var partners = right
            .Select(row => (Row: row, Key: KeyOf(row, on, columns)))
            .Where(entry => entry.Key is not null)
            .ToLookup(entry => entry.Key!.Value, entry => entry.Row);
        var shapes = new JoinedShapes(stage, on, NamesOf(other.Type, right));
        return ListValue.Stream(JoinRows(
            left, right, row => KeyOf(row, on, columns) is { } key ? partners[key] : [], on, shapes, evaluation));
    }

    private IEnumerable<Value> JoinRows(
        RecordValue[] left, RecordValue[] right, Func<RecordValue, IEnumerable<RecordValue>> partnersOf, string[] on, JoinedShapes shapes,
        EvaluationContext evaluation)
    {
        bool hasAny = false;
        foreach (var row in left)
        {
            evaluation.CancellationToken.ThrowIfCancellationRequested();
            bool hasPartner = false;
            foreach (var partner in partnersOf(row))
            {
                hasPartner = true;
                yield return shapes.Join(row, partner);
            }

            hasAny |= hasPartner;
            if (!hasPartner && keepsAll)
                yield return shapes.Join(row, null);
        }

        if (!hasAny && left.Length > 0 && right.Length > 0)
            evaluation.Tallies.Doubt(
                $"{name}: not one of {Amount.Of(left.Length, "row")} has a partner among {Amount.Of(right.Length)}",
                TellFolded(left, right, on) ?? "look at how both sides write the keys, as a time and its day; where none is meant to be there, count with `in`");
    }

    /// <summary>How many rows have a partner but for case and blanks around the keys, and how to write that; null where none has.</summary>
    private static string? TellFolded(RecordValue[] left, RecordValue[] right, string[] on)
    {
        var keys = right.Select(Fold).ToHashSet(StringComparer.Ordinal);
        RecordValue[] missed = [.. left.Where(row => keys.Contains(Fold(row)))];
        return missed.Length == 0 ? null
            : $"{Amount.Of(missed.Length, "row")} {Amount.Agree(missed.Length, "{has|have}")} one but for case and blanks, as `{Preview.Of(string.Join(", ", missed[0].Shape.Names.Intersect(on).Select(key => ValueRenderer.InTemplate(missed[0].Find(key)!))), 60)}`: write `| extend {string.Join(", ", on.Select(key => $"{key} = lower(trim({key}))"))}` on both sides before";

        string Fold(RecordValue row) =>
            string.Join('\n', on.Select(key => ValueRenderer.InTemplate(FieldAccess.Of(row, key)).Trim().ToLowerInvariant()));
    }

    /// <summary>A list of which no row has a key is not the one that was meant.</summary>
    private void RequireKeys(string[] on, RecordValue[] rows, BoundStage stage, string which)
    {
        if (rows.Length == 0 || on.FirstOrDefault(key => rows.All(row => row.Find(key) is null)) is not { } missing)
            return;

        throw new EvaluationException(stage.Span, $"`{name}`: no row of the list {which} has a field `{missing}`",
            $"its fields are {string.Join(", ", rows[0].Shape.Names.Select(field => $"`{field}`"))}; one under another name is `… | extend {missing} = FIELD`");
    }

    /// <summary>One side may have read the keys as numbers or dates and the other not.</summary>
    private static ValueColumn[] ColumnsOf(string[] on, RecordValue[] left, RecordValue[] right)
    {
        var columns = new ValueColumn[on.Length];
        for (int i = 0; i < on.Length; i++)
        {
            columns[i] = new ValueColumn();
            foreach (var row in left.Concat(right))
                columns[i].Add(FieldAccess.Of(row, on[i]));
        }

        return columns;
    }

    private static ValueKey? KeyOf(RecordValue row, string[] on, ValueColumn[] columns)
    {
        var keys = new Value[on.Length];
        for (int i = 0; i < on.Length; i++)
        {
            keys[i] = columns[i].Read(FieldAccess.Of(row, on[i]));
            if (Reading.IsNone(keys[i]))
                return null;
        }

        return ValueKey.Of(keys);
    }

    /// <summary>The fields of the other rows, in order of first sight; those of the type where there are no rows.</summary>
    private static IReadOnlyList<string> NamesOf(RlmType type, RecordValue[] rows) =>
    [
        .. ((type.ItemType?.Required as RecordType)?.Fields ?? []).Select(field => field.Name)
            .Concat(rows.Select(row => row.Shape).Distinct().SelectMany(shape => shape.Names))
            .Distinct(StringComparer.Ordinal),
    ];
}
