using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class DistinctOperator : IOperator
{
    public string Name => "distinct";

    public PlannedValue Bound(PlannedStage stage) => stage.Input;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        StageItems.ListOf(input, stage);
        return ListValue.Stream(First(input, stage, scope, evaluation));
    }

    /// <summary>The first item of each key.</summary>
    private static IEnumerable<Value> First(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var key = new RowKey(rows, stage.Find(Slots.By) is { } by ? [.. by.Select(part => rows.Expression(part.Value))] : [rows.Expression(null)]);
        var seen = new KeyTable(key.Count);
        var times = new TimeKeys();
        while (rows.MoveNext())
        {
            times.AddRow();
            int known = seen.Count;
            if (seen.FindOrAdd(key) < known)
                continue;

            times.AddKey(key.Values());
            yield return rows.Reader.Item;
        }

        times.Tell("distinct", evaluation);
    }
}
