namespace Rlm.Runtime.Texts.Lines;

/// <summary>A line, and what was found on it.</summary>
/// <param name="Start">Offset of its first byte in the source.</param>
/// <param name="Length">Its length without its line end.</param>
/// <param name="FirstPart">Which of the parts of all lines is its first.</param>
/// <param name="PartCount">How many parts it has.</param>
/// <param name="Finding">What was found.</param>
internal readonly record struct FoundLine<TFinding>(long Start, long Length, int FirstPart, int PartCount, TFinding Finding);
