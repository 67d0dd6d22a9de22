namespace Rlm.Runtime.Operators.Cut;

/// <summary>What a line of JSON lines is, and what it begins with.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Opening">Its first byte behind blanks.</param>
internal readonly record struct JsonLineFinding(JsonLineKind Kind, byte Opening);
