using System.Runtime.ExceptionServices;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Remote;

/// <summary>Which blocks of a file are here already; the others are read when somebody asks for them.</summary>
/// <remarks>
/// Who reads on from a block that is here gets a piece of some MiB, with two more ahead; who looks at a place gets its block. Blocks are
/// here one by one, as they come.
/// </remarks>
internal sealed class RemoteBlocks : IDisposable
{
    private const int BlockBytes = BlockCache.BlockBytes;

    /// <summary>8 MiB: long enough that the wait for an answer does not count, and short enough that reading begins soon.</summary>
    private const int PieceBlocks = 128;

    private const int PiecesAhead = 2;

    private readonly IRlmRemoteFile _file;
    private readonly RemoteStore _store;
    private readonly int _count;
    private readonly bool[] _isHere;
    private readonly object _gate = new();
    private readonly List<RemoteFetch> _underway = [];
    private readonly CancellationTokenSource _ended = new();
    private long _bound;
    private int _aheadNext;
    private bool _isDisposed;

    public RemoteBlocks(IRlmRemoteFile file, RemoteStore store)
    {
        _file = file;
        _store = store;
        _bound = file.LengthBytes;
        _count = BlockOf(file.LengthBytes + BlockBytes - 1);
        _isHere = new bool[_count];
        Start = store.Reserve(file.LengthBytes);
    }

    /// <summary>Where the file begins in the store.</summary>
    public long Start { get; }

    /// <summary>Says that nothing behind an offset will be read on to, so that nothing is read ahead there.</summary>
    public void BoundAhead(long end)
    {
        lock (_gate)
            _bound = Math.Min(end, _file.LengthBytes);
    }

    /// <summary>Has a stretch be here.</summary>
    /// <exception cref="TextException">It cannot be read, or the file changed.</exception>
    public void Require(long start, long length)
    {
        if (length == 0)
            return;

        int first = BlockOf(start), end = BlockOf(start + length - 1) + 1;
        if (FindMissing(first, end) < 0 && !IsNearAhead(end))
            return;

        lock (_gate)
        {
            while (FindMissing(first, end) is var missing and >= 0)
            {
                ObjectDisposedException.ThrowIf(_isDisposed, this);
                var fetch = FindFetch(missing) ?? BeginFor(missing, end);
                ReadAhead(end);
                Monitor.Wait(_gate);
                if (fetch.Failure is { } failure && !_isHere[missing])
                    Throw(failure);
            }

            if (!_isDisposed)
                ReadAhead(end);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            Monitor.PulseAll(_gate);
        }

        _ended.Cancel();
        _store.Release();
    }

    private static int BlockOf(long offset) => (int)(offset / BlockBytes);

    private static void Throw(Exception failure)
    {
        // Each reader throws one of its own, as several may wait for a piece.
        if (failure is TextException)
            throw new TextException(failure.Message, failure.InnerException);
        ExceptionDispatchInfo.Throw(failure);
    }

    private int FindMissing(int first, int end)
    {
        for (int i = first; i < end; i++)
        {
            if (!Volatile.Read(ref _isHere[i]))
                return i;
        }

        return -1;
    }

    private RemoteFetch? FindFetch(int block) => _underway.Find(fetch => fetch.Has(block));

    private bool IsNearAhead(int end) => Volatile.Read(ref _aheadNext) is var next && end <= next && end > next - (PiecesAhead * PieceBlocks);

    private RemoteFetch BeginFor(int missing, int end)
    {
        bool isReadOn = missing > 0 && (_isHere[missing - 1] || FindFetch(missing - 1) is not null);
        int most = isReadOn ? Math.Min(missing + PieceBlocks, Math.Max(end, BoundBlock)) : end;
        var fetch = Begin(missing, most);
        if (isReadOn)
            Volatile.Write(ref _aheadNext, fetch.End);
        return fetch;
    }

    private int BoundBlock => BlockOf(_bound + BlockBytes - 1);

    private void ReadAhead(int end)
    {
        while (IsNearAhead(end) && _aheadNext < BoundBlock)
        {
            int next = _aheadNext;
            while (next < BoundBlock && (_isHere[next] || FindFetch(next) is not null))
                next++;
            Volatile.Write(ref _aheadNext, next < BoundBlock ? Begin(next, Math.Min(next + PieceBlocks, BoundBlock)).End : next);
        }

        // Nothing is left to read ahead.
        if (_aheadNext >= BoundBlock)
            Volatile.Write(ref _aheadNext, 0);
    }

    /// <summary>Begins to read blocks, up to one that is here or on its way.</summary>
    private RemoteFetch Begin(int start, int most)
    {
        int end = start + 1;
        while (end < most && !_isHere[end] && FindFetch(end) is null)
            end++;
        var fetch = new RemoteFetch(start, end);
        _underway.Add(fetch);
        Task.Factory.StartNew(() => Run(fetch), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        return fetch;
    }

    private void Run(RemoteFetch fetch)
    {
        long start = (long)fetch.Start * BlockBytes, length = Math.Min((long)fetch.End * BlockBytes, _file.LengthBytes) - start;
        Exception? failure = null;
        try
        {
            _file.Read(start, length, bytes => Take(fetch, start, bytes), _ended.Token);
            if (fetch.DoneBytes < length)
                failure = new TextException($"`{_file.Path}` cannot be read: it ended early");
        }
#pragma warning disable CA1031 // Whatever it is, who waits for the bytes gets it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        lock (_gate)
        {
            fetch.Failure = failure;
            _underway.Remove(fetch);
            Monitor.PulseAll(_gate);
        }
    }

    private void Take(RemoteFetch fetch, long start, ReadOnlySpan<byte> bytes)
    {
        _store.Write(bytes, Start + start + fetch.DoneBytes);
        lock (_gate)
        {
            int known = BlockOf(start + fetch.DoneBytes);
            fetch.DoneBytes += bytes.Length;
            long done = start + fetch.DoneBytes;
            int end = done == _file.LengthBytes ? _count : BlockOf(done);
            for (int i = known; i < end; i++)
                Volatile.Write(ref _isHere[i], true);
            if (end > known)
                Monitor.PulseAll(_gate);
        }
    }
}
