using System.Text;

namespace Rlm.Cli.Output;

/// <summary>Text from outside, made safe for a terminal.</summary>
internal static class PlainText
{
    /// <summary>Line breaks and control characters become blanks.</summary>
    public static string OneLine(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u001f') < 0 && !text.Any(char.IsControl)
            ? text
            : string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();

    /// <summary>Control characters but line breaks and tabs become <c>�</c>, so that a context cannot steer the terminal.</summary>
    public static string Safe(string text)
    {
        if (!text.Any(IsUnsafe))
            return text;

        var safe = new StringBuilder(text.Length);
        foreach (char c in text)
            safe.Append(c == '\r' ? "" : IsUnsafe(c) ? "\ufffd" : c.ToString());
        return safe.ToString();
    }

    /// <summary>At most so many characters, with … at the end of a longer text.</summary>
    public static string Cut(string text, int maxChars) => text.Length <= maxChars ? text : string.Concat(text.AsSpan(0, Math.Max(0, maxChars - 1)), "…");

    private static bool IsUnsafe(char c) => char.IsControl(c) && c is not ('\n' or '\t');
}
