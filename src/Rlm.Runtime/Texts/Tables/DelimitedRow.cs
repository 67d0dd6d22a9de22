namespace Rlm.Runtime.Texts.Tables;

/// <summary>A cell of a row.</summary>
/// <param name="Slice">Its bytes, without the quotes around it.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
/// <param name="HasDoubledQuotes">Whether doubled quotes in it stand for single ones.</param>
internal readonly record struct DelimitedCell(TextSlice Slice, bool IsQuoted, bool HasDoubledQuotes)
{
    public override string ToString() => HasDoubledQuotes ? Slice.Decode().Replace("\"\"", "\"", StringComparison.Ordinal) : Slice.Decode();
}

/// <summary>A row of a table: its cells and the lines that it stands on, without the last line end.</summary>
/// <param name="Slice">Its bytes.</param>
/// <param name="Cells">Its cells.</param>
/// <param name="IsUnclosed">Whether a quote in it was never closed, so that it was cut at its first line's end.</param>
internal sealed record DelimitedRow(TextSlice Slice, IReadOnlyList<DelimitedCell> Cells, bool IsUnclosed);
