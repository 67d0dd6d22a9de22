using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>Cuts a slice into pieces of a size: at line ends where it can, else at blanks, and never inside a code point.</summary>
internal sealed class PieceCutter(TextSlice slice, TextUnit unit, long size, long overlap, CancellationToken cancellationToken)
{
    public IEnumerable<TextSlice> Pieces()
    {
        var text = slice.WithoutLineEnd();
        long floor = text.Start;
        for (long start = text.Start; start < text.End;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long limit = unit.Advance(text, start, size);
            if (limit >= text.End)
            {
                yield return text with { Start = start, Length = text.End - start };
                yield break;
            }

            if (unit == TextUnit.Lines)
            {
                yield return (text with { Start = start, Length = limit - start }).WithoutLineEnd();
                start = overlap == 0 ? limit : unit.Retreat(text, start, limit, overlap);
                continue;
            }

            var (end, next) = Cut(text, Math.Max(floor, start), limit);
            yield return text with { Start = start, Length = end - start };
            floor = next;
            start = overlap == 0 ? next : Math.Max(start + 1, BackFrom(text, start, end, next));
        }
    }

    /// <summary>Where a piece ends and where the text goes on.</summary>
    private static (long End, long Next) Cut(TextSlice text, long floor, long limit)
    {
        // A line end right after the limit still counts: the piece leaves it out.
        long newline = text.Source.LastIndexOf((byte)'\n', floor, Math.Min(limit + 1, text.End));
        if (newline > floor)
            return (text.Source.GetSpan(newline - 1, 1)[0] == '\r' ? newline - 1 : newline, newline + 1);

        long blank = text.Source.LastIndexOf((byte)' ', floor, Math.Min(limit + 1, text.End));
        if (blank > floor)
            return (blank, blank + 1);

        long cut = text.Source.CodePointStart(limit, floor);
        if (cut <= floor)
            cut = Math.Min(text.End, NextCodePoint(text, floor));
        return (cut, cut);
    }

    /// <summary>
    /// The start of a piece that repeats the end of the one before: at a line's start if one is near enough, else after a blank.
    /// </summary>
    private long BackFrom(TextSlice text, long start, long end, long next)
    {
        long back = unit.Retreat(text, start, end, overlap);
        if (back <= start)
            return next;

        long newline = text.Source.IndexOf((byte)'\n', back - 1, end);
        if (newline >= 0 && newline + 1 < end)
            return newline + 1;

        long blank = text.Source.IndexOf((byte)' ', back - 1, end);
        return blank >= 0 && blank + 1 < end ? blank + 1 : text.Source.CodePointStart(back, start);
    }

    private static long NextCodePoint(TextSlice text, long at)
    {
        at++;
        while (at < text.End && (text.Source.GetSpan(at, 1)[0] & 0xC0) == 0x80)
            at++;
        return at;
    }
}
