using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>Evaluates bound expressions: pure, without a model.</summary>
internal static partial class ExpressionEvaluator
{
    public static Value Evaluate(BoundExpression expression, Scope? scope, EvaluationContext evaluation) =>
        scope is not null && IsWorthKeeping(expression) && InvariantSearch.IsInvariant(expression)
            ? evaluation.Keep(expression, static (expression, evaluation) => ListValue.Keep(Compute(expression, null, evaluation)))
            : Compute(expression, scope, evaluation);

    /// <summary>Whether a condition holds; none counts as false, and what is unknown does not hold.</summary>
    public static bool IsTrue(BoundExpression condition, Scope? scope, EvaluationContext evaluation) =>
        Truth(Evaluate(condition, scope, evaluation)) == true;

    /// <summary>What a condition's value says: none is false, a failed item is neither true nor false.</summary>
    public static bool? Truth(Value condition) => Unknown.Of(condition) is not null ? null : Reading.AsBool(condition) ?? false;

    /// <summary>
    /// Whether it may take long: a pipeline, a call, a field of all rows of a list, or a text whose bytes are wanted for each item.
    /// </summary>
    private static bool IsWorthKeeping(BoundExpression expression) =>
        expression is BoundNested or BoundCall or BoundList or BoundPattern or BoundLiteral { Value: string }
            or BoundField { Target: not BoundItem };

    private static Value Compute(BoundExpression expression, Scope? scope, EvaluationContext evaluation) => expression switch
    {
        BoundLiteral literal => Literal(literal.Value),
        BoundTemplate template => Template(template, scope, evaluation),
        BoundItem item => scope!.At(item.Depth).Item,
        BoundIndex index => new NumberValue(scope!.At(index.Depth).Index),
        BoundField field when field.Type.ItemType == RlmType.Unknown => FieldAccess.Read(Evaluate(field.Target, scope, evaluation), field.Name, evaluation),
        BoundField field => FieldAccess.Of(Evaluate(field.Target, scope, evaluation), field.Name),
        BoundOpenField field => OpenField(field, scope, evaluation),
        BoundProvenance provenance => Provenance.Of(Evaluate(provenance.Target, scope, evaluation), provenance.Kind),
        BoundVariable variable => evaluation.Lookup(variable.Symbol),
        BoundUnary unary => Unary(unary.Operator, Evaluate(unary.Operand, scope, evaluation), evaluation),
        BoundBinary binary => Binary(binary, scope, evaluation),
        BoundConditional conditional => Conditional(conditional, scope, evaluation),
        BoundCall call => Call(call, scope, evaluation),
        BoundWindow window => WindowTable.Evaluate(window, scope!, evaluation),
        BoundAggregate aggregate => Aggregate(aggregate, scope, evaluation),
        BoundList list => ListValue.Of([.. list.Items.Select(item => ListValue.Keep(Evaluate(item, scope, evaluation)))]),
        BoundRecord record => Record(record, scope, evaluation),
        BoundIndexer indexer => TakeIndex(indexer, scope, evaluation),
        BoundNested nested => StageEvaluator.Evaluate(nested.Pipeline, scope, evaluation),
        BoundPattern pattern => Pattern(pattern, scope, evaluation),
        _ => throw new InvalidOperationException($"No evaluation for {expression.GetType().Name}."),
    };

    private static Value Unary(UnaryOperator operation, Value operand, EvaluationContext evaluation) => operation switch
    {
        UnaryOperator.IsFailed => BoolValue.Of(Unknown.Of(operand) is not null),
        UnaryOperator.IsNotFailed => BoolValue.Of(Unknown.Of(operand) is null),
        UnaryOperator.Not => Truth(operand) is { } holds ? BoolValue.Of(!holds) : Unknown.Of(operand)!,
        _ => Arithmetic.Negate(operand, evaluation),
    };

    private static Value Conditional(BoundConditional conditional, Scope? scope, EvaluationContext evaluation)
    {
        var condition = Evaluate(conditional.Condition, scope, evaluation);
        return Truth(condition) is { } holds
            ? Evaluate(holds ? conditional.Then : conditional.Else, scope, evaluation)
            : Unknown.Of(condition)!;
    }

    private static Value Literal(object? value) => value switch
    {
        null => NoneValue.Instance,
        decimal number => new NumberValue(number),
        bool boolean => BoolValue.Of(boolean),
        TimeSpan duration => new DurationValue(duration),
        string text => new TextValue(text),
        _ => throw new InvalidOperationException($"No literal of {value.GetType().Name}."),
    };

