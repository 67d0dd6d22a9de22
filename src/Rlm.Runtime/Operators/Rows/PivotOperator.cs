using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary><c>pivot F by KEYS</c>: a row for each key, and in it a column for each value of the field, which holds the row's only other field.</summary>
internal sealed class PivotOperator : IOperator
{
    private const int MostColumns = 1_000;

    public string Name => "pivot";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.Input.MaxTokens);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string field = stage.Get(Slots.Field);
        Value otherwise = NoneValue.Instance;
        var empty = new EmptyFields(stage, scope, evaluation);
        string[] keyFields = [.. stage.Get(Slots.By).Select(key => key.Value.FieldName).OfType<string>()];
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var groups = new KeyGroups<Dictionary<string, Value>>(stage, rows, () => new Dictionary<string, Value>(StringComparer.Ordinal));
        List<string> columns = [];
        HashSet<string> known = new(StringComparer.Ordinal);
        IReadOnlyList<string>? domain = null;
        long seen = 0, failed = 0;
        while (rows.MoveNext())
        {
            seen++;
            if (rows.Reader.Item is not RecordValue row)
                throw new EvaluationException(stage.Span, $"`pivot` takes rows and got {ValueKinds.Describe(rows.Reader.Item)}");

            var name = FieldAccess.Read(row, field, evaluation);
            if (Unknown.IsApart(row) || Unknown.Of(name) is not null)
            {
                failed++;
                continue;
            }

            domain ??= (name as TextValue)?.Domain;
            string column = ValueRenderer.InTemplate(name);
            if (known.Add(column))
                columns.Add(column);
            string held = FindOnlyOther(row, field, keyFields, stage);
            otherwise = empty.Of(held);
            if (!groups.OfItem().TryAdd(column, row.Find(held)!))
            {
                throw new EvaluationException(stage.Span, $"a row of `pivot` has several values for `{column}`",
                    $"fold them before: `sum x by {string.Join(", ", stage.Get(Slots.By).Select(key => key.Name))}, {field}`");
            }
        }

        evaluation.Tallies.AddLeftOut(stage, Name, seen, 0, 0, failed);
        Check(columns, stage);
        string[] names = domain is null ? [.. columns] : [.. domain.Concat(columns.Where(column => !domain.Contains(column)))];
        return groups.Rows(names, cells => names.Select(name => cells.GetValueOrDefault(name, otherwise)));
    }

    /// <summary>The only field of a row that is neither the column's name nor a key.</summary>
    private static string FindOnlyOther(RecordValue row, string field, string[] keyFields, BoundStage stage)
    {
        string[] others = [.. row.Shape.Names.Where(name => name != field && !keyFields.Contains(name))];
        return others.Length == 1
            ? others[0]
            : throw new EvaluationException(stage.Span,
                $"`pivot` takes rows with one field beside `{field}` and the keys, and here are {others.Length}",
                $"choose it before with `select {string.Join(", ", keyFields)}, {field}, …`");
    }

    private static void Check(List<string> columns, BoundStage stage)
    {
        if (columns.Count > MostColumns)
            throw new EvaluationException(stage.Span, Invariant($"`pivot` would make {columns.Count:N0} columns"), "pivot a field of fewer values");
        if (stage.Get(Slots.By).FirstOrDefault(key => columns.Contains(key.Name)) is { } key)
        {
            throw new EvaluationException(stage.Span, $"a column would be named `{key.Name}` as the key is",
                $"name the key otherwise: `by k = {key.Name}`");
        }
    }
}
