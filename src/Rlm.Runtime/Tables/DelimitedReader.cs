using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tables;

/// <summary>
/// The rows of a table (RFC 4180 and its dialects), the header first: cells in quotes may hold delimiters, line ends and
/// quotes. Blank lines are not rows.
/// </summary>
/// <remarks>
/// One row at a time: <see cref="Cells"/> and <see cref="Bytes"/> are those of the last one, until the next move. A row that the
/// table's way to escape does not give as many cells as the header has is read in the other way where that does.
/// </remarks>
internal sealed class DelimitedReader : IDisposable
{
    /// <summary>
    /// The longest row that quotes may make of several lines; a quote that is not closed by then is taken for a stray one.
    /// </summary>
    private const int MaxJoinedBytes = 1024 * 1024;

    /// <summary>The longest line that is a row.</summary>
    private const int MaxLineBytes = 16 * 1024 * 1024;

    /// <summary>
    /// How much may be read in vain for closing quotes beyond what the table's length allows, so that stray ones cost linear time.
    /// </summary>
    private const long MaxVainBytes = 16 * MaxJoinedBytes;

    private readonly DelimitedDialect _dialect;
    private readonly DelimitedCells _cells;
    private readonly DelimitedCells _others;
    private readonly LineScanner _lines;
    private byte[] _joined = [];
    private TextSlice _joinedRow;
    private bool _isJoined;
    private bool _isBelowHeader;

    public DelimitedReader(DelimitedDialect dialect, CancellationToken cancellationToken)
        : this(dialect, new LineScanner(dialect.Table, cancellationToken))
    {
    }

    /// <summary>Reads rows of a table from some line on, which is not right below its header.</summary>
    /// <param name="dialect">How the table is written.</param>
    /// <param name="lines">The lines.</param>
    /// <param name="width">How many cells the header has.</param>
    public DelimitedReader(DelimitedDialect dialect, LineScanner lines, int width)
        : this(dialect, lines)
    {
        Width = width;
        IsPastHeader = true;
    }

    private DelimitedReader(DelimitedDialect dialect, LineScanner lines)
    {
        _dialect = dialect;
        _lines = lines;
        _lines.EndsAtCr = dialect.EndsAtCr;
        _cells = new DelimitedCells(dialect.Delimiter);
        _others = new DelimitedCells(dialect.Delimiter);
    }

    public ReadOnlySpan<DelimitedCell> Cells => _cells.Cells;

    /// <summary>How many cells the header has; 0 before it.</summary>
    public int Width { get; private set; }

    /// <summary>Where the row stands, without its last line end.</summary>
    public TextSlice Row => _isJoined ? _joinedRow : _lines.Slice;

    /// <summary>What is wrong with the row, whose cells are not to be trusted then.</summary>
    public DelimitedFault Fault { get; private set; }

    /// <summary>Whether the line only draws the table, and is not a row.</summary>
    public bool IsRule { get; private set; }

    public DelimitedDoubt Doubt { get; private set; }

    /// <summary>Whether a row below the header was asked for, so that the next can be read at any place.</summary>
    public bool IsPastHeader { get; private set; }

    /// <summary>Where the next row is looked for.</summary>
    public long Next => _lines.Next;

    /// <summary>Behind the lines that were read at once.</summary>
    public long ReadEnd => _lines.ReadEnd;

    /// <summary>How much was read in vain for closing quotes.</summary>
    public long VainBytes { get; private set; }

    /// <summary>The row's bytes; none of a row that is too long.</summary>
    public ReadOnlySpan<byte> Bytes =>
        Fault == DelimitedFault.TooLong ? [] : _isJoined ? _joined.AsSpan(0, (int)_joinedRow.Length) : _lines.Bytes;

    private bool Fits => Fault == DelimitedFault.None && (Width == 0 || _cells.Count == Width);

    public bool MoveNext()
    {
        _isBelowHeader = Width > 0 && !IsPastHeader;
        IsPastHeader = Width > 0;
        _isJoined = false;
        IsRule = false;
        Fault = DelimitedFault.None;
        Doubt = DelimitedDoubt.None;
        _cells.Clear();
        while (_lines.MoveNext())
        {
            bool isTooLong = _lines.Length > MaxLineBytes;
            if (!isTooLong && _lines.IsBlank && !_lines.Bytes.Contains(_dialect.Delimiter))
                continue;

            if (isTooLong)
                Fault = DelimitedFault.TooLong;
            else if (IsRule = RuleLine.Is(_lines.Bytes, _dialect.Delimiter, _isBelowHeader, isOneColumn: Width == 1))
                Fault = DelimitedFault.Comment;
            else if (_lines.Start < _dialect.HeaderStart)
                Fault = DelimitedFault.Comment;
            else
                ReadRow();
            return true;
        }

        return false;
    }

    /// <summary>Goes on with a row that begins there.</summary>
    public void MoveTo(long start) => _lines.MoveTo(start);

    /// <summary>Whether so little was read in vain that a row may be made of several lines.</summary>
    public bool MayJoin(long start) => VainBytes <= MaxVainBytes + (start - _dialect.Table.Start);

