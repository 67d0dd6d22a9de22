using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Evaluates bound expressions: pure, without a model.</summary>
internal static class ExpressionEvaluator
{
    public static Value Evaluate(BoundExpression expression, Scope? scope, Evaluation evaluation) => throw new NotImplementedException();
}
