using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Syntax;

/// <summary>A value and the stages that it passes through.</summary>
/// <param name="Span">From the source to the last stage.</param>
/// <param name="Source">The value; null when the pipeline starts with an operator, which then works on <c>context</c>.</param>
/// <param name="Stages">The stages in order.</param>
internal sealed record PipelineSyntax(SourceSpan Span, ExpressionSyntax? Source, IReadOnlyList<StageSyntax> Stages) : SyntaxNode(Span);

/// <summary>One stage: an operator of the catalogue with its arguments, or a function that takes the piped value first.</summary>
/// <param name="Span">From the head word to the last argument.</param>
/// <param name="Head">The head word as written.</param>
/// <param name="Operator">The operator; null for a function or a word that is neither.</param>
/// <param name="Arguments">The operator's arguments by slot, in the order written.</param>
/// <param name="Call">The function's arguments; null for an operator, or a function written without parentheses.</param>
internal sealed record StageSyntax(
    SourceSpan Span,
    IdentifierSyntax Head,
    OperatorSignature? Operator,
    IReadOnlyList<ArgumentSyntax> Arguments,
    IReadOnlyList<CallArgumentSyntax>? Call) : SyntaxNode(Span)
{
    /// <summary>Whether it stands for what could not be read and was reported.</summary>
    public bool IsBroken { get; init; }

    /// <summary>A stage that could not be read.</summary>
    public static StageSyntax MakeBroken(SourceSpan span) => new(span, new IdentifierSyntax(span, ""), null, [], null) { IsBroken = true };
}

/// <summary>What fills a slot of an operator's shape.</summary>
internal sealed record ArgumentSyntax(SourceSpan Span, Slot Slot, SyntaxNode Value) : SyntaxNode(Span);

/// <summary>A word that fills a slot, such as a unit, a format or a flag.</summary>
internal sealed record WordSyntax(SourceSpan Span, string Word) : SyntaxNode(Span);

/// <summary>A name as written.</summary>
internal sealed record IdentifierSyntax(SourceSpan Span, string Name) : SyntaxNode(Span);

/// <summary><c>[name =] expression</c>, or a bare name where the value is left out.</summary>
internal sealed record BindingSyntax(SourceSpan Span, IdentifierSyntax? Name, ExpressionSyntax? Value) : SyntaxNode(Span);

/// <summary>The comma list of keys, bindings, columns or names.</summary>
internal sealed record BindingListSyntax(SourceSpan Span, IReadOnlyList<BindingSyntax> Bindings) : SyntaxNode(Span);

/// <summary>One sort key.</summary>
internal sealed record OrderSyntax(SourceSpan Span, ExpressionSyntax Key, bool Descending) : SyntaxNode(Span);

/// <summary>The comma list of sort keys.</summary>
internal sealed record OrderListSyntax(SourceSpan Span, IReadOnlyList<OrderSyntax> Orders) : SyntaxNode(Span);
