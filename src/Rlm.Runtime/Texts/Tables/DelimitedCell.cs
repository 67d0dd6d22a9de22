namespace Rlm.Runtime.Texts.Tables;

/// <summary>A cell of a row.</summary>
/// <param name="Slice">Its bytes, without the quotes around it.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
/// <param name="HasDoubledQuotes">Whether doubled quotes in it stand for single ones.</param>
internal readonly record struct DelimitedCell(TextSlice Slice, bool IsQuoted, bool HasDoubledQuotes)
{
    public override string ToString() => HasDoubledQuotes ? Slice.Decode().Replace("\"\"", "\"", StringComparison.Ordinal) : Slice.Decode();
}
