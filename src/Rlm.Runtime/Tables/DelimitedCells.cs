using System.Numerics;
using System.Runtime.Intrinsics;

namespace Rlm.Runtime.Tables;

/// <summary>Tells one row's cells apart.</summary>
/// <param name="delimiter">What stands between them.</param>
internal sealed class DelimitedCells(byte delimiter)
{
    private static readonly int BlockBytes = Vector256<byte>.Count;

    private DelimitedCell[] _cells = new DelimitedCell[16];
    private int _openStart;
    private bool _openHasDoubled;
    private bool _openHasBackslash;

    public ReadOnlySpan<DelimitedCell> Cells => _cells.AsSpan(0, Count);

    public int Count { get; private set; }

    /// <summary>
    /// Whether a backslash stands before a quote that ends, or is in, a quoted cell, or before a delimiter: the two ways to escape differ
    /// there.
    /// </summary>
    public bool HasBackslashes { get; private set; }

    public void Clear()
    {
        Count = 0;
        HasBackslashes = false;
    }

    /// <summary>Leaves the first so many cells.</summary>
    public void Truncate(int count) => Count = count;

    /// <summary>Takes the cells of another reading of the same row, which gets these.</summary>
    public void Swap(DelimitedCells other)
    {
        (_cells, other._cells) = (other._cells, _cells);
        (Count, other.Count) = (other.Count, Count);
        HasBackslashes |= other.HasBackslashes;
    }

    /// <summary>Splits a row from a place on, which may lie in an open cell.</summary>
    /// <param name="row">The row.</param>
    /// <param name="at">The place.</param>
    /// <param name="isOpen">Whether it lies in the cell that was open when the last split ended.</param>
    /// <param name="isEscaped">Whether backslashes escape quotes and delimiters.</param>
    public DelimitedFault Split(ReadOnlySpan<byte> row, int at, bool isOpen, bool isEscaped)
    {
        while (true)
        {
            if (isOpen || (at < row.Length && row[at] == '"'))
            {
                if (!isOpen)
                {
                    _openStart = ++at;
                    _openHasDoubled = _openHasBackslash = false;
                }

                isOpen = false;
                at = isEscaped ? FindEscapedEnd(row, at) : FindQuotedEnd(row, at);
                if (at < 0)
                    return DelimitedFault.UnclosedQuote;
                Add(new DelimitedCell(
                    _openStart,
                    at - 1 - _openStart,
                    _openHasDoubled ? DelimitedQuotes.Doubled : DelimitedQuotes.Around,
                    _openHasBackslash ? delimiter : (byte)0));
                if (at < row.Length && row[at] != delimiter)
                    return DelimitedFault.TextAfterQuote;
            }
            else if (isEscaped)
            {
                int length = MeasureEscaped(row[at..]);
                Add(new DelimitedCell(at, length, escapable: row.Slice(at, length).Contains((byte)'\\') ? delimiter : (byte)0));
                at += length;
            }
            else
            {
                at = SplitBare(row, at);
                if (at < row.Length)
                    continue;
                return DelimitedFault.None;
            }

            if (at == row.Length)
                return DelimitedFault.None;
            at++;
        }
    }

    /// <summary>The place after the quote that closes a cell, where quotes in it are doubled; -1 where none does.</summary>
    private int FindQuotedEnd(ReadOnlySpan<byte> row, int at)
    {
        while (true)
        {
            int quote = row[at..].IndexOf((byte)'"');
            if (quote < 0)
                return -1;
            at += quote + 1;
            HasBackslashes |= at >= 2 && row[at - 2] == '\\';
            if (at == row.Length || row[at] != '"')
                return at;
            _openHasDoubled = true;
            at++;
        }
    }

    /// <summary>
    /// The place after the quote that closes a cell, where quotes in it have a backslash before them, or are doubled; -1 where none does.
    /// </summary>
    private int FindEscapedEnd(ReadOnlySpan<byte> row, int at)
    {
        while (true)
        {
            int mark = row[at..].IndexOfAny((byte)'"', (byte)'\\');
            if (mark < 0)
                return -1;
            at += mark + 1;
            if (row[at - 1] == '\\')
            {
                _openHasBackslash = true;
                HasBackslashes |= at < row.Length && row[at] is (byte)'"' or (byte)'\\';
                at = Math.Min(at + 1, row.Length);
                continue;
            }

            if (at == row.Length || row[at] != '"')
                return at;
            _openHasDoubled = true;
            at++;
        }
    }

    /// <summary>
    /// Adds cells that are in no quotes, as most are, and tells where one in quotes begins; the row's end where none does.
    /// </summary>
    private int SplitBare(ReadOnlySpan<byte> row, int at)
    {
        int start = at;
        for (int block = at; block < row.Length; block += BlockBytes)
        {
            for (uint ends = DelimitersAt(row, block); ends != 0; ends &= ends - 1)
            {
                int end = block + BitOperations.TrailingZeroCount(ends);
                HasBackslashes |= end > start && row[end - 1] == '\\';
                Add(new DelimitedCell(start, end - start));
                start = end + 1;
                if (start < row.Length && row[start] == '"')
                    return start;
            }
        }

        Add(new DelimitedCell(start, row.Length - start));
        return row.Length;
    }

    /// <summary>A bit for each delimiter in the block that begins there.</summary>
    private uint DelimitersAt(ReadOnlySpan<byte> row, int at)
    {
        var delimiters = Vector256.Create(delimiter);
        if (row.Length - at >= BlockBytes)
            return Vector256.Equals(Vector256.Create(row.Slice(at, BlockBytes)), delimiters).ExtractMostSignificantBits();
        if (row.Length >= BlockBytes)
            return Vector256.Equals(Vector256.Create(row[^BlockBytes..]), delimiters)
                .ExtractMostSignificantBits() >> (BlockBytes - (row.Length - at));

        uint ends = 0;
        for (int i = row.Length - 1; i >= at; i--)
            ends = (ends << 1) | (row[i] == delimiter ? 1u : 0u);
        return ends;
    }

    /// <summary>The length of a cell in no quotes, where backslashes escape delimiters.</summary>
    private int MeasureEscaped(ReadOnlySpan<byte> rest)
    {
        int end = 0;
        while (true)
        {
            int next = rest[end..].IndexOf(delimiter);
            if (next < 0)
                return rest.Length;
            end += next;
            if (end == 0 || rest[end - 1] != '\\')
                return end;

            HasBackslashes = true;
            int backslashes = end - 1 - rest[..end].LastIndexOfAnyExcept((byte)'\\');
            if (backslashes % 2 == 0)
                return end;
            end++;
        }
    }

    private void Add(DelimitedCell cell)
    {
        if (Count == _cells.Length)
            Array.Resize(ref _cells, 2 * Count);
        _cells[Count++] = cell;
    }
}
