using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>The rows of a table below its header.</summary>
internal sealed class TableRows(
    TextInput text, DelimitedDialect dialect, RecordShape shape, IReadOnlyList<ColumnReading>? columns, ParseNote note,
    CancellationToken cancellationToken, AheadLimits? limits = null)
    : FieldRows(text, shape, new RlmType?[shape.Names.Count], columns)
{
    private readonly DelimitedRows _rows = new(dialect, limits ?? AheadLimits.Default, cancellationToken);

    /// <summary>The cell whose place was asked for last.</summary>
    private DelimitedCell _cell;
    private bool _isPastHeader;
    private long _rowCount;
    private long _leftOut;
    private long _alike;

    /// <summary>What the rows are counted of; null for a computed text.</summary>
    public TextSource? Source { get; init; } = text.Source;

    protected override long Alike => _alike;

    protected override TextSlice Row => _rows.Row;

    protected override ReadOnlySpan<byte> Bytes => _rows.Bytes;

    // The cells' places are taken as they are, since a row may be one of very many that are kept for a while.
    public override KeptRow Keep(KeptRow? used)
    {
        var cells = _rows.Cells;
        var kept = BeginKept(used);
        for (int i = 0; i < kept.FieldCount; i++)
        {
            var cell = i < cells.Length ? cells[i] : default;
            if (cell.HasEscapes)
                return base.Keep(used);
            kept.Set(i, cell.IsMissing ? CapturePlace.None : new CapturePlace(cell.Start, cell.Length), ColumnOf(i));
        }

        return kept;
    }

    public override void Dispose()
    {
        _rows.Dispose();
        note.TakeRows(Source, ref _rowCount, ref _leftOut);
    }

    protected override bool AdvanceRow()
    {
        while (_rows.MoveNext())
        {
            var fault = _rows.Fault;
            if (fault == DelimitedFault.Comment)
            {
                if (_rows.IsRule)
                    note.Count(
                        "rule line",
                        "of a drawn table {is|are} left out; `parse table` reads one of Markdown, without blanks around its cells",
                        _rows.Row);
                else
                    note.Count("comment line", "with # {is|are} left out", _rows.Row);
                continue;
            }

            bool isHeader = !_isPastHeader;
            _isPastHeader = true;
            _alike = dialect.Table.Source.CountAlike(_rows.Start);
            _rowCount += isHeader ? 0 : 1 + _alike;
            CountDoubt(_rows.Doubt);
            if (fault != DelimitedFault.None)
            {
                if (isHeader)
                    note.Count("header", "{has|have} a stray quote, names are as far as could be read", _rows.Row);
                else
                {
                    _leftOut++;
                    note.CountFault(_rows);
                }
            }
            else if (isHeader)
            {
                if (HasFiguresAlone())
                    note.Count(
                        "header",
                        "of figures alone {is|are} taken for names of columns; where that line is a row, write a header or `extract` the fields",
                        _rows.Row);
            }
            else
            {
                note.CountMisfit(_rows);
                return true;
            }
        }

        return false;
    }

    protected override CapturePlace PlaceOf(int field)
    {
        var cells = _rows.Cells;
        _cell = field < cells.Length ? cells[field] : default;
        return _cell.IsMissing ? CapturePlace.None : new CapturePlace(_cell.Start, _cell.Length);
    }

    protected override string? ReadWritten(int field) => _cell.HasEscapes ? _cell.TextIn(_rows.Bytes) : null;

    // Every cell is a text.
    protected override void CountUnreadable(int field, TextSlice place) =>
        throw new InvalidOperationException("A cell that keeps its text is always read.");

    protected override void CountGuess(int field, DateGuess guess, TextSlice place) => note.CountGuess(guess, place);

    private bool HasFiguresAlone()
    {
        foreach (var cell in _rows.Cells)
        {
            if (!IsFigure(cell))
                return false;
        }

        return true;
    }

    private bool IsFigure(DelimitedCell cell) => cell.Length <= NumberText.LongestBytes && cell.TextIn(_rows.Bytes) is var text
        && (ColumnReading.None.ReadNumber(text.AsSpan()) is not null || ColumnReading.None.ReadDate(text.AsSpan()) is not null);

    private void CountDoubt(DelimitedDoubt doubt)
    {
        if (doubt == DelimitedDoubt.None)
            return;
        if (doubt == DelimitedDoubt.OtherEscapes && !dialect.IsEscaped)
            note.Count(ParseNote.RowNoun, "{has|have} quotes behind backslashes, unlike the first rows, and {is|are} read so", _rows.Row);
        else if (doubt == DelimitedDoubt.OtherEscapes)
            note.Count(ParseNote.RowNoun,
                "{ends|end} cells with backslashes, where others have those before quotes, and {is|are} read so", _rows.Row);
        else if (doubt == DelimitedDoubt.TwoReadings)
            note.Count(ParseNote.RowNoun, dialect.IsEscaped
                ? "can be read in two ways; backslashes before quotes are read as escapes"
                : "can be read in two ways; backslashes before quotes are read as ends of cells", _rows.Row);
    }
}
