namespace Rlm.Files.Office;

/// <summary>What tells a part of a text from those beside it.</summary>
[Flags]
internal enum TextMarks
{
    None = 0,
    Superscript = 1,
    Subscript = 2,
    Struck = 4,
}
