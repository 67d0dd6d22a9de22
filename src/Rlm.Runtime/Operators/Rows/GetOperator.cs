using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class GetOperator : IOperator
{
    public string Name => "get";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.IsList ? stage.Input with { MaxTextBytes = null, MaxParts = null } : stage.Single(stage.Input.MaxTokens);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string field = stage.Get(Slots.Field);
        return input is ListValue
            ? ListValue.Stream(StageItems.Of(input, stage, evaluation).Select(item => Get(item, field, evaluation)))
            : Get(input, field, evaluation);
    }

    private static Value Get(Value item, string field, EvaluationContext evaluation)
    {
        if (FieldAccess.Find(item, field) is { } value)
            return value;

        evaluation.Tallies.Count("time", $"a row had no field `{field}`, which counts as none");
        return NoneValue.Instance;
    }
}
