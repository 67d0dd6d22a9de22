using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>The rows of all sheets of a workbook below their headers, with the sheet's name as the first field.</summary>
internal sealed class WorkbookRows(
    TextInput text, WorkbookText workbook, RecordShape shape, IReadOnlyList<ColumnReading>? columns, ParseNote note,
    CancellationToken cancellationToken)
    : FieldRows(text, shape, new RlmType?[shape.Names.Count], columns)
{
    private const int MostTotalBytes = 24;

    private static readonly HashSet<string> Totals = new(StringComparer.OrdinalIgnoreCase)
    {
        "total", "totals", "grand total", "subtotal", "sum", "summe", "gesamt", "gesamtsumme", "zwischensumme", "somme", "total général", "sous-total",
        "totale", "suma", "totaal", "итого", "всего", "合計", "合计", "总计",
    };

    private readonly TextSource? _source = text.Source;
    private DelimitedRows? _rows;
    private int _sheet = -1;
    private bool _isPastHeader;
    private long _rowCount;
    private long _leftOut;

    protected override TextSlice Row => _rows!.Row;

    protected override ReadOnlySpan<byte> Bytes => _rows!.Bytes;

    /// <summary>The rows of a workbook, whose cells read as all of their column do.</summary>
    public static ListValue Of(
        TextInput text, WorkbookText workbook, ParseNote note, DateTime? latest, StatementCancellation cancellation)
    {
        var shape = new RecordShape(workbook.Names);
        var mayHoldCommas = new Lazy<bool>(
            () => text.Slice.HoldsDigitBehindComma(isQuoted: true), LazyThreadSafetyMode.PublicationOnly);
        ColumnReading[] columns = [.. workbook.Names.Select((name, i) => new ColumnReading(name, () => Evidence(i))
        {
            MayHoldCommas = mayHoldCommas,
            Latest = () => latest,
            LooksNumeric = workbook.Types[i].Required == RlmType.NumberCell,
        })];
        return ListValue.OfRows(
            new RowSource(() => new WorkbookRows(text, workbook, shape, columns, note, cancellation.Token))
            {
                Shape = shape,
                KindOf = _ => ValueKind.Text,
            });

        ColumnEvidence Evidence(int column)
        {
            using var rows = new WorkbookRows(text, workbook, shape, null, new ParseNote("xlsx"), cancellation.Token);
            var evidence = new ColumnEvidence();
            rows.AddTo(evidence, column);
            return evidence;
        }
    }

    public override void Dispose()
    {
        _rows?.Dispose();
        note.TakeRows(_source, ref _rowCount, ref _leftOut);
    }

    protected override bool AdvanceRow()
    {
        while (true)
        {
            while (_rows?.MoveNext() == true)
            {
                if (IsRow())
                    return true;
            }

            if (_sheet + 1 >= workbook.Sheets.Count)
                return false;

            _rows?.Dispose();
            _rows = new DelimitedRows(workbook.Sheets[++_sheet].Dialect, AheadLimits.Default, cancellationToken);
            _isPastHeader = false;
        }
    }

    // The name of the sheet stands for the whole row.
    protected override CapturePlace PlaceOf(int field) => field == 0 ? new CapturePlace(0, Bytes.Length)
        : workbook.Sheets[_sheet].Fields[field] is >= 0 and var at && at < _rows!.Cells.Length && _rows.Cells[at] is { IsMissing: false } cell
            ? new CapturePlace(cell.Start, cell.Length)
            : CapturePlace.None;

    protected override string? ReadWritten(int field) => field == 0 ? workbook.Sheets[_sheet].Name
        : _rows!.Cells[workbook.Sheets[_sheet].Fields[field]] is { HasEscapes: true } cell ? cell.TextIn(_rows.Bytes)
        : null;

    // A workbook's reader writes numbers so, and texts that look like them in quotes.
    protected override bool HasKnownPoint(int field) => field > 0 && workbook.Sheets[_sheet].Fields[field] is >= 0 and var at
        && at < _rows!.Cells.Length && _rows.Cells[at] is { IsMissing: false } cell && SheetHeader.IsNumber(cell, _rows.Bytes);

    // Every cell is a text.
    protected override void CountUnreadable(int field, TextSlice place) =>
        throw new InvalidOperationException("A cell that keeps its text is always read.");

    protected override void CountGuess(int field, DateGuess guess, TextSlice place) => note.CountGuess(guess, place);

    private bool IsRow()
    {
        if (_rows!.Fault == DelimitedFault.Comment)
        {
            if (workbook.Sheets[_sheet].Header.LeftOut.Contains(_rows.Row.Start))
                note.Count(
                    "filled line", "above a header {is|are} left out and may be data", _rows.Row,
                    "give each table a sheet of its own; `lines` reads those above");
            else
                note.Count("title line", "above a header {is|are} left out", _rows.Row);
            return false;
        }

        if (!_isPastHeader)
        {
            _isPastHeader = true;
            if (workbook.Sheets[_sheet].Header.IsDoubtful)
                note.Count("header", "may be a title, or a row", _rows.Row);
            if (workbook.Sheets[_sheet].HasOtherNames)
                note.Count("header", "{spells|spell} a column otherwise than another sheet, in case or blanks, and {is|are} read as that", _rows.Row);
            return false;
        }

        _rowCount++;
        if (_rows.Fault != DelimitedFault.None)
        {
            _leftOut++;
            note.CountFault(_rows);
            return false;
        }

        note.CountMisfit(_rows);
        if (IsTotal())
            note.Count(
                ParseNote.RowNoun, "{begins|begin} with a word for a total and {counts|count} as any other; `where` leaves {it|them} out",
                _rows.Row);
        return true;
    }

    /// <summary>Whether the first cell that is filled says that the row is a sum, and a number stands behind it.</summary>
    private bool IsTotal()
    {
        bool hasWord = false;
        foreach (var cell in _rows!.Cells)
        {
            if (cell.Length == 0)
                continue;
            if (hasWord)
            {
                if (SheetHeader.IsNumber(cell, _rows.Bytes))
                    return true;
            }
            else if (cell.Length > MostTotalBytes || !Totals.Contains(cell.TextIn(_rows.Bytes).Trim().TrimEnd(':')))
            {
                return false;
            }

            hasWord = true;
        }

        return false;
    }
}
