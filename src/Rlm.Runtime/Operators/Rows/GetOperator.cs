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
            ? ListValue.Stream(StageItems.Of(input, stage, evaluation).Select(item => FieldAccess.Read(item, field, evaluation)))
            : FieldAccess.Read(input, field, evaluation);
    }
}
