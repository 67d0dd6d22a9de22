using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class GroupOperator : IOperator
{
    public string Name => "group";

    public PlannedValue Bound(PlannedStage stage) => BoundOf(stage);

    /// <summary>How large groups are that hold each item once: its own size, and that of a key.</summary>
    public static PlannedValue BoundOf(PlannedStage stage) =>
        stage.List(stage.Input.MaxItems, stage.Input.MaxTokens * 2) with
        {
            MaxTokens = stage.Input.MaxTokens * 2,
            MaxParts = stage.Input.MaxItems
        };

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var groups = new KeyGroups<List<Value>>(stage, rows, () => []);
        while (rows.MoveNext())
            groups.OfItem().Add(rows.Reader.Item);
        return groups.Rows(["items"], items => [ListValue.Of([.. items])]);
    }
}
