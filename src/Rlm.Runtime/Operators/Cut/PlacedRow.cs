using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>A row whose fields are texts as they stand, by their places.</summary>
internal sealed class PlacedRow : KeptRow
{
    private TextInput _text;
    private RecordShape? _shape;
    private TextSlice _row;
    private (CapturePlace Place, ColumnReading? Column)[] _fields = [];

    public int FieldCount => _fields.Length;

    /// <summary>Begins to keep a row, of which no field is known so far.</summary>
    public void Begin(TextInput text, RecordShape shape, TextSlice row)
    {
        // Texts that are parts of others are told apart by their sources.
        if (_row.Source != row.Source)
            _text = text;
        (_shape, _row) = (shape, row);
        if (_fields.Length != shape.Names.Count)
            _fields = new (CapturePlace, ColumnReading?)[shape.Names.Count];
    }

    public void Set(int field, CapturePlace place, ColumnReading? column) => _fields[field] = (place, column);

    public override Value Make()
    {
        var values = new Value[_fields.Length];
        for (int i = 0; i < values.Length; i++)
        {
            var (place, column) = _fields[i];
            values[i] = place.IsNone
                ? NoneValue.Instance
                : _text.Part(_row with { Start = _row.Start + place.Start, Length = place.Length }, column);
        }

        return new RecordValue(_shape!, values, _text.Part(_row));
    }
}
