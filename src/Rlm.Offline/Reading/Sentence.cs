namespace Rlm.Offline.Reading;

/// <summary>A sentence as a slice of the text it came from, with its words.</summary>
internal sealed record Sentence(string Source, int Start, int Length, int Index, IReadOnlyList<Word> Words)
{
    /// <summary>As it stands in the source, line breaks included.</summary>
    public string Verbatim => Source.Substring(Start, Length);

    /// <summary>On one line.</summary>
    public string Text => Blanks.Fold(Source.AsSpan(Start, Length));
}