    /// <summary>
    /// The text with its holes filled. A failed item shows in the text of a row; the text of a whole statement fails with it.
    /// </summary>
    private static Value Template(BoundTemplate template, Scope? scope, EvaluationContext evaluation)
    {
        var text = new StringBuilder();
        TextSlice? origin = null;
        bool isFromOneText = true;
        List<TextSlice>? cited = null;
        foreach (var part in template.Parts)
        {
            if (part is BoundLiteral { Value: string literal })
            {
                text.Append(literal);
                continue;
            }

            var value = ListValue.Keep(Evaluate(part, scope, evaluation));
            if (scope is null && value is FailedValue)
                return value;

            text.Append(ValueRenderer.InTemplate(value));
            Provenance.AddCited(value, ref cited);
            if (isFromOneText && Provenance.SliceOf(value) is { } slice)
            {
                origin = origin is null ? slice : Provenance.Cover(origin, slice);
                isFromOneText = origin is not null;
            }
        }

        return Provenance.Cite(new TextValue(text.ToString(), origin), cited);
    }

    private static Value Pattern(BoundPattern pattern, Scope? scope, EvaluationContext evaluation)
    {
        if (pattern.Regex is not null)
            return OfRegex(null);

        // None is found nowhere, where an empty text is found everywhere.
        if (Operands.Textual(Evaluate(pattern.Literal!, scope, evaluation)) is not { } literal)
            return NoneValue.Instance;

        return pattern.Flags.Contains('i', StringComparison.Ordinal)
            ? OfRegex(literal.ToString())
            : new PatternValue(literal);

        PatternValue OfRegex(string? text) =>
            new(
                PatternMaker.Make(pattern, made => PatternCache.EngineOf(made, text)),
                () => PatternCache.LinePatternOf(pattern, text, ignoreCase: false));
    }

    private static Value Call(BoundCall call, Scope? scope, EvaluationContext evaluation)
    {
        var arguments = new Value?[call.Arguments.Count];
        bool replacesNone = call.Function.Is(FunctionTraits.ReplacesNone);
        for (int i = 0; i < arguments.Length; i++)
        {
            arguments[i] = call.Arguments[i] is not { } argument ? null
                : replacesNone && i < arguments.Length - 1 ? Tallies.Ask(() => Evaluate(argument, scope, evaluation))
                : Evaluate(argument, scope, evaluation);
        }

        if (!replacesNone && arguments.Select(argument => argument is null ? null : Unknown.Of(argument))
            .FirstOrDefault(failed => failed is not null) is { } unknown)
            return unknown;
        return FunctionTable.Call(new FunctionCall(call, arguments, evaluation));
    }

    /// <summary>Whether a comparison asks of something computed whether it is none.</summary>
    public static bool AsksForNone(BoundBinary binary) =>
        binary is { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Right: BoundLiteral { Value: null } }
        && binary.Left is BoundCall or BoundBinary or BoundUnary or BoundOpenField or BoundIndexer;

    private static Value Binary(BoundBinary binary, Scope? scope, EvaluationContext evaluation)
    {
        if (binary.Operator is BinaryOperator.And or BinaryOperator.Or)
        {
            // One side may decide whatever the other is; where neither does, what is unknown stays so.
            bool deciding = binary.Operator == BinaryOperator.Or;
            var left = Evaluate(binary.Left, scope, evaluation);
            if (Truth(left) == deciding)
                return BoolValue.Of(deciding);
            var right = Evaluate(binary.Right, scope, evaluation);
            return Truth(right) == deciding
                ? BoolValue.Of(deciding)
                : Unknown.Of(left) ?? Unknown.Of(right) ?? (Value)BoolValue.Of(!deciding);
        }

        bool asks = AsksForNone(binary);
        var first = asks ? Tallies.Ask(() => Evaluate(binary.Left, scope, evaluation)) : Evaluate(binary.Left, scope, evaluation);
        var second = Evaluate(binary.Right, scope, evaluation);
        if (binary.Operator is >= BinaryOperator.Add and <= BinaryOperator.Remainder)
            return Arithmetic.Compute(binary.Operator, first, second, evaluation);
        if (Comparison.Holds(binary, first, second, evaluation) is not { } holds)
            return (Unknown.In(first) ?? Unknown.In(second))!;
        if (scope is not null && evaluation.MissOf(binary) is { IsOpen: true } miss)
            miss.Add(miss.IsMirrored ? second : first, holds == miss.IsPositive);
        return BoolValue.Of(holds);
    }
}
