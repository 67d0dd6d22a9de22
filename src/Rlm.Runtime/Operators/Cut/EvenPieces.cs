using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>Cuts into a number of pieces of near-equal size; into fewer where there is too little to cut.</summary>
internal static class EvenPieces
{
    public static ListValue OfList(IReadOnlyList<Value> items, long parts)
    {
        int count = (int)Math.Min(parts, items.Count);
        var pieces = new Value[count];
        for (int i = 0; i < count; i++)
        {
            int start = (int)((long)items.Count * i / count), end = (int)((long)items.Count * (i + 1) / count);
            pieces[i] = ListValue.Of([.. Enumerable.Range(start, end - start).Select(place => items[place])]);
        }

        return ListValue.Of(pieces);
    }

    public static IEnumerable<TextSlice> OfText(TextSlice slice, long parts)
    {
        var text = slice.WithoutLineEnd();
        long start = text.Start;
        for (long i = 1; i < parts && start < text.End; i++)
        {
            long target = text.Start + (long)((Int128)text.Length * i / parts);
            if (target <= start)
                continue;

            long next = Cut(text, start, target, text.Length / parts);
            if (next >= text.End)
                break;
            yield return (text with { Start = start, Length = next - start }).WithoutLineEnd();
            start = next;
        }

        if (start < text.End)
            yield return text with { Start = start, Length = text.End - start };
    }

    /// <summary>The line start nearest to the target and within a piece's length after it, else after a blank, else the target.</summary>
    private static long Cut(TextSlice text, long start, long target, long pieceBytes)
    {
        long before = text.Source.LastIndexOf((byte)'\n', start, target) + 1;
        long after = text.Source.IndexOf((byte)'\n', target, Math.Min(text.End, target + pieceBytes)) + 1;
        if (before > 0 || after > 0)
            return before == 0 || (after > 0 && after - target <= target - before) ? after : before;

        long blank = text.Source.LastIndexOf((byte)' ', start, target);
        return blank > start ? blank + 1 : Math.Max(start + 1, text.Source.CodePointStart(target, start));
    }
}
