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
            for (var match = Regex.Match(seen); match.Success; match = match.NextMatch())
            {
                if (match.Length > 0)
                    yield return folded.PlaceOf(new CapturePlace(match.Index, match.Length));
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
        return Regex.Matches(seen).Select(match => match.Groups[1]).Where(group => group.Success)
            .Select(group => folded.PlaceOf(new CapturePlace(group.Index, group.Length)));
    }

    /// <summary>The text with each match replaced, an empty one too; the text itself where there is none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="replacement">In .NET's notation for a regex.</param>
    public string Replace(string text, string replacement)
    {
        string seen = Fold(text, out var folded);
        if (ReferenceEquals(seen, text))
            return Regex?.Replace(text, replacement) ?? (Literal!.LengthBytes == 0 ? text : text.Replace(Literal.ToString(), replacement, StringComparison.Ordinal));

        var made = new StringBuilder();
        int end = 0;
        foreach (var (place, with) in Regex?.Matches(seen).Select(match => (folded.PlaceOf(new CapturePlace(match.Index, match.Length)), match.Result(replacement)))
            ?? Find(text).Select(place => (place, replacement)))
        {
            made.Append(text, end, place.Start - end).Append(with);
            end = place.Start + place.Length;
        }

        return end == 0 && made.Length == 0 ? text : made.Append(text, end, text.Length - end).ToString();
    }
}
