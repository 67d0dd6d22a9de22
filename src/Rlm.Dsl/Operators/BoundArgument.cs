using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>What fills a slot.</summary>
/// <param name="Span">Where it is written.</param>
/// <param name="Slot">The slot.</param>
/// <param name="Value">An expression, a word, a type, or a list of bindings or orders, as the slot says; it is asked for by
/// <see cref="StageTyping.Find"/>.</param>
internal sealed record BoundArgument(SourceSpan Span, Slot Slot, object Value);

/// <summary>An expression whose names are resolved and whose type is known. Evaluation is pure: paid stages never stand in one.</summary>
internal abstract record BoundExpression(SourceSpan Span, RlmType Type)
{
    /// <summary>Whether it is how many items there are.</summary>
    public virtual bool IsCount => false;

    /// <summary>The name of the item's field that it is; null for any other.</summary>
    public virtual string? FieldName => null;

    /// <summary>The fold that it is, and the field that this is of; null for any other.</summary>
    public virtual (string Function, string? Of)? Fold => null;
}

/// <summary>A <see cref="decimal"/>, <see cref="bool"/>, <see cref="TimeSpan"/>, <see cref="string"/> or null for none.</summary>
internal sealed record BoundLiteral(SourceSpan Span, RlmType Type, object? Value) : BoundExpression(Span, Type)
{
    /// <summary>Stands for what could not be bound and was reported; no check asks it for a type.</summary>
    public static BoundLiteral MakeMissing(SourceSpan span) => new(span, RlmType.Unknown, null);
}

/// <summary>A checked pattern.</summary>
/// <param name="Span">The pattern's place.</param>
/// <param name="Regex">The regular expression in .NET's notation without any construct that linear time cannot do;
/// null for a literal text.</param>
/// <param name="Flags">Out of <c>imsx</c>; <c>^ $</c> match at lines whatever the flags.</param>
/// <param name="Literal">The text to find as it is, where <paramref name="Regex"/> is null.</param>
/// <param name="Captures">The names of the captures, in order.</param>
internal sealed record BoundPattern(SourceSpan Span, string? Regex, string Flags, BoundExpression? Literal, IReadOnlyList<string> Captures)
    : BoundExpression(Span, RlmType.Pattern)
{
    /// <summary>
    /// The texts before, between and after the captures of a template; the outer ones may be empty. Null for any other pattern.
    /// </summary>
    public IReadOnlyList<string>? Texts { get; init; }

    /// <summary>The types that stand in the holes of a template.</summary>
    public IReadOnlyList<FieldType> HoleTypes { get; init; } = [];

    /// <summary>Whether a match may go over line ends, so that a text is searched as a whole and not line by line.</summary>
    public bool SpansLines { get; init; }
}

/// <summary>A key, a column, an aggregate or a field: a name and what it stands for.</summary>
internal sealed record BoundBinding(SourceSpan Span, string Name, BoundExpression Value)
{
    /// <summary>What a computed key is called by besides: its function, and what that makes of its field.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];
}

/// <summary>A key of an order.</summary>
internal sealed record BoundOrder(SourceSpan Span, BoundExpression Key, bool Descending);
