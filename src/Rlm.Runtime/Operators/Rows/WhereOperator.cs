using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class WhereOperator : IOperator
{
    public string Name => "where";

    public PlannedValue Bound(PlannedStage stage) => stage.Input;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        StageRows.Where(input, stage, stage.Get(Slots.Condition), scope, evaluation);
}
