using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Evaluates free stages and pipelines, lifting operators over lists.</summary>
internal static class StageEvaluator
{
    public static Value Evaluate(BoundPipeline pipeline, Scope? scope, Evaluation evaluation) => throw new NotImplementedException();

    public static Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation) => throw new NotImplementedException();
}
