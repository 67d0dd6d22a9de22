namespace Rlm.Runtime.Texts.Tables;

/// <summary>The rows of CSV (RFC 4180) or TSV: cells in quotes may hold delimiters, line ends and doubled quotes. Blank lines are no rows.</summary>
/// <remarks>One row at a time: <see cref="Cells"/> and <see cref="Bytes"/> are those of the last one, until the next move.</remarks>
internal sealed class DelimitedReader(TextSlice table, byte delimiter, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>The longest row that quotes may make of several lines; a quote that is not closed by then is taken for a stray one.</summary>
    private const int MaxJoinedBytes = 1024 * 1024;

    /// <summary>The longest line that is a row.</summary>
    private const int MaxLineBytes = 16 * 1024 * 1024;

    /// <summary>How much may be read in vain for closing quotes beyond what the table's length allows, so that stray ones cost linear time.</summary>
    private const long MaxVainBytes = 16 * MaxJoinedBytes;

    private readonly List<DelimitedCell> _cells = [];
    private LineScanner _lines = new(table, cancellationToken);
    private byte[] _joined = [];
    private bool _isJoined;
    private long _vainBytes;
    private int _openStart;
    private bool _openHasDoubled;

    public IReadOnlyList<DelimitedCell> Cells => _cells;

    /// <summary>Where the row stands, without its last line end.</summary>
    public TextSlice Row { get; private set; }

    /// <summary>What is wrong with the row, whose cells are not to be trusted then.</summary>
    public DelimitedFault Fault { get; private set; }

    /// <summary>The row's bytes; none of a row that is too long.</summary>
    public ReadOnlySpan<byte> Bytes => Fault == DelimitedFault.TooLong ? [] : _isJoined ? _joined.AsSpan(0, (int)Row.Length) : _lines.Bytes;

    /// <summary>The delimiter: a tab for TSV; for CSV a semicolon where the first line has those and no comma.</summary>
    public static byte DelimiterOf(TextSlice table, bool isTabbed)
    {
        if (isTabbed)
            return (byte)'\t';

        using var lines = new LineScanner(table);
        while (lines.MoveNext())
        {
            if (lines.Length > MaxLineBytes)
                break;
            if (!lines.IsBlank)
                return !lines.Bytes.Contains((byte)',') && lines.Bytes.Contains((byte)';') ? (byte)';' : (byte)',';
        }

        return (byte)',';
    }

    public bool MoveNext()
    {
        if (_isJoined && Fault != DelimitedFault.None)
            GoBack();
        _isJoined = false;
        Fault = DelimitedFault.None;
        while (_lines.MoveNext())
        {
            bool isTooLong = _lines.Length > MaxLineBytes;
            if (!isTooLong && _lines.IsBlank)
                continue;

            Row = new TextSlice(table.Source, _lines.Start, _lines.Length);
            _cells.Clear();
            Fault = isTooLong ? DelimitedFault.TooLong : Split(_lines.Bytes, 0, isOpen: false);
            if (Fault == DelimitedFault.UnclosedQuote)
                Join();
            return true;
        }

        return false;
    }

    public void Dispose() => _lines.Dispose();

    /// <summary>Takes in following lines until the quotes are closed. Where they never are, the row is its first line with a fault.</summary>
    private void Join()
    {
        var first = Row;
        int firstCells = _cells.Count;
        _isJoined = true;
        Append(_lines.Bytes, first.Start);
        while (_vainBytes <= MaxVainBytes + (first.Start - table.Start) && _lines.MoveNext() && _lines.End - first.Start <= MaxJoinedBytes)
        {
            Row = first with { Length = _lines.End - first.Start };
            int added = (int)(_lines.Start - first.Start);
            Append(_lines.Bytes, first.Start);
            Fault = Split(_joined.AsSpan(0, (int)Row.Length), added, isOpen: true);
            if (Fault == DelimitedFault.None)
                return;
            if (Fault == DelimitedFault.TextAfterQuote)
                break;
        }

        _vainBytes += Math.Max(Row.Length, _lines.End - first.Start);
        _cells.RemoveRange(firstCells, _cells.Count - firstCells);
        Row = first;
        Fault = DelimitedFault.UnclosedQuote;
    }

    /// <summary>Goes on with the line after the one with a stray quote.</summary>
    private void GoBack()
    {
        long next = Row.End;
        var rest = table with { Start = next, Length = table.End - next };
        _lines.Dispose();
        _lines = new LineScanner(rest, cancellationToken);
        _lines.MoveNext();
    }

    /// <summary>Adds a line to the joined bytes, with the line end before it.</summary>
    private void Append(ReadOnlySpan<byte> line, long rowStart)
    {
        int at = (int)(_lines.Start - rowStart);
        int length = at + line.Length;
        if (_joined.Length < length)
            Array.Resize(ref _joined, Math.Max(length, Math.Min(2 * length, MaxJoinedBytes)));
        line.CopyTo(_joined.AsSpan(at));
        if (at == 0)
            return;

        _joined[at - 1] = (byte)'\n';
        if (at >= 2 && table.Source.GetSpan(_lines.Start - 2, 1)[0] == '\r')
            _joined[at - 2] = (byte)'\r';
    }

    /// <summary>Splits a row from a place on, which may lie in an open cell.</summary>
    private DelimitedFault Split(ReadOnlySpan<byte> row, int at, bool isOpen)
    {
        while (true)
        {
            if (isOpen || (at < row.Length && row[at] == '"'))
            {
                if (!isOpen)
                {
                    _openStart = ++at;
                    _openHasDoubled = false;
                }

                isOpen = false;
                while (true)
                {
                    int quote = row[at..].IndexOf((byte)'"');
                    if (quote < 0)
                        return DelimitedFault.UnclosedQuote;
                    at += quote + 1;
                    if (at == row.Length || row[at] != '"')
                        break;
                    _openHasDoubled = true;
                    at++;
                }

                _cells.Add(new DelimitedCell(_openStart, at - 1 - _openStart, true, _openHasDoubled));
                if (at < row.Length && row[at] != delimiter)
                    return DelimitedFault.TextAfterQuote;
            }
            else
            {
                int length = row[at..].IndexOf(delimiter);
                if (length < 0)
                    length = row.Length - at;
                _cells.Add(new DelimitedCell(at, length, false, false));
                at += length;
            }

            if (at == row.Length)
                return DelimitedFault.None;
            at++;
        }
    }
}
