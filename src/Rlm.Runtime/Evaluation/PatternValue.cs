using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>A pattern as an operand: a regex, or a text to find as it is. It never leaves the expression that it stands in.</summary>
internal sealed class PatternValue : Value
{
    private readonly PatternEngine? _engine;
    private readonly Lazy<LinePattern>? _lines;
    private readonly bool _areLinesFolded;

    /// <summary>A text that a plain search finds.</summary>
    public PatternValue(TextValue literal)
    {
        Literal = LineEnds.Fold(literal);
        _areLinesFolded = LineEnds.AreIn(Literal);
    }

    /// <param name="engine">The regex.</param>
    /// <param name="lines">The same for texts of one line, made when one is asked about.</param>
    public PatternValue(PatternEngine engine, Func<LinePattern> lines)
    {
        _engine = engine;
        _lines = new Lazy<LinePattern>(lines);
        _areLinesFolded = FoldedLines.AreFor(engine.Expression);
    }

    /// <summary>The regex; null for a text that a plain search finds.</summary>
    public Regex? Regex => _engine?.Regex;

    /// <summary>The text; null for a regex.</summary>
    public TextValue? Literal { get; }

    /// <summary>A text as the pattern sees it, and what tells the places of its matches in the text as it is.</summary>
    public string Fold(string text, out FoldedLines folded)
    {
        folded = new FoldedLines();
        return _areLinesFolded ? folded.Fold(text) : text;
    }

    public bool IsMatch(TextValue text)
    {
        if (_engine is null)
            return LineEnds.Test(TextBytes.Contains, text, Literal!);
        if (text.Slice is not { Length: <= BlockCache.BlockBytes } slice)
            return IsMatchOfWhole(text.ToString());

        var bytes = slice.Source.GetSpan(slice.Start, (int)slice.Length);
        return bytes.Contains((byte)'\n') ? IsMatchOfWhole(text.ToString()) : _lines!.Value.IsMatch(bytes);
    }

    /// <summary>Whether a regex matches a text of which the bytes are at hand.</summary>
    public bool IsMatch(ReadOnlySpan<byte> text) =>
        text.Contains((byte)'\n') ? IsMatchOfWhole(Encoding.UTF8.GetString(text)) : _lines!.Value.IsMatch(text);

    private bool IsMatchOfWhole(string text) => Regex!.IsMatch(Fold(text, out _));

    /// <summary>The matches that are not empty, as places in the text as it is.</summary>
    public IEnumerable<CapturePlace> Find(string text)
    {
        string seen = Fold(text, out var folded);
        if (Regex is not null)
        {
            foreach (var (_, place) in MatchesIn(seen))
            {
                if (place.Length > 0)
                    yield return folded.PlaceOf(place);
            }

            yield break;
        }

        string literal = Literal!.ToString();
        for (int at = literal.Length == 0 ? -1 : seen.IndexOf(literal, StringComparison.Ordinal);
            at >= 0;
            at = seen.IndexOf(literal, at + literal.Length, StringComparison.Ordinal))
        {
            yield return folded.PlaceOf(new CapturePlace(at, literal.Length));
        }
    }

    /// <summary>The first group of each match that has a part in it, or the whole of each match that is not empty where there are no groups.</summary>
    public IEnumerable<CapturePlace> FindGroups(string text)
    {
        if (Regex is null || Regex.GetGroupNumbers().Length < 2)
            return Find(text);

        string seen = Fold(text, out var folded);
        return MatchesIn(seen).Select(found => found.Match.Groups[1]).Where(group => group.Success)
            .Select(group => folded.PlaceOf(WholeOf(seen, group)));
    }

    /// <summary>The text with each match replaced, an empty one too; the text itself where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="replacement">In .NET's notation for a regex.</param>
    public string Replace(string text, string replacement)
    {
        string seen = Fold(text, out var folded);
        if (ReferenceEquals(seen, text) && (Regex is null || !seen.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')))
            return Regex?.Replace(text, replacement) ?? (Literal!.LengthBytes == 0 ? text : text.Replace(Literal.ToString(), replacement, StringComparison.Ordinal));

        var made = new StringBuilder();
        int end = 0;
        foreach (var (place, with) in Regex is null ? Find(text).Select(place => (place, replacement))
            : MatchesIn(seen).Select(found => (folded.PlaceOf(found.Place), ResultOf(seen, found.Match, replacement))))
        {
            made.Append(text, end, place.Start - end).Append(with);
            end = place.Start + place.Length;
        }

        return end == 0 && made.Length == 0 ? text : made.Append(text, end, text.Length - end).ToString();
    }

    /// <summary>The first match of a regex in a text as the pattern sees it, or its first group: the place of whole characters; null for none.</summary>
    public CapturePlace? FindFirst(string text)
    {
        string seen = Fold(text, out var folded);
        if (MatchesIn(seen).FirstOrDefault() is not { Match: { } match })
            return null;

        var found = match.Groups.Count > 1 ? match.Groups[1] : match;
        return found.Success ? folded.PlaceOf(WholeOf(seen, found)) : null;
    }

    /// <summary>
    /// The matches of a regex. .NET's engine takes a character above U+FFFF for two: one that begins inside it is none, and one that ends
    /// inside it takes all of it.
    /// </summary>
    private IEnumerable<(Match Match, CapturePlace Place)> MatchesIn(string text)
    {
        for (var match = Regex!.Match(text); match.Success; match = match.NextMatch())
        {
            if (!IsInside(text, match.Index))
                yield return (match, WholeOf(text, match));
        }
    }

    private static string ResultOf(string text, Match match, string replacement)
    {
        string result = match.Result(replacement);
        int end = match.Index + match.Length;
        if (!IsInside(text, end))
            return result;

        // What the match has of its last character is the first half.
        var whole = new StringBuilder(result);
        for (int i = whole.Length - 1; i >= 0; i--)
        {
            if (whole[i] == text[end - 1] && (i + 1 == whole.Length || !char.IsLowSurrogate(whole[i + 1])))
                whole.Insert(i + 1, text[end]);
        }

        return whole.ToString();
    }

    private static CapturePlace WholeOf(string text, Capture found)
    {
        int start = IsInside(text, found.Index) ? found.Index - 1 : found.Index, end = found.Index + found.Length;
        return new CapturePlace(start, (IsInside(text, end) ? end + 1 : end) - start);
    }

    private static bool IsInside(string text, int place) =>
        place > 0 && place < text.Length && char.IsLowSurrogate(text[place]) && char.IsHighSurrogate(text[place - 1]);
}
