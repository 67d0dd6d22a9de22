using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>Whole numbers among a stage's arguments.</summary>
internal static class StageAmounts
{
    /// <summary>The amount, or null where the slot is not filled; <see cref="EvaluationException"/> unless it is a whole number from 0.</summary>
    public static int? Find(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation)
    {
        if (stage.Find(slot) is not { } expression)
            return null;

        var value = ExpressionEvaluator.Evaluate(expression, scope, evaluation);
        return Reading.AsNumber(value) is { InDecimal: >= 0 and <= int.MaxValue and var number } && number == decimal.Truncate(number)
            ? (int)number
            : throw new EvaluationException(expression.Span, $"`{stage.Operator.Name}` takes a whole number from 0 here and got {ShowValue(value)}");
    }

    public static int Of(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) => Find(stage, slot, scope, evaluation)
        ?? throw new InvalidOperationException($"The stage {stage.Operator.Name} has no argument {slot}.");

    private static string ShowValue(Value value) => value is NumberValue
        ? value.ToString()!
        : ValueKinds.Describe(value);
}
