using System.Runtime.ExceptionServices;

namespace Rlm.Runtime.Texts;

/// <summary>A slice in ranges of whole lines that several threads work through, each taking the next one.</summary>
internal sealed class LineRanges(TextSlice slice)
{
    private const int RangeBytes = 4 * 1024 * 1024;

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
            if (end >= slice.End)
                _next = slice.End;
            else
                _next = slice.Source.IndexOf((byte)'\n', end - 1, slice.End) is var newline && newline < 0 ? slice.End : newline + 1;
            return new TextSlice(slice.Source, start, _next - start);
        }
    }
}
