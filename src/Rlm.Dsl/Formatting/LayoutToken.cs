using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Formatting;

/// <summary>A token as it is to be written.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Role">What it is.</param>
/// <param name="IsTouching">Whether it touches the token before and that says something: <c>f(x)</c> is a call, <c>f (x)</c> is none.</param>
/// <param name="Comments">The comments before it.</param>
internal sealed record LayoutToken(string Text, TokenRole Role, bool IsTouching, IReadOnlyList<Comment> Comments)
{
    /// <summary>Whether it opens what another token closes.</summary>
    public bool IsOpening => Role == TokenRole.Plain && Text is "(" or "[" or "{";

    public bool IsClosing => Role == TokenRole.Plain && Text is ")" or "]" or "}";

    public bool IsComma => Role == TokenRole.Plain && Text == ",";
}
