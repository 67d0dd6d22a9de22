using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>Lines of a slice that match a pattern: counted, or as slices without their line ends with the lines around them.</summary>
internal static class LineSearch
{
    /// <summary>How many lines match, or do not where <paramref name="isInverted"/>, without a slice for any, on all processors.</summary>
    public static long Count(TextSlice slice, LinePattern pattern, bool isInverted, CancellationToken cancellationToken)
    {
        long matching = LineRanges.Sum(slice, range => CountIn(range, pattern, cancellationToken));
        return isInverted ? LineCounter.Count(slice, cancellationToken) - matching : matching;
    }

    /// <summary>How many lines match, and how many match only in either case.</summary>
    /// <returns>No number missed where some lines match, or where to find it meanwhile would cost more than a second reading.</returns>
    public static (long Matching, long? Missed) CountWithMissed(
        TextSlice slice, LinePattern pattern, LinePattern eitherCase, CancellationToken cancellationToken)
    {
        if (pattern.FindCandidates(eitherCase) is not { } candidates)
            return (Count(slice, pattern, isInverted: false, cancellationToken), null);

        var search = new MissedLines(pattern, eitherCase, candidates, cancellationToken);
        long matching = LineRanges.Sum(slice, search.CountIn);
        return (matching, search.Count);
    }

    /// <summary>The lines that match, with lines before and after each, every line once and in order.</summary>
    public static IEnumerable<TextSlice> WithContext(
        TextSlice slice, LinePattern pattern, bool isInverted, int before, int after, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(slice, cancellationToken);
        var earlier = new Queue<TextSlice>();
        var matcher = pattern.Rent();
        int following = 0;
        try
        {
            while (lines.MoveNext())
            {
                var line = new TextSlice(slice.Source, lines.Start, lines.Length);
                if (matcher.IsMatch(lines.Bytes) != isInverted)
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
        finally
        {
            pattern.Return(matcher);
        }
    }

    private static long CountIn(TextSlice slice, LinePattern pattern, CancellationToken cancellationToken)
    {
        using var window = new LineWindow(slice, cancellationToken);
        var matcher = pattern.Rent();
        long count = 0;
        try
        {
            while (window.MoveNext())
            {
                var bytes = window.Bytes;
                for (int at = 0; at < bytes.Length && matcher.Find(bytes, at) is var found and >= 0;)
                {
                    count++;
                    int newline = bytes[found..].IndexOf((byte)'\n');
                    at = newline < 0 ? bytes.Length : found + newline + 1;
                }
            }

            return count;
        }
        finally
        {
            pattern.Return(matcher);
        }
    }
}
