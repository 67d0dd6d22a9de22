using Rlm.Dsl.Text;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// A decoded text as patterns see it: each CRLF is an LF, so that <c>$</c>, <c>.</c> and <c>\n</c> mean the same with either line end.
/// What is found in it lies in the text as it is.
/// </summary>
internal sealed class FoldedLines
{
    private const string Crlf = "\r\n";

    // Where in the folded text the LF stands of which the CR was left out.
    private readonly List<int> _breaks = [];

    /// <summary>Whether texts are folded for a regex; one that asks for a CR sees those of line ends.</summary>
    public static bool AreFor(string regex) => !LineSpans.NeedsReturn(regex);

    /// <summary>The folded text.</summary>
    public string Fold(string text)
    {
        _breaks.Clear();
        if (!text.Contains(Crlf, StringComparison.Ordinal))
            return text;

        char[] characters = text.ToCharArray();
        return new string(characters, 0, Fold(characters.AsSpan()));
    }

    /// <summary>Folds a text where it is, and gives its length then.</summary>
    public int Fold(Span<char> text)
    {
        _breaks.Clear();
        int at = 0;
        var rest = text;
        for (int next; (next = rest.IndexOf(Crlf)) >= 0; rest = rest[(next + 1)..])
        {
            rest[..next].CopyTo(text[at..]);
            at += next;
            _breaks.Add(at);
        }

        if (at > 0 || _breaks.Count > 0)
            rest.CopyTo(text[at..]);
        return at + rest.Length;
    }

    /// <summary>Where a place of the folded text lies in the text as it is: that of a line end before its CR.</summary>
    public int PlaceOf(int place)
    {
        int known = _breaks.BinarySearch(place);
        return place + (known < 0 ? ~known : known);
    }

    /// <summary>Where a capture lies in the text as it is.</summary>
    public CapturePlace PlaceOf(CapturePlace capture) => capture.IsNone || _breaks.Count == 0
        ? capture
        : new CapturePlace(PlaceOf(capture.Start), PlaceOf(capture.Start + capture.Length) - PlaceOf(capture.Start));
}
