using System.Text.RegularExpressions;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Misreadings;

/// <summary>Parts of the program that a help writes down again.</summary>
internal static class Excerpt
{
    public static readonly Regex TwoNumbers = new(@"(?<from>\d+)\D+(?<to>\d+)", RegexOptions.CultureInvariant);
    public static readonly Regex Quoted = new("\"[^\"]*\"|'[^']*'", RegexOptions.CultureInvariant);

    /// <summary>What opens a statement before its value.</summary>
    private static readonly Regex Leader = new(@"^(?:let\s+\$?\w+\s*=\s*|answer\s+|assert\s+)?(?:if\s+)?", RegexOptions.CultureInvariant);

    private static readonly Regex OperandAtEnd = new(@"(?:[\w.]+|`[^`\n]+`|\[""[^""\n]+""\])+(?:\([^()]*\))?$", RegexOptions.CultureInvariant | RegexOptions.RightToLeft);

    private static readonly Regex NumberAtStart = new("^\\W*(?<n>\\d+)", RegexOptions.CultureInvariant);

    /// <summary>What a help repeats is to be copied, so that it is whole; beyond this nobody reads it.</summary>
    private const int MaxRepeatedChars = 1_000;

    /// <summary>The text up to the next pipe; <c>…</c> where there is none.</summary>
    public static string UpToPipe(string rest)
    {
        string text = rest.Split('|')[0].Trim();
        if (!text.Contains('('))
            text = text.TrimEnd(')');
        return text.Length is > 0 and <= MaxRepeatedChars ? text : "…";
    }

    /// <summary>The pieces between signs that stand outside brackets and quotes; a bracket that closes more than was opened ends the last one.</summary>
    public static List<string> Pieces(string text, char sign)
    {
        var pieces = new List<string>();
        int depth = 0, start = 0;
        char quote = '\0';
        for (int i = 0; i <= text.Length; i++)
        {
            char c = i < text.Length ? text[i] : sign;
            bool isEnd = i == text.Length || (quote == '\0' && depth == 0 && c is ')' or ']' or '}');
            if (isEnd || (c == sign && depth == 0 && quote == '\0'))
            {
                pieces.Add(text.Substring(start, i - start));
                start = i + 1;
                if (isEnd)
                    break;
            }
            else if (quote != '\0' || c is '"' or '\'')
            {
                quote = quote == '\0' ? c : quote == c ? '\0' : quote;
            }
            else
            {
                depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            }
        }

        return pieces;
    }

    /// <summary>A text without the parentheses around it.</summary>
    public static string WithoutParentheses(string text) => text is ['(', .., ')'] ? text.Substring(1, text.Length - 2).Trim() : text;

    /// <summary>A piece of a program as a help shows it: in backticks, in two of each where it has some itself.</summary>
    public static string Quote(string code) => code.IndexOf('`') < 0 ? $"`{code}`" : $"`` {code} ``";

    public static string LeaderOf(string statement) => Leader.Match(statement).Value;

    /// <summary>The operand at a text's end; empty where none stands there.</summary>
    public static string OperandBefore(string text) => OperandAtEnd.Match(text).Value;

    /// <summary>The operand at a text's end, or <c>x</c>.</summary>
    public static string OperandOrName(string text) => OperandAtEnd.Match(text.TrimEnd()) is { Success: true, Length: > 0 } operand ? operand.Value : "x";

    /// <summary>The number that follows; null where something else does.</summary>
    public static string? NumberIn(string text) => NumberAtStart.Match(text) is { Success: true } number ? number.Groups["n"].Value : null;

    public static string Digits(string text) => new([.. text.Where(char.IsDigit)]);

    /// <summary>The string that opens at or behind a place of a line, and where it ends.</summary>
    public static (string Text, int End)? ReadQuotedAt(string line, int position)
    {
        int open = line.IndexOfAny(['"', '\''], position);
        int close = open < 0 ? -1 : line.IndexOf(line[open], open + 1);
        return close < 0 ? null : (line.Substring(open + 1, close - open - 1), close + 1);
    }

    /// <summary>A name for what a function gives.</summary>
    public static string NameFor(string function) => function is "count" or "" ? "n" : function.All(Names.IsWordPart) ? $"{function}1" : "n";

    /// <summary>A regex between slashes, with those in it escaped.</summary>
    public static string WriteSlashed(string pattern) => $"/{pattern.Replace("/", "\\/")}/";
}
