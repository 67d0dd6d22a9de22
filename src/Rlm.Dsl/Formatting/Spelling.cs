using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Formatting;

/// <summary>How tokens are written: the signs of other languages become ours. Words and what is quoted stay as they are.</summary>
internal static class Spelling
{
    private static readonly Dictionary<string, string> Operators = new(StringComparer.Ordinal)
    {
        ["="] = "==",
        ["==="] = "==",
        ["!=="] = "!=",
        ["<>"] = "!=",
        ["&&"] = "and",
        ["&"] = "and",
        ["||"] = "or",
        ["=~"] = "matches",
        ["~"] = "matches",
        ["!~"] = "not matches",
        ["!contains"] = "not contains",
    };

    private static readonly Dictionary<string, string> Signs = new(StringComparer.Ordinal)
    {
        ["^"] = "**",
        ["->"] = "=>",
        [":="] = "=",
        ["<-"] = "=",
        ["!"] = "not",
    };

    /// <summary>The tokens of a statement as they are written, each with the comments before it.</summary>
    public static IReadOnlyList<LayoutToken> Spell(string source, IReadOnlyList<TokenSyntax> tokens)
    {
        var spelled = new List<LayoutToken>(tokens.Count);
        var areArguments = new Stack<bool>();
        for (int i = 0; i < tokens.Count; i++)
        {
            var span = tokens[i].Span;
            int before = i == 0 ? span.Start : tokens[i - 1].Span.End;
            string text = source.Substring(span.Start, span.Length);
            var role = text == "-" ? RoleOfMinus(source, tokens, i) : tokens[i].Role;
            var token = new LayoutToken(text, role, i > 0 && before == span.Start, Gap.Read(source, before, span.Start).Comments);
            token = token with { IsTouching = token.IsTouching && Spacing.MayTouch(spelled[i - 1], token) };
            if (token.IsOpening)
                areArguments.Push(text == "(" && token.IsTouching && tokens[i - 1].Role == TokenRole.Word);
            else if (token.IsClosing)
                areArguments.Pop();

            // In a call `n = 2` names an argument in other languages.
            spelled.Add(token with { Text = text == "=" && areArguments.Count > 0 && areArguments.Peek() ? text : TextOf(text, role) });
        }

        return spelled;
    }

    /// <summary>Between numbers a minus may be of a date, and before a letter of a flag, which are read by their text: these stand as they were written.</summary>
    private static TokenRole RoleOfMinus(string source, IReadOnlyList<TokenSyntax> tokens, int at)
    {
        var (span, role) = tokens[at];
        if (role != TokenRole.Binary || tokens[at + 1].Span.Start != span.End)
            return role;

        var before = tokens[at - 1].Span;
        return before.End != span.Start ? TokenRole.Plain
            : char.IsDigit(source[before.Start]) && char.IsDigit(source[span.End]) ? TokenRole.Tight
            : role;
    }

    private static string TextOf(string text, TokenRole role) => role switch
    {
        TokenRole.Pipe => "|",
        TokenRole.Binary => Operators.TryGetValue(text.TrimEnd(), out string? ours) ? ours : JoinWords(text),
        TokenRole.Plain when Signs.TryGetValue(text, out string? ours) => ours,
        // `n: int = …`, the type that other languages give a name.
        TokenRole.Plain when text.Length > 1 && text[0] == ':' => ": " + JoinWords(text.Substring(1)),
        _ => text,
    };

    private static string JoinWords(string text) =>
        string.Join(" ", text.Split([' ', '\t', '\r', '\n', '\u00A0'], StringSplitOptions.RemoveEmptyEntries));
}
