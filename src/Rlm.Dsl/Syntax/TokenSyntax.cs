namespace Rlm.Dsl.Syntax;

/// <summary>A token as the grammar read it: a string is one, with its holes.</summary>
internal readonly record struct TokenSyntax(SourceSpan Span, TokenRole Role);
