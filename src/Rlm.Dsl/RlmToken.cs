namespace Rlm;

/// <summary>A stretch of a program that a page or an editor sets apart.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Kind">What it is.</param>
public readonly record struct RlmToken(SourceSpan Span, RlmTokenKind Kind);

/// <summary>What a stretch of a program is.</summary>
public enum RlmTokenKind
{
    /// <summary>A word of the grammar, such as <c>let</c> or <c>by</c>.</summary>
    Keyword,

    /// <summary>The word that opens a stage.</summary>
    Operator,

    /// <summary>The name of a function that is called.</summary>
    Function,

    /// <summary>A text in quotes, without what stands in its holes.</summary>
    Text,

    /// <summary>A pattern between slashes.</summary>
    Pattern,

    /// <summary>A number, a duration, or a word that is a value, such as <c>true</c>.</summary>
    Literal,

    /// <summary>A comment.</summary>
    Comment,
}
