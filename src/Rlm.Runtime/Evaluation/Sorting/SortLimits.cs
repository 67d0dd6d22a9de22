namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>What one sort takes.</summary>
/// <param name="MemoryBytes">The memory for its items, before it goes on in a temporary file.</param>
/// <param name="FileBytes">The length of that file, before it is an error.</param>
internal sealed record SortLimits(long MemoryBytes, long FileBytes)
{
    public static SortLimits Default { get; } = new(32L << 20, 16L << 30);
}
