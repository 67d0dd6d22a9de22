using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// Breadth first from the start, which may be a list of starts: each row whose <c>from</c> is a value reached, once, and from
/// there its <c>to</c>, each value of it if it is a list.
/// </summary>
internal sealed class FollowOperator : IOperator
{
    public string Name => "follow";

    public PlannedValue Bound(PlannedStage stage) => stage.Input;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string from = stage.Get(Slots.From);
        string to = stage.Get(Slots.To);
        Value[] rows = [.. StageItems.Of(input, stage, evaluation)];
        var starts = ValuesOf(ExpressionEvaluator.Evaluate(stage.Get(Slots.Origin), scope, evaluation)).ToArray();
        int max = StageArguments.FindCount(stage, Slots.Max, scope, evaluation) ?? int.MaxValue;

        var column = new ValueColumn();
        foreach (var value in starts.Concat(rows.SelectMany(
            row => ValuesOf(FieldAccess.Read(row, from, evaluation)).Concat(ValuesOf(FieldAccess.Read(row, to, evaluation))))))
            column.Add(value);
        var byFrom = Enumerable.Range(0, rows.Length)
            .SelectMany(
                place => ValuesOf(FieldAccess.Of(rows[place], from)),
                (place, value) => (Place: place, Key: new ValueKey(column.Read(value))))
            .ToLookup(entry => entry.Key, entry => entry.Place);

        List<Value> found = [];
        bool[] isFound = new bool[rows.Length];
        HashSet<ValueKey> reached = [];
        Queue<ValueKey> open = [];
        Reach(starts);
        while (open.TryDequeue(out var value))
        {
            evaluation.CancellationToken.ThrowIfCancellationRequested();
            foreach (int place in byFrom[value])
            {
                if (isFound[place])
                    continue;

                if (found.Count == max)
                {
                    evaluation.Note($"follow: stopped after {max} rows, as `max` says; there are more");
                    return ListValue.Of([.. found]);
                }

                isFound[place] = true;
                found.Add(rows[place]);
                Reach(ValuesOf(FieldAccess.Of(rows[place], to)));
            }
        }

        return ListValue.Of([.. found]);

        void Reach(IEnumerable<Value> values)
        {
            foreach (var value in values)
            {
                var key = new ValueKey(column.Read(value));
                if (reached.Add(key))
                    open.Enqueue(key);
            }
        }
    }

    private static IEnumerable<Value> ValuesOf(Value value) => value is ListValue list ? list.Items : Reading.IsNone(value) ? [] : [value];
}
