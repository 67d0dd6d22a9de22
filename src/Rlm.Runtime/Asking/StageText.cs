namespace Rlm.Runtime.Asking;

/// <summary>What a stage is called where it is told of: it as written, cut to one line.</summary>
internal static class StageText
{
    private const int MaxChars = 60;

    public static string Of(SourceText source, SourceSpan span)
    {
        string text = source.TextAt(span).ReplaceLineEndings(" ");
        return text.Length > MaxChars ? $"{text[..MaxChars]}…" : text;
    }
}
