namespace Rlm.Runtime.Texts.Tables;

/// <summary>Tells one row's cells apart.</summary>
/// <param name="delimiter">What stands between them.</param>
internal sealed class DelimitedCells(byte delimiter)
{
    private int _openStart;
    private bool _openHasDoubled;
    private bool _openHasBackslash;

    public List<DelimitedCell> Cells { get; private set; } = [];

    /// <summary>Whether a backslash stands before a quote that ends, or is in, a quoted cell, or before a delimiter: the two ways to escape differ there.</summary>
    public bool HasBackslashes { get; private set; }

    public void Clear()
    {
        Cells.Clear();
        HasBackslashes = false;
    }

    /// <summary>Takes the cells of another reading of the same row, which gets these.</summary>
    public void Swap(DelimitedCells other)
    {
        (Cells, other.Cells) = (other.Cells, Cells);
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
                at = isEscaped ? EscapedEnd(row, at) : QuotedEnd(row, at);
                if (at < 0)
                    return DelimitedFault.UnclosedQuote;
                Cells.Add(new DelimitedCell(_openStart, at - 1 - _openStart, true, _openHasDoubled, _openHasBackslash ? delimiter : (byte)0));
                if (at < row.Length && row[at] != delimiter)
                    return DelimitedFault.TextAfterQuote;
            }
            else
            {
                int length = BareLength(row[at..], isEscaped);
                bool hasBackslash = isEscaped && row.Slice(at, length).Contains((byte)'\\');
                Cells.Add(new DelimitedCell(at, length, false, false, hasBackslash ? delimiter : (byte)0));
                at += length;
            }

            if (at == row.Length)
                return DelimitedFault.None;
            at++;
        }
    }

    /// <summary>The place after the quote that closes a cell, where quotes in it are doubled; -1 where none does.</summary>
    private int QuotedEnd(ReadOnlySpan<byte> row, int at)
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

    /// <summary>The place after the quote that closes a cell, where quotes in it have a backslash before them, or are doubled; -1 where none does.</summary>
    private int EscapedEnd(ReadOnlySpan<byte> row, int at)
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

    private int BareLength(ReadOnlySpan<byte> rest, bool isEscaped)
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
            if (!isEscaped || backslashes % 2 == 0)
                return end;
            end++;
        }
    }
}
