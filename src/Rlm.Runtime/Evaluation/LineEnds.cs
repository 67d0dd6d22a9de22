using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>Texts to look for that hold a line end: they are found with an LF or a CRLF at each.</summary>
internal static class LineEnds
{
    public static bool AreIn(TextValue part) => part.Slice is null && part.ToString().Contains('\n', StringComparison.Ordinal);

    /// <summary>The text with an LF for each CRLF; a slice is looked for as it stands.</summary>
    public static TextValue Fold(TextValue part) => AreIn(part) && part.ToString().Contains("\r\n", StringComparison.Ordinal)
        ? new TextValue(part.ToString().Replace("\r\n", "\n", StringComparison.Ordinal), part.Origin)
        : part;

    /// <summary>Whether a test holds of a text and a part, with either line end in it.</summary>
    public static bool Test(Func<TextValue, TextValue, bool> test, TextValue text, TextValue part) =>
        test(text, part) || (AreIn(part) && (test(text, new TextValue(part.ToString().ReplaceLineEndings("\r\n")))
            || test(text, new TextValue(part.ToString().ReplaceLineEndings("\n")))));
}
