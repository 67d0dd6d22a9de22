namespace Rlm.Dsl.Syntax;

/// <summary>A type after <c>as</c>.</summary>
internal abstract record TypeSyntax(SourceSpan Span, bool IsOptional) : SyntaxNode(Span);

internal sealed record NamedTypeSyntax(SourceSpan Span, string Name, bool IsOptional) : TypeSyntax(Span, IsOptional)
{
    /// <summary>The format of a date, as in <c>date "dd/MM/yyyy"</c>; null for none.</summary>
    public string? Format { get; init; }
}

internal sealed record ListTypeSyntax(SourceSpan Span, TypeSyntax Item, bool IsOptional) : TypeSyntax(Span, IsOptional);

/// <summary><c>one of NAME</c>, <c>one of ["a", "b"]</c> or <c>one of ["a": "what it means", "b": "…"]</c>.</summary>
internal sealed record LabelTypeSyntax(
    SourceSpan Span, IdentifierSyntax? Variable, IReadOnlyList<string>? Labels, bool IsOptional) : TypeSyntax(Span, IsOptional)
{
    /// <summary>What each label means, null for one that says itself; empty where none is defined.</summary>
    public IReadOnlyList<string?> Definitions { get; init; } = [];
}

internal sealed record RecordTypeSyntax(
    SourceSpan Span, IReadOnlyList<TypeFieldSyntax> Fields, bool IsOptional) : TypeSyntax(Span, IsOptional);

internal sealed record TypeFieldSyntax(SourceSpan Span, IdentifierSyntax Name, TypeSyntax Type) : SyntaxNode(Span);
