using System.Runtime.ExceptionServices;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>A slice in ranges of whole lines that several threads work through, each taking the next one.</summary>
internal sealed class LineRanges(TextSlice slice)
{
    private const int RangeBytes = 4 * 1024 * 1024;
    private const int NearBytes = 1024;

    private readonly Lock _gate = new();
    private long _next = slice.Start;

    /// <summary>The sum of a figure of each range, on all processors where the slice is large.</summary>
    public static long Sum(TextSlice slice, Func<TextSlice, long> figure)
    {
        int workers = (int)Math.Min(Environment.ProcessorCount, slice.Length / RangeBytes);
        if (workers <= 1)
            return slice.Length == 0 ? 0 : figure(slice);

        var ranges = new LineRanges(slice);
        long sum = 0;
        try
        {
            Parallel.For(0, workers, new ParallelOptions { MaxDegreeOfParallelism = workers }, _ =>
            {
                long part = 0;
                while (ranges.TryTake() is { } range)
                    part += figure(range);
                Interlocked.Add(ref sum, part);
            });
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return sum;
    }

    /// <summary>The next range; null after the last.</summary>
    private TextSlice? TryTake()
    {
        lock (_gate)
        {
            if (_next >= slice.End)
                return null;

            long start = _next;
            long end = start + RangeBytes;
            _next = end >= slice.End ? slice.End : LineEnd(end - 1);
            return new TextSlice(slice.Source, start, _next - start);
        }
    }

    /// <summary>
    /// Where the line ends that a place lies in; that is mostly near, and a whole block of the cache is much for a line end.
    /// </summary>
    private long LineEnd(long place)
    {
        Span<byte> near = stackalloc byte[(int)Math.Min(NearBytes, slice.End - place)];
        slice.Source.ReadBytes(place, near);
        int at = near.IndexOf((byte)'\n');
        long newline = at >= 0 ? place + at : slice.Source.IndexOf((byte)'\n', place + near.Length, slice.End);
        return newline < 0 ? slice.End : newline + 1;
    }
}
