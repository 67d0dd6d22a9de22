using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tables;

/// <summary>The rows of a table as <see cref="DelimitedReader"/> gives them. Those of a large table are read ahead.</summary>
internal sealed class DelimitedRows : IDisposable
{
    /// <summary>After so many batches of little use no more are read, as in a table whose cells have many lines each.</summary>
    private const int MostUselessBatches = 4;

    private readonly DelimitedDialect _dialect;
    private readonly DelimitedReader _reader;
    private readonly LinesAhead<DelimitedBatch> _ahead;
    private DelimitedBatch? _batch;
    private int _index;
    private int _takenCount;
    private int _uselessCount;
    private bool _isTaken;
    private bool _isDisposed;
    private DelimitedRow _row;
    private long _next;

    /// <param name="dialect">How the table is written.</param>
    /// <param name="limits">How rows are read ahead.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public DelimitedRows(DelimitedDialect dialect, AheadLimits limits, CancellationToken cancellationToken)
    {
        _dialect = dialect;
        _reader = new DelimitedReader(dialect, cancellationToken);
        _ahead = new(dialect.Table, () => new(dialect, _reader.Width), limits, cancellationToken);
        _next = dialect.Table.Start;
    }

    public ReadOnlySpan<DelimitedCell> Cells => _isTaken ? _batch!.CellsOf(_row) : _reader.Cells;

    /// <summary>How many cells the row has.</summary>
    public int CellCount => _isTaken ? _row.CellCount : _reader.Cells.Length;

    /// <summary>How many cells the header has; 0 before it.</summary>
    public int Width => _reader.Width;

    /// <summary>Where the row stands, without its last line end.</summary>
    public TextSlice Row => _isTaken ? new TextSlice(_dialect.Table.Source, _batch!.Range.Start + _row.Start, _row.Length) : _reader.Row;

    /// <summary>Where it begins.</summary>
    public long Start => _isTaken ? _batch!.Range.Start + _row.Start : _reader.Row.Start;

    /// <summary>What is wrong with the row, whose cells are not to be trusted then.</summary>
    public DelimitedFault Fault => _isTaken ? _row.State.Fault : _reader.Fault;

    /// <summary>Whether the line only draws the table, and is not a row.</summary>
    public bool IsRule => _isTaken ? _row.State.IsRule : _reader.IsRule;

    public DelimitedDoubt Doubt => _isTaken ? _row.State.Doubt : _reader.Doubt;

    /// <summary>The row's bytes; none of a row that is too long.</summary>
    public ReadOnlySpan<byte> Bytes => _isTaken ? _batch!.BytesAt(_batch.Range.Start + _row.Start, _row.Length) : _reader.Bytes;

    public bool MoveNext()
    {
        _isTaken = _next >= _ahead.From && TryTake();
        if (_isTaken)
            return true;

        if (_reader.Next != _next)
            _reader.MoveTo(_next);
        bool hasRow = _reader.MoveNext();
        _next = _reader.Next;
        return hasRow;
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        _isTaken = false;
        _ahead.Dispose();
        _reader.Dispose();
    }

    /// <summary>Takes the next row where it was read ahead.</summary>
    private bool TryTake()
    {
        if (!_reader.IsPastHeader)
            return false;

        if (_batch is null || _next >= _batch.Range.End)
        {
            LeaveBatch();
            _batch = _ahead.Take(_next, _reader.ReadEnd);
            if (_batch is null)
                return false;
        }

        var rows = _batch.Rows;
        int place = (int)(_next - _batch.Range.Start);
        while (_index < rows.Length && rows[_index].Start < place)
            _index++;
        if (_index == rows.Length || rows[_index].From > place || !_reader.MayJoin(_next))
            return false;

        _row = rows[_index++];
        _next = _batch.Range.Start + _row.Next;
        _takenCount++;
        return true;
    }

    private void LeaveBatch()
    {
        if (_batch is not null)
        {
            _uselessCount = 2 * _takenCount < _batch.Rows.Length || _takenCount == 0 ? _uselessCount + 1 : 0;
            if (_uselessCount == MostUselessBatches)
                _ahead.Dispose();
        }

        _batch = null;
        (_index, _takenCount) = (0, 0);
    }
}
