using System.Text;

namespace Rlm.Runtime.Texts.Tables;

/// <summary>A cell of a row.</summary>
/// <param name="Start">Offset of its first byte in the row, after an opening quote.</param>
/// <param name="Length">Its length in bytes, without the quotes around it.</param>
/// <param name="IsQuoted">Whether it stood in quotes.</param>
/// <param name="HasDoubledQuotes">Whether doubled quotes in it stand for single ones.</param>
internal readonly record struct DelimitedCell(int Start, int Length, bool IsQuoted, bool HasDoubledQuotes)
{
    /// <summary>Whether nothing was written between the delimiters; an empty text in quotes is a value.</summary>
    public bool IsMissing => Length == 0 && !IsQuoted;

    /// <summary>The cell's text in the bytes of its row.</summary>
    public string TextIn(ReadOnlySpan<byte> row)
    {
        string text = Encoding.UTF8.GetString(row.Slice(Start, Length));
        return HasDoubledQuotes ? text.Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }
}
