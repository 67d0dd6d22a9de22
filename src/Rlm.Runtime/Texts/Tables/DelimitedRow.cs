namespace Rlm.Runtime.Texts.Tables;

/// <summary>A row of a table: its cells and the lines that it stands on, without the last line end.</summary>
/// <param name="Slice">Its bytes.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="IsUnclosed">Whether a quote in it was never closed, so that it was cut at its first line's end.</param>
internal sealed record DelimitedRow(TextSlice Slice, IReadOnlyList<DelimitedCell> Cells, bool IsUnclosed);
