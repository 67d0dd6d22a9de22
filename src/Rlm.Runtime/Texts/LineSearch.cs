using System.Buffers;

namespace Rlm.Runtime.Texts;

/// <summary>The lines of a slice that match a pattern, as slices without their line ends, found while they are read.</summary>
internal static class LineSearch
{
    private const int WindowBytes = 256 * 1024;
    private const int FirstCharacters = 4 * 1024;

    /// <summary>The lines that match; those that do not where <paramref name="isInverted"/>.</summary>
    public static IEnumerable<TextSlice> Matches(TextSlice slice, LinePattern pattern, bool isInverted, CancellationToken cancellationToken) =>
        pattern.Required is not null && !isInverted
            ? AmongCandidates(slice, pattern, cancellationToken)
            : LineByLine(slice, pattern, isInverted, cancellationToken);

    /// <summary>The same with lines before and after each, every line once and in order.</summary>
    public static IEnumerable<TextSlice> WithContext(
        TextSlice slice, LinePattern pattern, bool isInverted, int before, int after, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(slice, cancellationToken);
        var earlier = new Queue<TextSlice>();
        char[] characters = new char[FirstCharacters];
        int following = 0;
        while (lines.MoveNext())
        {
            var line = new TextSlice(slice.Source, lines.Start, lines.Length);
            if (pattern.IsMatch(lines.Bytes, ref characters) != isInverted)
            {
                while (earlier.TryDequeue(out var context))
                    yield return context;
                following = after;
                yield return line;
            }
            else if (following > 0)
            {
                following--;
                yield return line;
            }
            else if (before > 0)
            {
                if (earlier.Count == before)
                    earlier.Dequeue();
                earlier.Enqueue(line);
            }
        }
    }

    private static IEnumerable<TextSlice> LineByLine(TextSlice slice, LinePattern pattern, bool isInverted, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(slice, cancellationToken);
        char[] characters = new char[FirstCharacters];
        while (lines.MoveNext())
        {
            if (pattern.IsMatch(lines.Bytes, ref characters) != isInverted)
                yield return new TextSlice(slice.Source, lines.Start, lines.Length);
        }
    }

    private static IEnumerable<TextSlice> AmongCandidates(TextSlice slice, LinePattern pattern, CancellationToken cancellationToken)
    {
        using var finder = ByteFinder.Of(pattern.Required!, pattern.IgnoresCase);
        byte[] window = ArrayPool<byte>.Shared.Rent((int)Math.Min(WindowBytes, slice.Length));
        char[] characters = pattern.IsExact ? [] : new char[FirstCharacters];
        try
        {
            for (long start = slice.Start; start < slice.End;)
            {
                int length = Fill(slice, start, window, cancellationToken);
                bool isLast = start + length == slice.End;
                int whole = isLast ? length : window.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
                if (whole == 0)
                {
                    var (line, next) = LongLine(slice, start);
                    if (Holds(line, finder, window, cancellationToken) && (pattern.IsExact || pattern.IsMatch(BytesOf(line), ref characters)))
                        yield return line;
                    start = next;
                    continue;
                }

                finder.Load(window, whole);
                for (int at = 0; at < whole && finder.Find(at, whole) is var hit and >= 0;)
                {
                    int lineStart = at + window.AsSpan(at, hit - at).LastIndexOf((byte)'\n') + 1;
                    int newline = window.AsSpan(hit, whole - hit).IndexOf((byte)'\n');
                    int lineEnd = newline < 0 ? whole : hit + newline;
                    at = lineEnd + 1;
                    if (newline >= 0 && lineEnd > lineStart && window[lineEnd - 1] == '\r')
                        lineEnd--;
                    if (pattern.IsExact || pattern.IsMatch(window.AsSpan(lineStart, lineEnd - lineStart), ref characters))
                        yield return new TextSlice(slice.Source, start + lineStart, lineEnd - lineStart);
                }

                start += whole;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(window);
        }
    }

    private static int Fill(TextSlice slice, long start, byte[] window, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        int length = (int)Math.Min(window.Length, slice.End - start);
        if (length <= BlockCache.BlockBytes)
            slice.Source.GetSpan(start, length).CopyTo(window);
        else
            slice.Source.Read(start, window.AsSpan(0, length));
        return length;
    }

    private static (TextSlice Line, long Next) LongLine(TextSlice slice, long start)
    {
        long newline = slice.Source.IndexOf((byte)'\n', start, slice.End);
        var line = new TextSlice(slice.Source, start, (newline < 0 ? slice.End : newline + 1) - start);
        return (line.WithoutLineEnd(), line.End);
    }

    /// <summary>Whether a line that is longer than the window holds one of the texts.</summary>
    private static bool Holds(TextSlice line, ByteFinder finder, byte[] window, CancellationToken cancellationToken)
    {
        int overlap = Math.Min(finder.MaxLengthBytes - 1, window.Length / 2);
        for (long start = line.Start; start < line.End;)
        {
            int length = Fill(line, start, window, cancellationToken);
            finder.Load(window, length);
            if (finder.Find(0, length) >= 0)
                return true;
            start += start + length == line.End ? length : length - overlap;
        }

        return false;
    }

    private static ReadOnlySpan<byte> BytesOf(TextSlice line) => line.Length <= 1 << 30
        ? line.Source.GetSpan(line.Start, (int)line.Length)
        : throw new TextException($"`{line.Source.Name}` has a line of {line.Length:N0} bytes; cut it first, as with `chunk`");
}
