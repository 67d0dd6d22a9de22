using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
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
        BoundExpression[] keys = [.. (stage.Find(Slots.By) ?? []).Select(key => key.Value)];
        var expression = rows.Expression(keys.Length switch
        {
            0 => null,
            1 => keys[0],
            _ => new BoundList(stage.Span, RlmType.ListOf(RlmType.Unknown), keys),
        });
        var seen = new HashSet<ValueKey>(ValueKeyComparer.Instance);
        var seenCells = seen.GetAlternateLookup<Cell>();
        var times = new TimeKeys();
        while (rows.MoveNext())
        {
            times.AddRow();
            if (seenCells.Contains(expression.Read(rows)))
                continue;

            var key = new ValueKey(expression.Evaluate(rows));
            key.KeepBytes();
            seen.Add(key);
            times.AddKey(key.Value);
            yield return rows.Reader.Item;
        }

        times.Tell("distinct", evaluation);
    }
}
