using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// The matches of a pattern in whole texts that are not empty, with their captures. They are found through a window or, where that cannot be,
/// by .NET's engine in the decoded text. Safe to share between threads.
/// </summary>
/// <param name="engine">The pattern.</param>
/// <param name="names">Its named groups.</param>
/// <param name="program">The same with its captures; null where only .NET's engine can do it.</param>
internal sealed class TextMatches(PatternEngine engine, IReadOnlyCollection<string> names, CaptureProgram? program)
{
    private const long MaxRegexBytes = 256L << 20;

    private readonly bool _areLinesFolded = FoldedLines.AreFor(engine.Expression);

    /// <summary>The matches in order.</summary>
    /// <exception cref="TextException">The text is too long for the engine.</exception>
    public IEnumerable<TextMatch> Find(TextSlice text, CancellationToken cancellationToken)
    {
        int found = 0;
        if (program is not null)
        {
            var windows = new MatchWindows(text, program, _areLinesFolded ? new FoldedLines() : null, cancellationToken);
            foreach (var match in windows.Find())
            {
                yield return match;
                found++;
            }

            if (windows.IsFinished)
                yield break;
        }

        foreach (var match in FindByEngine(text, cancellationToken).Skip(found))
            yield return match;
    }

    private List<TextMatch> FindByEngine(TextSlice text, CancellationToken cancellationToken)
    {
        if (text.Length > MaxRegexBytes)
        {
            throw new TextException(Invariant(
                $"`{text.Source.Name}`: {text.Length:N0} bytes are too many for this regex as a whole; take `lines` or `chunk` first"));
        }

        var matches = new List<TextMatch>();
        string characters = text.Decode();
        var bytes = text.Source.GetSpan(text.Start, (int)text.Length);
        var map = new CharacterMap(bytes, characters.Length);
        var folded = new FoldedLines();
        for (var match = engine.Regex.Match(_areLinesFolded ? folded.Fold(characters) : characters); match.Success; match = match.NextMatch())
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (match.Length == 0)
                continue;

            int place = folded.PlaceOf(match.Index), placeAfter = folded.PlaceOf(match.Index + match.Length);
            int first = map.OffsetOf(place);
            int length = map.OffsetOf(placeAfter) - first;
            CapturePlace[] captures = [.. names.Select(name => match.Groups[name] is { Success: true } group
                ? folded.PlaceOf(new CapturePlace(group.Index, group.Length)).Behind(place)
                : CapturePlace.None)];
            ToBytes(captures, bytes.Slice(first, length), placeAfter - place);
            matches.Add(new TextMatch(text with { Start = text.Start + first, Length = length }, captures));
        }

        return matches;
    }

    /// <summary>Makes places among the characters of a match places among its bytes.</summary>
    public static void ToBytes(CapturePlace[] captures, ReadOnlySpan<byte> match, int characterCount)
    {
        var map = new CharacterMap(match, characterCount);
        for (int i = 0; i < captures.Length; i++)
        {
            if (captures[i] is not { IsNone: false } place)
                continue;

            int start = map.OffsetOf(place.Start);
            captures[i] = new CapturePlace(start, map.OffsetOf(place.Start + place.Length) - start);
        }
    }
}
