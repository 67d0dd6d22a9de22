namespace Rlm.Files.Sheets;

/// <summary>A cell that holds something.</summary>
/// <param name="Column">Its column, from 1.</param>
/// <param name="Text">What it shows.</param>
internal readonly record struct SheetCell(int Column, string Text);
