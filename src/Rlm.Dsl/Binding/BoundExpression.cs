using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>A string with holes; texts are literals.</summary>
internal sealed record BoundTemplate(SourceSpan Span, IReadOnlyList<BoundExpression> Parts) : BoundExpression(Span, RlmType.Text);

/// <summary>The item of the scope that many levels out: 0 is the innermost.</summary>
internal sealed record BoundItem(SourceSpan Span, RlmType Type, int Depth) : BoundExpression(Span, Type);

/// <summary>The 0-based place of the item of the scope that many levels out.</summary>
internal sealed record BoundIndex(SourceSpan Span, int Depth) : BoundExpression(Span, RlmType.Number);

/// <summary>A field of a record, or the list of that field where the target is a list.</summary>
internal sealed record BoundField(SourceSpan Span, RlmType Type, BoundExpression Target, string Name) : BoundExpression(Span, Type);

/// <summary>
/// A field of a record whose fields are not known before the run; <paramref name="Fallback"/> where it has none of that name.
/// </summary>
internal sealed record BoundOpenField(
    SourceSpan Span, BoundExpression Target, string Name, BoundExpression? Fallback) : BoundExpression(Span, RlmType.Unknown);

/// <summary>Where a value comes from.</summary>
internal sealed record BoundProvenance(
    SourceSpan Span, RlmType Type, ProvenanceKind Kind, BoundExpression Target) : BoundExpression(Span, Type);

internal sealed record BoundVariable(SourceSpan Span, RlmType Type, VariableSymbol Symbol) : BoundExpression(Span, Type);

internal sealed record BoundUnary(
    SourceSpan Span, RlmType Type, UnaryOperator Operator, BoundExpression Operand) : BoundExpression(Span, Type);

/// <summary>For <c>matches</c> the right side is a <see cref="BoundPattern"/>, or a text taken literally.</summary>
internal sealed record BoundBinary(
    SourceSpan Span, RlmType Type, BinaryOperator Operator, BoundExpression Left, BoundExpression Right) : BoundExpression(Span, Type);

internal sealed record BoundConditional(
    SourceSpan Span, RlmType Type, BoundExpression Condition, BoundExpression Then, BoundExpression Else) : BoundExpression(Span, Type);

/// <summary>A function's call, arguments in the order of its parameters; null for an optional one left out.</summary>
internal sealed record BoundCall(
    SourceSpan Span, RlmType Type, FunctionSignature Function, IReadOnlyList<BoundExpression?> Arguments) : BoundExpression(Span, Type);

/// <summary>What is of the list that the item stands in, and not of the item alone; <paramref name="Value"/> is over one of its items.</summary>
internal abstract record BoundOverList(SourceSpan Span, RlmType Type, BoundExpression Value) : BoundExpression(Span, Type);

/// <summary><c>prev(E)</c>, <c>next(E)</c>: the expression at an item before or after, none beyond the ends.</summary>
internal sealed record BoundNeighbour(SourceSpan Span, RlmType Type, int Offset, BoundExpression Value) : BoundOverList(Span, Type, Value);

/// <summary><c>running_sum(E)</c>, <c>rank(E)</c>: what the expression's value is among those of the list.</summary>
internal sealed record BoundWindow(SourceSpan Span, RlmType Type, BoundWindowKind Kind, BoundExpression Value) : BoundOverList(Span, Type, Value);

/// <summary>What is computed of an item among the others of its list.</summary>
internal enum BoundWindowKind
{
    /// <summary>The sum up to the item, in the order of the list.</summary>
    RunningSum,

    /// <summary>The place among the values, 1 for the greatest; equal ones share the first of their places.</summary>
    RankFromGreatest,

    /// <summary>The same, 1 for the least.</summary>
    RankFromLeast,
}

/// <summary>
/// An aggregate over the items of the group, which is the innermost scope's item (a list). <paramref name="Argument"/> is bound
/// one scope further in, whose item is the group's item; null for <c>count()</c>, and for <c>first</c>, <c>last</c>,
/// <c>list</c> of the items themselves.
/// </summary>
internal sealed record BoundAggregate(
    SourceSpan Span, RlmType Type, string Function, BoundExpression? Argument, BoundExpression? Parameter) : BoundExpression(Span, Type);

internal sealed record BoundList(SourceSpan Span, RlmType Type, IReadOnlyList<BoundExpression> Items) : BoundExpression(Span, Type);

internal sealed record BoundRecord(SourceSpan Span, RlmType Type, IReadOnlyList<BoundBinding> Fields) : BoundExpression(Span, Type);

/// <summary><c>list[0]</c> (negative counts from the end; none past the ends) or <c>record["field"]</c>.</summary>
internal sealed record BoundIndexer(
    SourceSpan Span, RlmType Type, BoundExpression Target, BoundExpression Index) : BoundExpression(Span, Type);

/// <summary>A pipeline as a value: in parentheses, in a hole, or as an element of a list, record or call.</summary>
internal sealed record BoundNested(SourceSpan Span, BoundPipeline Pipeline) : BoundExpression(Span, Pipeline.Type);
