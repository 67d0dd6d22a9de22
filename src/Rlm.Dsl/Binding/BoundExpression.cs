using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>A string with holes; texts are literals.</summary>
internal sealed record BoundTemplate(SourceSpan Span, IReadOnlyList<BoundExpression> Parts) : BoundExpression(Span, RlmType.Text);

/// <summary>The item of the scope that many levels out: 0 is the innermost.</summary>
internal sealed record BoundItem(SourceSpan Span, RlmType Type, int Depth) : BoundExpression(Span, Type);

/// <summary>The 0-based place of the item of the scope that many levels out.</summary>
internal sealed record BoundIndex(SourceSpan Span, int Depth) : BoundExpression(Span, RlmType.Number);

/// <summary>A field of a record, or the list of that field where the target is a list.</summary>
internal sealed record BoundField(SourceSpan Span, RlmType Type, BoundExpression Target, string Name) : BoundExpression(Span, Type)
{
    public override bool IsCount => Field?.IsCount == true;

    public override string? FieldName => Target is BoundItem { Depth: 0 } ? Name : null;

    public override (string Function, string? Of)? Fold => Field?.Fold;

    private FieldType? Field => (Target.Type.Required as RecordType)?.Find(Name);
}

/// <summary>
/// A field of a record whose fields are not known before the run; <paramref name="Fallback"/> where it has none of that name.
/// </summary>
internal sealed record BoundOpenField(
    SourceSpan Span, BoundExpression Target, string Name, BoundExpression? Fallback) : BoundExpression(Span, RlmType.Unknown)
{
    public override string? FieldName => Target is BoundItem { Depth: 0 } ? Name : null;
}

/// <summary>Where a value comes from.</summary>
internal sealed record BoundProvenance(
    SourceSpan Span, RlmType Type, ProvenanceKind Kind, BoundExpression Target) : BoundExpression(Span, Type);

internal sealed record BoundVariable(SourceSpan Span, RlmType Type, VariableSymbol Symbol) : BoundExpression(Span, Type);

internal sealed record BoundUnary(
    SourceSpan Span, RlmType Type, UnaryOperator Operator, BoundExpression Operand) : BoundExpression(Span, Type);

/// <summary>For <c>matches</c> the right side is a <see cref="BoundPattern"/>, or a text taken literally.</summary>
internal sealed record BoundBinary(
    SourceSpan Span, RlmType Type, BinaryOperator Operator, BoundExpression Left, BoundExpression Right) : BoundExpression(Span, Type)
{
    /// <summary>Whether it compares with the empty text, which an empty cell of a table is meant by too, and that is none.</summary>
    public bool MeansNone { get; init; }

    /// <summary>Whether the program writes one of the sides out, so that the order itself matters and not only that it is one.</summary>
    public bool HasBound { get; init; }
}

internal sealed record BoundConditional(
    SourceSpan Span, RlmType Type, BoundExpression Condition, BoundExpression Then, BoundExpression Else) : BoundExpression(Span, Type);

/// <summary>A function's call, arguments in the order of its parameters; null for an optional one left out.</summary>
internal sealed record BoundCall(
    SourceSpan Span, RlmType Type, FunctionSignature Function, IReadOnlyList<BoundExpression?> Arguments) : BoundExpression(Span, Type);

/// <summary>A window: what an expression over the items is at the item, among all of its list.</summary>
/// <param name="Span">The call.</param>
/// <param name="Type">The type of what it gives.</param>
/// <param name="Function">The window.</param>
/// <param name="Value">The expression, over one of the items.</param>
/// <param name="Parameter">The value of the literal behind the expression; null for none.</param>
internal sealed record BoundWindow(
    SourceSpan Span, RlmType Type, FunctionSignature Function, BoundExpression Value, object? Parameter) : BoundExpression(Span, Type);

/// <summary>
/// An aggregate over the items of the group, which is the innermost scope's item (a list). <paramref name="Argument"/> is bound
/// one scope further in, whose item is the group's item; null for <c>count()</c>, and for <c>first</c>, <c>last</c>,
/// <c>list</c> of the items themselves.
/// </summary>
internal sealed record BoundAggregate(
    SourceSpan Span, RlmType Type, FunctionSignature Function, BoundExpression? Argument, BoundExpression? Parameter) : BoundExpression(Span, Type)
{
    /// <summary>What holds for the items that it is of, bound as the argument is; null for all items.</summary>
    public BoundExpression? Condition { get; init; }

    public override bool IsCount => Function.Is(FunctionTraits.IsHowMany);

    public override (string Function, string? Of)? Fold => (Function.Name, Argument?.FieldName);
}

internal sealed record BoundList(SourceSpan Span, RlmType Type, IReadOnlyList<BoundExpression> Items) : BoundExpression(Span, Type);

internal sealed record BoundRecord(SourceSpan Span, RlmType Type, IReadOnlyList<BoundBinding> Fields) : BoundExpression(Span, Type);

/// <summary><c>list[0]</c> (negative counts from the end; none past the ends) or <c>record["field"]</c>.</summary>
internal sealed record BoundIndexer(
    SourceSpan Span, RlmType Type, BoundExpression Target, BoundExpression Index) : BoundExpression(Span, Type);

/// <summary>A pipeline as a value: in parentheses, in a hole, or as an element of a list, record or call.</summary>
internal sealed record BoundNested(SourceSpan Span, BoundPipeline Pipeline) : BoundExpression(Span, Pipeline.Type);
