namespace Rlm.Dsl.Syntax;

/// <summary>An expression as written.</summary>
internal abstract record ExpressionSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary>Stands for what could not be read and was reported.</summary>
internal sealed record BrokenSyntax(SourceSpan Span) : ExpressionSyntax(Span);

/// <summary>
/// A number, bool, duration or none: the value is a <see cref="decimal"/>, <see cref="bool"/>, <see cref="TimeSpan"/> or
/// null; of a hole's format its text.
/// </summary>
internal sealed record LiteralSyntax(SourceSpan Span, object? Value) : ExpressionSyntax(Span);

/// <summary>A string: texts and holes in order. One without holes has at most one part.</summary>
internal sealed record TemplateSyntax(SourceSpan Span, IReadOnlyList<TemplatePartSyntax> Parts) : ExpressionSyntax(Span)
{
    /// <summary>The text of a string without holes, else null.</summary>
    public string? PlainText => Parts.Count == 0 ? "" : Parts.Count == 1 && Parts[0] is { Hole: null } part ? part.Text : null;
}

/// <summary>A part of a string: a text with its escapes resolved, or the pipeline in a hole.</summary>
internal sealed record TemplatePartSyntax(SourceSpan Span, string Text, PipelineSyntax? Hole) : SyntaxNode(Span)
{
    /// <summary>The format behind a hole's <c>:</c>, a text; null for a hole without one.</summary>
    public LiteralSyntax? Format { get; init; }

    /// <summary>Whether the hole stands in two braces.</summary>
    public bool IsDoubled { get; init; }
}

/// <summary><c>/pattern/flags</c>; the pattern with <c>\/</c> read as a slash.</summary>
internal sealed record RegexSyntax(SourceSpan Span, string Pattern, string Flags) : ExpressionSyntax(Span);

internal sealed record NameSyntax(SourceSpan Span, string Name) : ExpressionSyntax(Span);

internal sealed record CallSyntax(
    SourceSpan Span, IdentifierSyntax Function, IReadOnlyList<CallArgumentSyntax> Arguments) : ExpressionSyntax(Span);

/// <summary>An argument of a call, with its name if it was given by name.</summary>
internal sealed record CallArgumentSyntax(SourceSpan Span, IdentifierSyntax? Name, PipelineSyntax Value) : SyntaxNode(Span)
{
    /// <summary>An argument that is an expression.</summary>
    public static CallArgumentSyntax Of(ExpressionSyntax value) => Of(new PipelineSyntax(value.Span, value, []));

    public static CallArgumentSyntax Of(PipelineSyntax value) => new(value.Span, null, value);

    /// <summary>The argument as an operand.</summary>
    public ExpressionSyntax Operand => Value is { Stages.Count: 0, Source: { } source } ? source : new GroupSyntax(Span, Value);
}

internal sealed record MemberSyntax(SourceSpan Span, ExpressionSyntax Target, IdentifierSyntax Member) : ExpressionSyntax(Span);

internal sealed record IndexSyntax(SourceSpan Span, ExpressionSyntax Target, PipelineSyntax Index) : ExpressionSyntax(Span);

internal sealed record UnarySyntax(SourceSpan Span, UnaryOperator Operator, ExpressionSyntax Operand) : ExpressionSyntax(Span);

internal sealed record BinarySyntax(
    SourceSpan Span, BinaryOperator Operator, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Span);

internal sealed record ConditionalSyntax(
    SourceSpan Span, ExpressionSyntax Condition, ExpressionSyntax Then, ExpressionSyntax Else) : ExpressionSyntax(Span);

/// <summary><c>name =&gt; body</c>: names the item.</summary>
internal sealed record LambdaSyntax(SourceSpan Span, IdentifierSyntax Parameter, ExpressionSyntax Body) : ExpressionSyntax(Span);

internal sealed record ListSyntax(SourceSpan Span, IReadOnlyList<PipelineSyntax> Items) : ExpressionSyntax(Span)
{
    /// <summary>Whether it is written in parentheses.</summary>
    public bool IsTuple { get; init; }
}

internal sealed record RecordSyntax(SourceSpan Span, IReadOnlyList<RecordFieldSyntax> Fields) : ExpressionSyntax(Span);

/// <summary><c>name: value</c>, or a bare name where the value is left out.</summary>
internal sealed record RecordFieldSyntax(SourceSpan Span, string Name, PipelineSyntax? Value) : SyntaxNode(Span);

/// <summary>A pipeline in parentheses.</summary>
internal sealed record GroupSyntax(SourceSpan Span, PipelineSyntax Pipeline) : ExpressionSyntax(Span);
