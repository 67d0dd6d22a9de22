namespace Rlm.Runtime.Texts.Lines;

/// <summary>How many threads of the pool read ahead, for all readers together, so that many of them do not take it all.</summary>
internal static class AheadThreads
{
    private static int _count;

    /// <summary>Counts one more, if there are fewer than so many.</summary>
    public static bool TryTake(int most)
    {
        if (Interlocked.Increment(ref _count) <= most)
            return true;

        GiveBack();
        return false;
    }

    public static void GiveBack() => Interlocked.Decrement(ref _count);
}
