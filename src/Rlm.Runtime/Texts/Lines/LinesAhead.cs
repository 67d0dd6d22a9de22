using System.Buffers;
using System.Runtime.ExceptionServices;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>
/// Ranges of whole lines that other threads read ahead of one that takes them in order. That one reads a range itself where none is ready,
/// and reads in order where there is none.
/// </summary>
/// <param name="text">The text.</param>
/// <param name="make">Makes what a range is read into.</param>
/// <param name="limits">How far and by how many it is read ahead.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class LinesAhead<TBatch>(TextSlice text, Func<TBatch> make, AheadLimits limits, CancellationToken cancellationToken)
    : IThreadPoolWorkItem, IDisposable
    where TBatch : LineBatch
{
    private const int NearBytes = 1024;

    private readonly object _gate = new();

    /// <summary>Those that are read, or being read, in the order of the text.</summary>
    private readonly Queue<TBatch> _batches = new();
    private readonly Stack<TBatch> _idle = new();
    private CancellationTokenSource? _ending;
    private long _next;
    private bool _hasEnded;
    private int _threads;
    private int _reading;

    /// <summary>Before which place there is nothing to take.</summary>
    public long From { get; private set; } = limits.StartIn(text);

    /// <summary>What was read of the lines around a place, until the next call; null where they are to be read in order.</summary>
    /// <param name="place">Where a line begins; no lines before it are asked for any more.</param>
    /// <param name="behind">Where the lines end that the caller has read already.</param>
    public TBatch? Take(long place, long behind)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TBatch? batch;
        lock (_gate)
        {
            if (From == long.MaxValue)
                return null;
            if (_ending is null)
                Start(Math.Max(place, behind));
            Release(place);
            if (_batches.Count == 0 && _next < place)
                _next = place;
            batch = FindFirst(place);
        }

        batch?.CheckBytes();
        return batch;
    }

    /// <summary>Reads no more, so that all is read in order from here on; what was taken last is not to be used any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            From = long.MaxValue;
            _hasEnded = true;
            _ending?.Cancel();
            while (_reading > 0)
                Monitor.Wait(_gate);
            foreach (var batch in _batches.Concat(_idle))
                batch.Dispose();
            _batches.Clear();
            _idle.Clear();
            _ending?.Dispose();
            _ending = null;
        }
    }

    /// <summary>Reads ranges as long as there is room for them. It never waits for one, which would keep a thread of the pool.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        lock (_gate)
        {
            while (TryClaim() is { } batch)
                Read(batch);
            _threads--;
            AheadThreads.GiveBack();
        }
    }

    private void Start(long next)
    {
        _ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _next = next;
        for (int i = 0; i < limits.Threads; i++)
            StartThread();
    }

    private void StartThread()
    {
        if (_hasEnded || _threads == limits.Threads || !AheadThreads.TryTake(limits.Threads))
            return;

        _threads++;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Gives back the batches that end before a place.</summary>
    private void Release(long place)
    {
        while (_batches.TryPeek(out var first) && first.Range.End <= place)
        {
            AwaitReading(first);
            _idle.Push(_batches.Dequeue());
            StartThread();
        }
    }

    private TBatch? FindFirst(long place)
    {
        while (true)
        {
            if (!_batches.TryPeek(out var first))
            {
                if (_next > place && _next < text.End && !_hasEnded)
                    return WaitUntil(_next);
                if (TryClaim() is not { } claimed)
                    return WaitUntil(long.MaxValue);
                Read(claimed);
                continue;
            }

            if (first.Range.Start > place)
                return WaitUntil(first.Range.Start);
            AwaitReading(first);
            if (first.Failure is null)
                return first;

            // Whoever reads in order meets the same at its place.
            _hasEnded = true;
            if (first.Failure is not (TextException or OperationCanceledException))
                ExceptionDispatchInfo.Throw(first.Failure);
            return WaitUntil(long.MaxValue);
        }
    }

    private TBatch? WaitUntil(long place)
    {
        From = place;
        return null;
    }

    /// <summary>Reads other ranges until one is read, so as not to be idle.</summary>
    private void AwaitReading(TBatch batch)
    {
        while (!batch.IsRead)
        {
            if (TryClaim() is { } other)
                Read(other);
            else
                Monitor.Wait(_gate);
        }
    }

    /// <summary>The next range, to be read by the caller; null where there is none, or no room.</summary>
    private TBatch? TryClaim()
    {
        if (_hasEnded || _next >= text.End || _batches.Count == limits.MostRanges)
            return null;

        long end = FindEnd();
        if (end < 0)
        {
            _hasEnded = true;
            return null;
        }

        var batch = _idle.TryPop(out var idle) ? idle : make();
        batch.Assign(text with { Start = _next, Length = end - _next });
        _batches.Enqueue(batch);
        _next = end;
        return batch;
    }

    /// <summary>Reads a range without the lock, which the caller holds.</summary>
    private void Read(TBatch batch)
    {
        var token = _ending!.Token;
        int readBytes = (int)Math.Max(batch.Range.Length, Math.Min(limits.RangeBytes, text.End - batch.Range.Start));
        _reading++;
        Monitor.Exit(_gate);
        try
        {
            batch.Read(readBytes, token);
        }
        finally
        {
            Monitor.Enter(_gate);
            _reading--;
            batch.IsRead = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// Where a range ends: with the last line that ends in what a reader in order would read at once, so that both look at the same bytes.
    /// Negative before a line that is too long, or where the text cannot be read.
    /// </summary>
    private long FindEnd()
    {
        long end = _next + limits.RangeBytes;
        if (end >= text.End)
            return text.End;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(limits.RangeBytes);
        try
        {
            for (int length = Math.Min(NearBytes, limits.RangeBytes); ; length = Math.Min(8 * length, limits.RangeBytes))
            {
                if (ReadBytes(buffer, end - length, length).LastIndexOf((byte)'\n') is var newline and >= 0)
                    return end - length + newline + 1;
                if (length == limits.RangeBytes)
                    break;
            }

            for (long most = Math.Min(text.End, _next + limits.MostRangeBytes); end < most;)
            {
                int length = (int)Math.Min(limits.RangeBytes, most - end);
                if (ReadBytes(buffer, end, length).IndexOf((byte)'\n') is var newline and >= 0)
                    return end + newline + 1;
                end += length;
            }

            return end == text.End ? end : -1;
        }
        catch (Exception exception) when (exception is TextException or ObjectDisposedException)
        {
            return -1;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private Span<byte> ReadBytes(byte[] buffer, long start, int length)
    {
        var bytes = buffer.AsSpan(0, length);
        text.Source.ReadBytes(start, bytes);
        return bytes;
    }
}
