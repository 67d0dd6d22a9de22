namespace Rlm.Runtime.Budget;

/// <summary>
/// How much the heap may grow while a run goes on. It is looked at from outside, twenty times a second, so that nothing which makes values
/// has to know of it; what allocates too fast for that meets the end of the process's memory, which ends the run likewise.
/// </summary>
internal sealed class MemoryLimit : IDisposable
{
    /// <summary>
    /// A quarter of the memory that the process may have, and 1 GiB at least. Read once, before the process bounds its own heap.
    /// </summary>
    public static readonly long DefaultBytes = Math.Max(1L << 30, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly CancellationTokenSource _over = new();
    private readonly long _before = GC.GetTotalMemory(forceFullCollection: false);
    private readonly long _bytes;
    private readonly Timer _timer;
    private readonly string _name;
    private long _collectAbove;

    /// <param name="options">The most bytes.</param>
    public MemoryLimit(RlmOptions options)
    {
        _bytes = options.MaxMemoryBytes ?? DefaultBytes;
        _name = options.NameOf(nameof(RlmOptions.MaxMemoryBytes));
        _collectAbove = _bytes;
        _timer = new Timer(_ => Look(), null, Interval, Interval);
    }

    /// <summary>Cancelled when there is too much.</summary>
    public CancellationToken Over => _over.Token;

    public bool IsOver => _over.IsCancellationRequested;

    /// <summary>What happened, in one line.</summary>
    public string Reason => Invariant(
        $"the values of the program need more than {_bytes / (1 << 20):N0} MiB of memory ({_name}); keep less of them with `where`, `select` or `first` before `pairs`, `group`, `join` or a `let`");

    public void Dispose()
    {
        _timer.Dispose();
        _over.Dispose();
    }

    private void Look()
    {
        if (GC.GetTotalMemory(forceFullCollection: false) - _before <= Interlocked.Read(ref _collectAbove))
            return;

        // Much of it may be garbage; where it is, the next collection waits until half of what is left has been used.
        long live = GC.GetTotalMemory(forceFullCollection: true) - _before;
        Interlocked.Exchange(ref _collectAbove, _bytes + ((_bytes - live) / 2));
        try
        {
            if (live > _bytes)
                _over.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The run ended meanwhile.
        }
    }
}
