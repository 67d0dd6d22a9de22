using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Tables;

/// <summary>A cell of a row.</summary>
/// <param name="Start">Offset of its first byte in the row, after an opening quote.</param>
/// <param name="Length">Its length in bytes, without the quotes around it.</param>
/// <param name="Quotes">The quotes around and in it.</param>
/// <param name="Escapable">The delimiter, where backslashes in the cell escape it, quotes and themselves; 0 where
/// they stand for themselves.</param>
/// <remarks>A row has many: with more than four fields it would be written to the stack first, and copied.</remarks>
internal readonly record struct DelimitedCell(int Start, int Length, DelimitedQuotes Quotes = DelimitedQuotes.None, byte Escapable = 0)
{
    /// <summary>Whether nothing was written between the delimiters; an empty text in quotes is a value.</summary>
    public bool IsMissing => Length == 0 && Quotes == DelimitedQuotes.None;

    /// <summary>Whether the cell's text is not its bytes as they stand.</summary>
    public bool HasEscapes => Quotes == DelimitedQuotes.Doubled || Escapable != 0;

    /// <summary>The cell's text in the bytes of its row.</summary>
    public string TextIn(ReadOnlySpan<byte> row)
    {
        var bytes = row.Slice(Start, Length);
        return HasEscapes ? Unescape(bytes) : Encoding.UTF8.GetString(bytes);
    }

    private string Unescape(ReadOnlySpan<byte> bytes)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(bytes.Length);
        int used = 0;
        for (int i = 0; i < bytes.Length; i++)
        {
            byte next = i + 1 < bytes.Length ? bytes[i + 1] : (byte)0;
            bool isEscape = bytes[i] == '"' ? Quotes == DelimitedQuotes.Doubled && next == '"'
                : bytes[i] == '\\' && Escapable != 0 && (next is (byte)'"' or (byte)'\\' || next == Escapable);
            buffer[used++] = bytes[isEscape ? ++i : i];
        }

        string text = Encoding.UTF8.GetString(buffer, 0, used);
        ArrayPool<byte>.Shared.Return(buffer);
        return text;
    }
}
