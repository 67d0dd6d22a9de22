using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// The matches of a pattern in a whole text that are not empty, found through a window that moves over it. A match may span lines.
/// </summary>
/// <remarks>
/// Whatever the machine says of a window is certain unless it looked at the window's end; then more is read. So the matches are those
/// of .NET's engine over the text in one piece.
/// </remarks>
/// <param name="text">The text.</param>
/// <param name="program">The pattern.</param>
/// <param name="folded">Folds line ends; null for a pattern that sees them as they are.</param>
/// <param name="cancellationToken">Ends the search.</param>
/// <param name="windowBytes">The length of a window in which a match ends, and all that the machine looks at for it.</param>
internal sealed class MatchWindows(
    TextSlice text, CaptureProgram program, FoldedLines? folded, CancellationToken cancellationToken, int windowBytes = 64 * 1024)
{
    /// <summary>The most that the machine may remember of a window.</summary>
    private const long MaxWords = 4 * 1024 * 1024;

    private readonly CaptureMachine _machine = new(program);
    private char[] _characters = [];
    private byte[] _bytes = [];

    /// <summary>Whether the text was read to its end; false where the next match would need a longer window than there may be.</summary>
    public bool IsFinished { get; private set; }

    /// <summary>The matches in order.</summary>
    public IEnumerable<TextMatch> Find()
    {
        var matches = new List<TextMatch>();
        long start = text.Start;
        int at = 0;
        int length = windowBytes;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (long next, int nextAt) = FindIn(start, length, at, matches);
            foreach (var match in matches)
                yield return match;
            matches.Clear();
            IsFinished = next < 0;
            length = next > start ? windowBytes : 2 * length;
            if (IsFinished || (length > windowBytes && _machine.WordsFor(length) > MaxWords))
                yield break;

            (start, at) = (next, nextAt);
        }
    }

    /// <summary>
    /// Adds the matches that are certain, and gives where the next window starts and the place in it to look from; -1 at the text's end.
    /// </summary>
    private (long Start, int At) FindIn(long start, int length, int at, List<TextMatch> matches)
    {
        bool isWhole = text.End - start <= length;
        length = (int)Math.Min(length, text.End - start);
        if (_bytes.Length < length)
            (_bytes, _characters) = (new byte[length], new char[length]);
        var bytes = _bytes.AsSpan(0, length);
        text.Source.Read(start, bytes);
        if (!isWhole)
            bytes = bytes[..WholeLength(bytes)];
        if (!isWhole && folded is not null && bytes is [.., (byte)'\r'])
            bytes = bytes[..^1];
        var characters = _characters.AsSpan(0, Encoding.UTF8.GetChars(bytes, _characters));
        var map = new CharacterMap(bytes, characters.Length);
        if (folded is not null)
            characters = characters[..folded.Fold(characters)];
        _machine.Begin(characters.Length);
        while (_machine.Find(characters, ref at, isWhole, out int matchEnd))
        {
            int place = PlaceOf(at), placeAfter = PlaceOf(matchEnd);
            int first = map.OffsetOf(place);
            int byteLength = map.OffsetOf(placeAfter) - first;
            CapturePlace[] captures = _machine.CaptureCount == 0 ? [] : new CapturePlace[_machine.CaptureCount];
            for (int i = 0; i < captures.Length; i++)
                captures[i] = CaptureAt(i, place);
            TextMatches.ToBytes(captures, bytes.Slice(first, byteLength), placeAfter - place);
            matches.Add(new TextMatch(new TextSlice(text.Source, start + first, byteLength), captures));
            at = matchEnd;
        }

        if (isWhole)
            return (-1, 0);

        // The unit before the place stays, since places such as `^` look at it, and a pair stays whole.
        int kept = Math.Max(0, at - 1);
        if (kept > 0 && char.IsLowSurrogate(characters[kept]))
            kept--;
        return (start + map.OffsetOf(PlaceOf(kept)), at - kept);
    }

    private int PlaceOf(int place) => folded?.PlaceOf(place) ?? place;

    /// <summary>Where a capture of the last match lies behind a place of the text as it is.</summary>
    private CapturePlace CaptureAt(int index, int place) =>
        (_machine.CaptureAt(index) is var capture && folded is not null ? folded.PlaceOf(capture) : capture).Behind(place);

    /// <summary>The length without a code point of which the last bytes are missing.</summary>
    private static int WholeLength(ReadOnlySpan<byte> bytes)
    {
        for (int back = 1; back <= 3 && back < bytes.Length; back++)
        {
            byte value = bytes[^back];
            if ((value & 0xC0) != 0x80)
                return (value < 0xC0 ? 1 : value < 0xE0 ? 2 : value < 0xF0 ? 3 : 4) > back ? bytes.Length - back : bytes.Length;
        }

        return bytes.Length;
    }
}
