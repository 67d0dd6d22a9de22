using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>Counts the lines of a slice, on all processors; a last line needs no line end.</summary>
internal static class LineCounter
{
    public static long Count(TextSlice slice, CancellationToken cancellationToken)
    {
        if (slice.Length == 0)
            return 0;

        long newlines = LineRanges.Sum(slice, range => CountNewlines(range, cancellationToken));
        return slice.Source.GetSpan(slice.End - 1, 1)[0] == '\n' ? newlines : newlines + 1;
    }

    private static long CountNewlines(TextSlice range, CancellationToken cancellationToken)
    {
        using var window = new LineWindow(range, cancellationToken);
        long count = 0;
        while (window.MoveNext())
            count += window.Bytes.Count((byte)'\n');
        return count;
    }
}
