using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>Texts to look for that hold a line end: they are found with an LF or a CRLF at each.</summary>
internal static class LineEnds
{
    public static bool AreIn(TextValue part) => part.Slice is null && part.ToString().Contains('\n', StringComparison.Ordinal);

    /// <summary>The text with an LF for each CRLF; a slice is looked for as it stands.</summary>
    public static TextValue Fold(TextValue part) => AreIn(part) ? new TextValue(Fold(part.ToString()), part.Origin) : part;

    /// <summary>The same of a string, in which <c>\r</c> before <c>\n</c> means a CRLF, and is not an escape elsewhere.</summary>
    public static string Fold(string part) =>
        part.Replace("\r\n", "\n", StringComparison.Ordinal).Replace("\\r\n", "\n", StringComparison.Ordinal);

    /// <summary>Whether a test holds of a text and a part, with either line end in it.</summary>
    public static bool Test(Func<TextValue, TextValue, bool> test, TextValue text, TextValue part)
    {
        if (!AreIn(part))
            return test(text, part);

        string folded = Fold(part.ToString());
        return test(text, part) || test(text, new TextValue(folded)) || test(text, new TextValue(folded.Replace("\n", "\r\n", StringComparison.Ordinal)));
    }
}
