using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class WhereOperator : IOperator
{
    public string Name => "where";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        StageRows.Where(input, stage, stage.Expression("condition"), scope, evaluation);
}
