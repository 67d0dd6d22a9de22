namespace Rlm.Cli;

/// <summary>
/// The end of the process's heap, somewhat above the limit of a run, which notices first what grows slowly enough to be stopped in good
/// order.
/// </summary>
internal static class HeapLimit
{
    private const long Slack = 256L << 20;

    /// <summary>
    /// From here on an allocation beyond it throws <see cref="OutOfMemoryException"/> instead of taking the machine's memory.
    /// </summary>
    public static void Set(RlmOptions options)
    {
        long bytes = options.MaxMemoryBytes ?? RlmOptions.DefaultMaxMemoryBytes;
        AppContext.SetData("GCHeapHardLimit", (ulong)(bytes + (bytes / 4) + Slack));
        GC.RefreshMemoryLimit();
    }
}
