using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class SkipOperator : IOperator
{
    public string Name => "skip";

    public PlannedValue Bound(PlannedStage stage) => stage.Input;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        int count = StageArguments.Count(stage, Slots.Count, scope, evaluation);
        return StageRows.Slice(input, stage, count, long.MaxValue, evaluation)
            ?? ListValue.Stream(StageItems.Of(input, stage, evaluation).Skip(count));
    }
}
