using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Formatting;

/// <summary>Whether a blank stands between two tokens.</summary>
internal static class Spacing
{
    private static readonly HashSet<string> TightBefore = new(StringComparer.Ordinal) { ",", ")", "]", "}", ";", ":", "?", "%", "<", ">" };
    private static readonly HashSet<string> TightBehind = new(StringComparer.Ordinal) { "(", "[", "{", ".", "-", "<" };

    /// <summary>Signs and words behind which an operand stands, so that a bracket there opens no call.</summary>
    private static readonly HashSet<string> BeforeOperand = new(StringComparer.Ordinal)
    {
        ",", ":", ";", "=", "=>", "**", "*", "/", "not", "then", "else", "of", "and", "in",
    };

    public static bool IsNeeded(LayoutToken before, LayoutToken token)
    {
        if (before.Role == TokenRole.Tight || token.Role == TokenRole.Tight)
            return false;
        if (IsSpaced(before.Role) || IsSpaced(token.Role))
            return true;

        bool isWord = before.Role == TokenRole.Word, isSign = token.Role == TokenRole.Plain;
        if (IsTightBehind(before))
            // Two signs and a blank open a comment of SQL.
            return before.Text == "-" && token is { Text: "-", Role: TokenRole.Plain };
        if (isSign && (TightBefore.Contains(token.Text) || token.Text.StartsWith(": ", StringComparison.Ordinal)))
            return false;

        return (before.Text, token.Text) switch
        {
            // `slice 2.. lines` and `slice 2..n`.
            ("..", _) when !isWord => token.Role == TokenRole.Word && !token.IsTouching,
            (_, "..") => isWord && !token.IsTouching,
            (_, "(" or "[" or ".") when isSign => (!isWord && BeforeOperand.Contains(before.Text)) || !token.IsTouching,
            _ => true,
        };
    }

    /// <summary>Whether a token that touches the one before it says something by that, as the parenthesis of a call does.</summary>
    public static bool MayTouch(LayoutToken before, LayoutToken token) => !IsTightBehind(before) && !IsNeeded(before, token);

    private static bool IsTightBehind(LayoutToken token) => token.Role != TokenRole.Word && TightBehind.Contains(token.Text);

    private static bool IsSpaced(TokenRole role) => role is TokenRole.Binary or TokenRole.Sign or TokenRole.Pipe;
}
