namespace Rlm;

/// <summary>What a word of a program is where it stands.</summary>
/// <param name="Name">Its name: of an operator or a function the catalogue's own, whatever word was written.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Span">Where it stands.</param>
/// <param name="Type">The type of a field, a variable or the item, in the language's own notation; null where nobody knows it, and for other words.</param>
public sealed record RlmWord(string Name, RlmCompletionKind Kind, SourceSpan Span, string? Type);
