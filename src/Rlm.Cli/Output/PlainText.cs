using System.Buffers;
using System.Text;

namespace Rlm.Cli.Output;

/// <summary>Text from outside, made safe for a terminal.</summary>
internal static class PlainText
{
    /// <summary>No control character is at or behind it; to look at all of the characters took a tenth of a check.</summary>
    private const int EndOfControls = 0xA0;

    /// <summary>What a terminal obeys instead of showing it: control characters, and the marks that turn the direction of text.</summary>
    private static readonly SearchValues<char> Controls = SearchValues.Create(
        [.. Enumerable.Range(0, EndOfControls).Select(code => (char)code).Where(char.IsControl),
            .. "\u061C\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069"]);

    /// <summary>Line breaks and control characters become blanks.</summary>
    public static string OneLine(string text) => text.AsSpan().IndexOfAny(Controls) < 0
        ? text
        : string.Concat(text.Select(c => Controls.Contains(c) ? ' ' : c)).Trim();

    /// <summary>Control characters but line breaks and tabs become <c>�</c>, so that a context cannot steer the terminal.</summary>
    public static string Safe(string text)
    {
        if (text.AsSpan().IndexOfAny(Controls) < 0)
            return text;

        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
            safe.Append(c == '\r' ? "" : Controls.Contains(c) && c is not ('\n' or '\t') ? "\ufffd" : c.ToString());
        return safe.ToString();
    }

    /// <summary>At most so many characters, with … at the end of a longer text.</summary>
    public static string Cut(string text, int maxChars) =>
        text.Length <= maxChars ? text : string.Concat(text.AsSpan(0, Math.Max(0, maxChars - 1)), "…");
}
