using System.Buffers;

namespace Rlm.Runtime.Texts;

/// <summary>Counts the lines of a slice, on all processors; a last line needs no line end.</summary>
internal static class LineCounter
{
    private const int WindowBytes = 1024 * 1024;

    public static long Count(TextSlice slice, CancellationToken cancellationToken)
    {
        if (slice.Length == 0)
            return 0;

        long newlines = LineRanges.Sum(slice, range => CountNewlines(range, cancellationToken));
        return slice.Source.GetSpan(slice.End - 1, 1)[0] == '\n' ? newlines : newlines + 1;
    }

    private static long CountNewlines(TextSlice range, CancellationToken cancellationToken)
    {
        byte[] window = ArrayPool<byte>.Shared.Rent((int)Math.Min(WindowBytes, range.Length));
        try
        {
            long count = 0;
            for (long start = range.Start; start < range.End;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var bytes = window.AsSpan(0, (int)Math.Min(window.Length, range.End - start));
                range.Source.Read(start, bytes);
                count += bytes.Count((byte)'\n');
                start += bytes.Length;
            }

            return count;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }
}
