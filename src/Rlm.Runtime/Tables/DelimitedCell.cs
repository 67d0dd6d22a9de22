using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Tables;

/// <summary>A cell of a row. A table has many, which pass from one processor to another: what is known of one takes eight bytes.</summary>
internal readonly record struct DelimitedCell
{
    /// <summary>The longest row has <c>1 &lt;&lt; 24</c> bytes.</summary>
    private const int PlaceBits = 25;
    private const int QuotesBits = 2;

    private readonly ulong _bits;

    /// <param name="start">Offset of its first byte in the row, after an opening quote.</param>
    /// <param name="length">Its length in bytes, without the quotes around it.</param>
    /// <param name="quotes">The quotes around and in it.</param>
    /// <param name="escapable">The delimiter, where backslashes in the cell escape it, quotes and themselves; 0 where
    /// they stand for themselves.</param>
    public DelimitedCell(int start, int length, DelimitedQuotes quotes = DelimitedQuotes.None, byte escapable = 0) =>
        _bits = (uint)start | ((ulong)(uint)length << PlaceBits) | ((ulong)quotes << (2 * PlaceBits))
            | ((ulong)escapable << ((2 * PlaceBits) + QuotesBits));

    /// <summary>Offset of its first byte in the row, after an opening quote.</summary>
    public int Start => (int)_bits & ((1 << PlaceBits) - 1);

    /// <summary>Its length in bytes, without the quotes around it.</summary>
    public int Length => (int)(_bits >> PlaceBits) & ((1 << PlaceBits) - 1);

    /// <summary>The quotes around and in it.</summary>
    public DelimitedQuotes Quotes => (DelimitedQuotes)((int)(_bits >> (2 * PlaceBits)) & ((1 << QuotesBits) - 1));

    /// <summary>The delimiter, where backslashes in the cell escape it, quotes and themselves; 0 where they stand for themselves.</summary>
    public byte Escapable => (byte)(_bits >> ((2 * PlaceBits) + QuotesBits));

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
