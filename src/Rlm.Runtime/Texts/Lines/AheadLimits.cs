using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>How lines are read ahead.</summary>
/// <param name="FirstBytes">How much is read in order first: who looks at a few lines reads no more, and starts no thread.</param>
/// <param name="RangeBytes">How much one thread reads at once.</param>
/// <param name="Threads">How many threads of the process read ahead, beside those that take what is read; 0 for none.</param>
internal sealed record AheadLimits(int FirstBytes, int RangeBytes, int Threads)
{
    private const int MostThreads = 7;

    /// <summary>Ranges that stay in a processor's second cache, and threads for processors that would be idle.</summary>
    public static AheadLimits Default { get; } = new(
        1024 * 1024, LineScanner.WindowBytes, Math.Min(Environment.ProcessorCount - 1, MostThreads));

    /// <summary>Nothing is read ahead.</summary>
    public static AheadLimits None { get; } = new(0, LineScanner.WindowBytes, 0);

    /// <summary>How many ranges of a text are read, or being read, at the same time, so that memory is bounded.</summary>
    public int MostRanges => 2 * (Threads + 1);

    /// <summary>How much a range may have that does not end with a line before.</summary>
    public int MostRangeBytes => 4 * RangeBytes;

    /// <summary>From which place on a text is read ahead; behind all where it never is.</summary>
    public long StartIn(TextSlice text) =>
        Threads > 0 && text.Length > FirstBytes + RangeBytes && text.Source.IsNear ? text.Start + FirstBytes : long.MaxValue;
}
