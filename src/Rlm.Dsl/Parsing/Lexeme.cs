namespace Rlm.Dsl.Parsing;

/// <summary>A token's value and place.</summary>
internal readonly record struct Lexeme<T>(SourceSpan Span, T Value);
