using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>Reads a stage's arguments that stand outside its items.</summary>
internal static class StageArguments
{
    /// <summary>A whole number that is at least so much.</summary>
    /// <exception cref="EvaluationException">It is not.</exception>
    public static long Whole(BoundStage stage, Slot<BoundExpression> slot, string what, long least, Scope? scope, EvaluationContext evaluation)
    {
        var expression = stage.Get(slot);
        var value = ExpressionEvaluator.Evaluate(expression, scope, evaluation);
        decimal? number = Reading.AsNumber(value)?.InDecimal;
        if (number is { } whole && whole == decimal.Truncate(whole) && whole >= least && whole <= long.MaxValue)
            return (long)whole;

        string found = number is null ? "no number" : ValueRenderer.InTemplate(new NumberValue(number.Value));
        throw new EvaluationException(expression.Span, $"`{stage.Operator.Head}` needs {what} of at least {least}, and this is {found}",
            $"write a whole number from {least} up");
    }

    /// <summary>The same, or a default where the slot is empty.</summary>
    public static long Whole(BoundStage stage, Slot<BoundExpression> slot, string what, long least, long otherwise, Scope? scope, EvaluationContext evaluation) =>
        stage.Find(slot) is null ? otherwise : Whole(stage, slot, what, least, scope, evaluation);

    /// <summary>The value of a slot as text.</summary>
    public static string Text(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) =>
        ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(stage.Get(slot), scope, evaluation));

    /// <summary>The text of a pattern that is taken literally; null for a regex.</summary>
    /// <exception cref="EvaluationException">It is empty, and so would be found everywhere.</exception>
    public static string? Literal(BoundPattern pattern, Scope? scope, EvaluationContext evaluation)
    {
        if (pattern.Literal is not { } literal)
            return null;

        string text = ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(literal, scope, evaluation));
        return text.Length > 0 ? text : throw new EvaluationException(literal.Span, "the text to look for is empty, which matches everywhere", "leave the stage out, or give the text to look for");
    }

    public static LinePattern LinePattern(BoundStage stage, bool ignoreCase, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.Pattern);
        return Texts.Matching.LinePattern.Of(pattern, Literal(pattern, scope, evaluation), ignoreCase);
    }
}
