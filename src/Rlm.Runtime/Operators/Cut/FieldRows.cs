using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>Rows whose fields are parts of a text, each read as its type when it is asked for.</summary>
/// <param name="text">The text.</param>
/// <param name="shape">The fields' names.</param>
/// <param name="types">Their types; null for texts as they stand.</param>
/// <param name="columns">How texts as they stand read; null where nobody asks.</param>
internal abstract class FieldRows(
    TextInput text, RecordShape shape, IReadOnlyList<RlmType?> types, IReadOnlyList<ColumnReading>? columns) : RowReader
{
    private readonly Field[] _fields = [.. types.Select((type, i) => new Field(type, columns?[i]))];

    // Of rows that are packed alone.
    private RowLayout? _layout;
    private CapturePlace[] _places = [];
    private long _row;

    /// <summary>The run's clock.</summary>
    public DateTime? Now { get; init; }

    /// <summary>In how many rows a field was read so far.</summary>
    protected long ReadCount(int field) => _fields[field].ReadCount;

    /// <summary>Where the row stands.</summary>
    protected abstract TextSlice Row { get; }

    /// <summary>The row's bytes.</summary>
    protected abstract ReadOnlySpan<byte> Bytes { get; }

    public override Cell CellAt(int field)
    {
        var read = Read(field);
        if (read.Kind == CellKind.Text)
            return Cell.OfText(Bytes.Slice(read.Place.Start, read.Place.Length), read.Column);
        if (read.Kind == CellKind.Number)
            return Cell.OfNumber(read.Number);
        return read.Kind == CellKind.Date ? Cell.OfDay(read.Day) : Cell.Of(read.Value!);
    }

    public override Value ValueAt(int field)
    {
        var read = Read(field);
        return read.Value ??= read.Kind == CellKind.Number
            ? new NumberValue(read.Number)
            : FieldReading.Read(text.Part(SliceOf(read.Place), read.Column), read.Type, Now)!;
    }

    public override KeptRow Keep(KeptRow? used)
    {
        var kept = BeginKept(used);
        for (int i = 0; i < _fields.Length; i++)
        {
            var field = Read(i);
            if (field.Kind != CellKind.Text && !field.Place.IsNone)
                return KeptRow.Made.Of(Item, used);
            kept.Set(i, field.Place, field.Column);
        }

        return kept;
    }

    public override void Pack(ValueWriter writer)
    {
        if (_layout is null)
        {
            _layout = new RowLayout(shape, [.. types.Select((_, i) => columns?[i])]);
            _places = new CapturePlace[types.Count];
        }

        bool isPlain = !text.IsComputed;
        for (int i = 0; isPlain && i < _fields.Length; i++)
        {
            var field = Read(i);
            isPlain = field.Place.IsNone || (field.Kind == CellKind.Text && field.Column == _layout.Columns[i]);
            _places[i] = field.Place;
        }

        if (isPlain)
            writer.AddRow(_layout, Row, Bytes, _places);
        else
            writer.Add(Item);
    }

    /// <summary>Reads all rows for what the texts of a field tell together.</summary>
    public void AddTo(ColumnEvidence evidence, int field)
    {
        while (MoveNext())
        {
            var cell = CellAt(field);
            if (cell.Kind == CellKind.Text && HasKnownPoint(field))
                evidence.AddKnown(cell.Text);
            else if (cell.Kind == CellKind.Text)
                evidence.Add(cell.Text);
            else if (cell.ToValue() is TextValue written)
                evidence.Add(Encoding.UTF8.GetBytes(written.ToString()));
        }
    }

    /// <summary>A row that is kept, of which no field is known so far.</summary>
    protected PlacedRow BeginKept(KeptRow? used)
    {
        var kept = used as PlacedRow ?? new PlacedRow();
        kept.Begin(text, shape, Row);
        return kept;
    }

    /// <summary>How the texts of a field read.</summary>
    protected ColumnReading? ColumnOf(int field) => _fields[field].Column;

    protected override bool Advance()
    {
        _row++;
        return AdvanceRow();
    }

    protected override Value MakeItem()
    {
        var values = new Value[_fields.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueAt(i);
        return new RecordValue(shape, values, text.Part(Row));
    }

    protected abstract bool AdvanceRow();

    /// <summary>Where a field of the row lies.</summary>
    protected abstract CapturePlace PlaceOf(int field);

    /// <summary>The text of the field whose place was asked for, where that is not its bytes as they stand; null where it is.</summary>
    protected virtual string? ReadWritten(int field) => null;

    /// <summary>Whether a field of the row is a number whose point is known to be decimal, whatever the texts of its column tell.</summary>
    protected virtual bool HasKnownPoint(int field) => false;

    /// <summary>Counts a field that is none because it is not of its type.</summary>
    protected abstract void CountUnreadable(int field, TextSlice place);

    /// <summary>Counts a date whose text does not say it whole.</summary>
    protected abstract void CountGuess(int field, DateGuess guess, TextSlice place);

    private TextSlice SliceOf(CapturePlace place) => Row with { Start = Row.Start + place.Start, Length = place.Length };

    private Field Read(int index)
    {
        var field = _fields[index];
        if (field.Row == _row)
            return field;

        field.Row = _row;
        field.ReadCount++;
        field.Value = null;
        field.Place = PlaceOf(index);
        field.Kind = CellKind.Value;
        field.HasKnownPoint = HasKnownPoint(index);
        if (field.Place.IsNone)
        {
            field.Value = NoneValue.Instance;
            return field;
        }

        string? written = ReadWritten(index);
        if (written is null && field.IsText)
        {
            field.Kind = CellKind.Text;
        }
        else if (written is null && field.IsNumber && (field.Column ?? ColumnReading.None)
            .ReadNumber(Bytes.Slice(field.Place.Start, field.Place.Length)) is { IsExact: true, InDecimal: var number })
        {
            field.Kind = CellKind.Number;
            field.Number = number;
        }
        else if (written is null && field.IsDate && DateText.TryReadDay(Bytes.Slice(field.Place.Start, field.Place.Length)) is { } day)
        {
            field.Kind = CellKind.Date;
            field.Day = day;
        }
        else
        {
            var slice = SliceOf(field.Place);
            field.Value = FieldReading.Read(written is null ? text.Part(slice, field.Column) : new TextValue(
                written, text.IsComputed ? text.Origin : slice)
            { Column = field.Column }, field.Type, Now);
            if (field.Value is null)
            {
                CountUnreadable(index, slice);
                field.Value = NoneValue.Instance;
            }
            else if (field.Value is DateValue { Point.Guess: not DateGuess.None and var guess })
            {
                CountGuess(index, guess, slice);
            }
        }

        return field;
    }

    /// <summary>A field of the row that it was last read of.</summary>
    private sealed class Field(RlmType? type, ColumnReading? column)
    {
        private ColumnReading? _withKnownPoints;

        public RlmType? Type => type;

        public ColumnReading? Column => HasKnownPoint && column is not null ? _withKnownPoints ??= column.WithKnownPoints() : column;

        public bool HasKnownPoint { get; set; }

        public bool IsText { get; } = type is null || type.Required == RlmType.Text || type.Required == RlmType.Quote;

        public bool IsNumber { get; } = type?.Required == RlmType.Number;

        public bool IsDate { get; } = type?.Required == RlmType.Date;

        /// <summary>Of which row, counted from 1, the rest is.</summary>
        public long Row { get; set; }

        /// <summary>In how many rows it was read.</summary>
        public long ReadCount { get; set; }

        public CapturePlace Place { get; set; }

        public CellKind Kind { get; set; }

        public decimal Number { get; set; }

        public DateTime Day { get; set; }

        public Value? Value { get; set; }
    }
}
