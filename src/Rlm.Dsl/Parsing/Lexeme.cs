namespace Rlm.Dsl.Parsing;

/// <summary>A token's value and place.</summary>
internal sealed record Lexeme<T>(SourceSpan Span, T Value);
