namespace Rlm;

/// <summary>A stretch of a program's text.</summary>
/// <param name="Start">Offset of the first character, in UTF-16 characters.</param>
/// <param name="Length">Length in UTF-16 characters; 0 for a place between two characters.</param>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>Offset after the last character.</summary>
    public int End => Start + Length;

    /// <summary>The stretch between two offsets.</summary>
    public static SourceSpan Between(int start, int end) => new(start, Math.Max(0, end - start));

    /// <summary>The shortest stretch that holds both.</summary>
    public static SourceSpan Cover(SourceSpan first, SourceSpan last) =>
        Between(Math.Min(first.Start, last.Start), Math.Max(first.End, last.End));
}
