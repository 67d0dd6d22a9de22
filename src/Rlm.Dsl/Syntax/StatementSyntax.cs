namespace Rlm.Dsl.Syntax;

/// <summary>A whole program.</summary>
internal sealed record ProgramSyntax(SourceSpan Span, IReadOnlyList<StatementSyntax> Statements) : SyntaxNode(Span);

/// <summary>One statement: <c>let</c>, <c>answer</c>, <c>assert</c>, or a pipeline whose value is shown.</summary>
internal abstract record StatementSyntax(SourceSpan Span) : SyntaxNode(Span);

/// <summary>A named value.</summary>
internal sealed record LetSyntax(SourceSpan Span, IdentifierSyntax Name, PipelineSyntax Value) : StatementSyntax(Span)
{
    /// <summary>Whether it was written without <c>let</c>.</summary>
    public bool IsImplied { get; init; }
}

internal sealed record AnswerSyntax(SourceSpan Span, PipelineSyntax Value) : StatementSyntax(Span);

internal sealed record AssertSyntax(SourceSpan Span, ExpressionSyntax Condition, TemplateSyntax? Message) : StatementSyntax(Span);

internal sealed record ShowSyntax(SourceSpan Span, PipelineSyntax Value) : StatementSyntax(Span);
