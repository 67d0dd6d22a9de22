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
    /// <summary>The whole number that fills the slot, or null where nothing does.</summary>
    /// <exception cref="EvaluationException">It is none, or outside the slot's range.</exception>
    public static long? FindWhole(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation)
    {
        if (stage.Find(slot) is not { } expression)
            return null;

        var value = ExpressionEvaluator.Evaluate(expression, scope, evaluation);
        decimal? number = Reading.AsNumber(value)?.InDecimal;
        if (number is { } whole && whole == decimal.Truncate(whole) && slot.HasInRange(whole) && whole <= long.MaxValue)
            return (long)whole;

        throw new EvaluationException(
            expression.Span,
            $"`{stage.Operator.Name}` takes a whole number {slot.DescribeRange(number ?? 0)} here, not {(value is NumberValue ? value.ToString() : ValueKinds.Describe(value))}");
    }

    /// <summary>The number that fills the slot, whole or not; null where nothing does.</summary>
    /// <exception cref="EvaluationException">It is none, or outside the slot's range.</exception>
    public static decimal? FindNumber(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation)
    {
        if (stage.Find(slot) is not { } expression)
            return null;

        var value = ExpressionEvaluator.Evaluate(expression, scope, evaluation);
        decimal? number = Reading.AsNumber(value)?.InDecimal;
        return number is { } read && slot.HasInRange(read) ? read : throw new EvaluationException(
            expression.Span,
            $"`{stage.Operator.Name}` takes a number {slot.DescribeRange(number ?? 0)} here, not {(value is NumberValue ? value.ToString() : ValueKinds.Describe(value))}");
    }

    public static long Whole(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) => FindWhole(
        stage, slot, scope, evaluation)
        ?? throw new InvalidOperationException($"The stage {stage.Operator.Name} has no argument {slot}.");

    /// <summary>How many items are meant; more than a list can have are all of them.</summary>
    public static int Count(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) =>
        (int)Math.Min(Whole(stage, slot, scope, evaluation), int.MaxValue);

    public static int? FindCount(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) =>
        stage.Has(slot) ? Count(stage, slot, scope, evaluation) : null;

    /// <summary>The value of a slot as text.</summary>
    public static string Text(BoundStage stage, Slot<BoundExpression> slot, Scope? scope, EvaluationContext evaluation) =>
        ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(stage.Get(slot), scope, evaluation));

    /// <summary>The text of a pattern that is taken literally; null for a regex.</summary>
    /// <exception cref="EvaluationException">It is empty, and so would be found everywhere.</exception>
    public static string? Literal(BoundPattern pattern, Scope? scope, EvaluationContext evaluation)
    {
        if (pattern.Literal is not { } literal)
            return null;

        var missing = literal is BoundTemplate template ? template.Parts.FirstOrDefault(IsNone) : IsNone(literal) ? literal : null;
        if (missing is not null)
        {
            throw new EvaluationException(
                missing.Span, "the text to look for is none", "give the text to look for: `coalesce(x, \"…\")` has another one where there is none");
        }

        string text = LineEnds.Fold(ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(literal, scope, evaluation)));
        return text.Length > 0 ? text : throw new EvaluationException(
            literal.Span, "the text to look for is empty, which matches everywhere", "leave the stage out, or give the text to look for");

        bool IsNone(BoundExpression expression) => Reading.IsNone(ExpressionEvaluator.Evaluate(expression, scope, evaluation));
    }

    public static LinePattern LinePattern(BoundStage stage, bool ignoreCase, Scope? scope, EvaluationContext evaluation) =>
        LinePattern(stage, Literal(stage.Get(Slots.Pattern), scope, evaluation), ignoreCase);

    /// <param name="stage">The stage.</param>
    /// <param name="literal">The text of its pattern; null for a regex.</param>
    /// <param name="ignoreCase">Whether case is ignored.</param>
    public static LinePattern LinePattern(BoundStage stage, string? literal, bool ignoreCase) =>
        PatternMaker.Make(stage.Get(Slots.Pattern), made => Texts.Matching.LinePattern.Of(made, literal, ignoreCase));
}
