namespace Rlm.Runtime.Texts.Matching;

/// <summary>Where a capture lies in its line.</summary>
/// <param name="Start">Offset of its first byte; negative for a capture that took no part in the match.</param>
/// <param name="Length">Its length in bytes.</param>
internal readonly record struct CapturePlace(int Start, int Length)
{
    public static CapturePlace None { get; } = new(-1, 0);

    public bool IsNone => Start < 0;

    /// <summary>The same, counted from a place.</summary>
    public CapturePlace Behind(int place) => IsNone ? this : this with { Start = Start - place };
}
