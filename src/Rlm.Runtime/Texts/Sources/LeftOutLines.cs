namespace Rlm.Runtime.Texts.Sources;

/// <summary>How many lines are not there.</summary>
/// <param name="Lines">All of them.</param>
/// <param name="Filled">Those that are not blank.</param>
internal readonly record struct LeftOutLines(long Lines, long Filled)
{
    public static LeftOutLines operator +(LeftOutLines left, LeftOutLines right) => new(left.Lines + right.Lines, left.Filled + right.Filled);
}
