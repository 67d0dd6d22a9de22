using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Evaluates bound expressions: pure, without a model.</summary>
internal static partial class ExpressionEvaluator
{
    public static Value Evaluate(BoundExpression expression, Scope? scope, Evaluation evaluation) =>
        scope is not null && IsWorthKeeping(expression) && InvariantSearch.IsInvariant(expression)
            ? evaluation.Keep(expression, static (expression, evaluation) => ListValue.Settled(Computed(expression, null, evaluation)))
            : Computed(expression, scope, evaluation);

    /// <summary>Whether a condition holds; none counts as false.</summary>
    public static bool IsTrue(BoundExpression condition, Scope? scope, Evaluation evaluation) =>
        Reading.AsBool(Evaluate(condition, scope, evaluation)) ?? false;

    /// <summary>Whether it may take long: a pipeline, a call, a field of all rows of a list, or a text whose bytes are wanted for each item.</summary>
    private static bool IsWorthKeeping(BoundExpression expression) =>
        expression is BoundNested or BoundCall or BoundList or BoundPattern or BoundLiteral { Value: string } or BoundField { Target: not BoundItem };

    private static Value Computed(BoundExpression expression, Scope? scope, Evaluation evaluation) => expression switch
    {
        BoundLiteral literal => Literal(literal.Value),
        BoundTemplate template => Template(template, scope, evaluation),
        BoundItem item => scope!.At(item.Depth).Item,
        BoundIndex index => new NumberValue(scope!.At(index.Depth).Index),
        BoundField field => FieldAccess.Of(Evaluate(field.Target, scope, evaluation), field.Name),
        BoundOpenField field => OpenField(field, scope, evaluation),
        BoundProvenance provenance => Provenance.Of(Evaluate(provenance.Target, scope, evaluation), provenance.Kind),
        BoundVariable variable => evaluation.Lookup(variable.Symbol),
        BoundUnary { Operator: UnaryOperator.Not } not => BoolValue.Of(!IsTrue(not.Operand, scope, evaluation)),
        BoundUnary negate => Negate(Evaluate(negate.Operand, scope, evaluation), evaluation),
        BoundBinary binary => Binary(binary, scope, evaluation),
        BoundConditional conditional =>
            Evaluate(IsTrue(conditional.Condition, scope, evaluation) ? conditional.Then : conditional.Else, scope, evaluation),
        BoundCall call => Call(call, scope, evaluation),
        BoundNeighbour neighbour => Neighbour(neighbour, scope, evaluation),
        BoundAggregate aggregate => Aggregate(aggregate, scope, evaluation),
        BoundList list => ListValue.Of([.. list.Items.Select(item => ListValue.Settled(Evaluate(item, scope, evaluation)))]),
        BoundRecord record => Record(record, scope, evaluation),
        BoundIndexer indexer => Indexed(indexer, scope, evaluation),
        BoundNested nested => StageEvaluator.Evaluate(nested.Pipeline, scope, evaluation),
        BoundPattern pattern => Pattern(pattern, scope, evaluation),
        _ => throw new InvalidOperationException($"No evaluation for {expression.GetType().Name}."),
    };

    private static Value Literal(object? value) => value switch
    {
        null => NoneValue.Instance,
        decimal number => new NumberValue(number),
        bool boolean => BoolValue.Of(boolean),
        TimeSpan duration => new DurationValue(duration),
        string text => new TextValue(text),
        _ => throw new InvalidOperationException($"No literal of {value.GetType().Name}."),
    };

    private static TextValue Template(BoundTemplate template, Scope? scope, Evaluation evaluation)
    {
        var text = new StringBuilder();
        TextSlice? origin = null;
        bool isFromOneText = true;
        foreach (var part in template.Parts)
        {
            if (part is BoundLiteral { Value: string literal })
            {
                text.Append(literal);
                continue;
            }

            var value = ListValue.Settled(Evaluate(part, scope, evaluation));
            text.Append(ValueRenderer.InTemplate(value));
            if (isFromOneText && Provenance.SliceOf(value) is { } slice)
            {
                origin = origin is null ? slice : Provenance.Cover(origin, slice);
                isFromOneText = origin is not null;
            }
        }

        return new TextValue(text.ToString(), origin);
    }

    private static Value Pattern(BoundPattern pattern, Scope? scope, Evaluation evaluation)
    {
        if (pattern.Regex is not null)
            return OfRegex(null);

        // None is found nowhere, where an empty text is found everywhere.
        if (Textual(Evaluate(pattern.Literal!, scope, evaluation)) is not { } literal)
            return NoneValue.Instance;

        return pattern.Flags.Contains('i', StringComparison.Ordinal)
            ? OfRegex(literal.ToString())
            : new PatternValue(literal);

        PatternValue OfRegex(string? text) => new(PatternCache.RegexOf(pattern, text), () => PatternCache.LinePatternOf(pattern, text, ignoreCase: false));
    }

    private static Value Call(BoundCall call, Scope? scope, Evaluation evaluation)
    {
        var arguments = new Value?[call.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
            arguments[i] = call.Arguments[i] is { } argument ? Evaluate(argument, scope, evaluation) : null;
        return Functions.Call(new FunctionCall(call, arguments, evaluation));
    }
}