    public void Dispose() => _lines.Dispose();

    private void ReadRow()
    {
        Fault = _cells.Split(_lines.Bytes, 0, isOpen: false, _dialect.IsEscaped);
        if (Width > 0 && Fits && !_cells.HasBackslashes)
            return;

        var first = _lines.Slice;
        bool isMarked = _lines.Bytes is [(byte)'#', ..];
        if (_cells.HasBackslashes && !_dialect.IsCertain)
            Weigh();
        if (Fault == DelimitedFault.UnclosedQuote)
            Join(_dialect.IsEscaped);
        if (!Fits && _cells.HasBackslashes && !_dialect.IsCertain)
            JoinOtherwise(first);
        if (isMarked && Width > 1 && !Fits)
            Fault = DelimitedFault.Comment;
        if (_isJoined && Fault != DelimitedFault.None)
            GoBack(first);
        if (Width == 0 && Fault != DelimitedFault.TooLong)
            Width = _cells.Count;
    }

    /// <summary>Reads a line in both ways, and keeps the table's own where that fits.</summary>
    private void Weigh()
    {
        bool fits = Fits;
        _others.Clear();
        var otherFault = _others.Split(_lines.Bytes, 0, isOpen: false, !_dialect.IsEscaped);
        bool otherFits = otherFault == DelimitedFault.None && (Width == 0 || _others.Count == Width);
        if (fits)
        {
            Doubt = otherFits && !HaveSamePlaces() ? DelimitedDoubt.TwoReadings : otherFits ? DelimitedDoubt.None : DelimitedDoubt.Settled;
        }
        else if (otherFits)
        {
            _cells.Swap(_others);
            (Fault, Doubt) = (otherFault, DelimitedDoubt.OtherEscapes);
        }
    }

    private bool HaveSamePlaces()
    {
        for (int i = 0; i < _cells.Count; i++)
        {
            if (i >= _others.Count || Cells[i].Start != _others.Cells[i].Start || Cells[i].Length != _others.Cells[i].Length)
                return false;
        }

        return _cells.Count == _others.Count;
    }

    /// <summary>
    /// Takes in following lines until the quotes are closed. Where they never are, the row is its first line with a fault.
    /// </summary>
    private void Join(bool isEscaped)
    {
        var first = _lines.Slice;
        int firstCells = _cells.Count;
        _joinedRow = first;
        _isJoined = true;
        int length = Append(_lines.Bytes, 0, first.Start);
        while (MayJoin(first.Start) && _lines.MoveNext()
            && _lines.End - first.Start <= MaxJoinedBytes)
        {
            _joinedRow = first with { Length = _lines.End - first.Start };
            int added = (int)(_lines.Start - first.Start);
            length = Append(_lines.Bytes, length, first.Start);
            Fault = _cells.Split(_joined.AsSpan(0, length), added, isOpen: true, isEscaped);
            if (Fault == DelimitedFault.None)
                return;
            if (Fault == DelimitedFault.TextAfterQuote)
                break;
        }

        VainBytes += Math.Max(_joinedRow.Length, _lines.End - first.Start);
        _cells.Truncate(firstCells);
        _joinedRow = first;
        Fault = DelimitedFault.UnclosedQuote;
    }

    /// <summary>Reads several lines in the other way, and keeps that where it fits.</summary>
    private void JoinOtherwise(TextSlice first)
    {
        var (row, fault) = (Row, Fault);
        _others.Clear();
        _cells.Swap(_others);
        GoBack(first);
        Fault = _cells.Split(_lines.Bytes, 0, isOpen: false, !_dialect.IsEscaped);
        if (Fault == DelimitedFault.UnclosedQuote)
            Join(!_dialect.IsEscaped);
        if (Fits)
        {
            Doubt = DelimitedDoubt.OtherEscapes;
            return;
        }

        _cells.Swap(_others);
        GoBack(first);
        Fault = fault;
        if (row.End > first.End)
            Restore(row);
    }

    /// <summary>Moves behind the lines of a row again, whose cells are known.</summary>
    private void Restore(TextSlice row)
    {
        int length = Append(_lines.Bytes, 0, row.Start);
        while (_lines.End < row.End && _lines.MoveNext())
            length = Append(_lines.Bytes, length, row.Start);
        _joinedRow = row;
        _isJoined = true;
    }

    /// <summary>Stands on the row's first line again, the others to be read as rows of their own.</summary>
    private void GoBack(TextSlice first)
    {
        _lines.MoveTo(first.Start);
        _lines.MoveNext();
        _isJoined = false;
    }

    /// <summary>Adds a line to the joined bytes, with the line end before it, and tells how many there are.</summary>
    private int Append(ReadOnlySpan<byte> line, int used, long rowStart)
    {
        int at = (int)(_lines.Start - rowStart);
        int length = at + line.Length;
        if (_joined.Length < length)
            Array.Resize(ref _joined, Math.Max(length, Math.Min(2 * length, MaxJoinedBytes)));
        _lines.CopyBytes(rowStart + used, _joined.AsSpan(used, at - used));
        line.CopyTo(_joined.AsSpan(at));
        return length;
    }
}
