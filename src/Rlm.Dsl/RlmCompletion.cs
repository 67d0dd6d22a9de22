namespace Rlm;

/// <summary>A word that may stand at a place of a program.</summary>
/// <param name="Text">The word, as a program writes it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Span">What it replaces: the part of it that is written already.</param>
public sealed record RlmCompletion(string Text, RlmCompletionKind Kind, SourceSpan Span);

/// <summary>What a completion is.</summary>
public enum RlmCompletionKind
{
    /// <summary>A field of the items, or of the record in front of a dot.</summary>
    Field,

    /// <summary>A variable: the host's, or a <c>let</c>.</summary>
    Variable,

    /// <summary>An operator, its second word included.</summary>
    Operator,

    /// <summary>A function.</summary>
    Function,

    /// <summary>A word of the grammar, such as <c>let</c>, or <c>by</c> behind an operator that takes it.</summary>
    Word,
}
