namespace Rlm.Files.Sheets;

/// <summary>A cell that holds something.</summary>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Text">What it shows.</param>
/// <param name="IsText">Whether that is a text, though it may look like a number.</param>
internal readonly record struct SheetCell(int Column, string Text, bool IsText);
