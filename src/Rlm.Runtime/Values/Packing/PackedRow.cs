using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values.Packing;

/// <summary>A row that is kept as its text, or as the place of a long one, and where its fields lie in it.</summary>
internal sealed class PackedRow
{
    private byte[] _bytes = [];
    private int _length;
    private TextSlice _slice;
    private RowLayout? _layout;

    /// <summary>Where the fields lie in the row.</summary>
    public CapturePlace[] Fields { get; private set; } = [];

    private bool IsKnown => _length > 0;

    /// <summary>Becomes another row, whose fields are not known yet.</summary>
    /// <param name="layout">What it has in common with others.</param>
    /// <param name="slice">Where it stands.</param>
    /// <param name="bytes">Its bytes; none of a long one.</param>
    public void Begin(RowLayout layout, in TextSlice slice, ReadOnlySpan<byte> bytes)
    {
        (_layout, _slice, _length) = (layout, slice, bytes.Length);
        if (Fields.Length != layout.Columns.Length)
            Fields = new CapturePlace[layout.Columns.Length];
        if (_bytes.Length < bytes.Length)
            _bytes = new byte[Math.Max(bytes.Length, 2 * _bytes.Length)];
        bytes.CopyTo(_bytes);
    }

    /// <summary>How the texts of a field read.</summary>
    public ColumnReading? ColumnOf(int field) => _layout!.Columns[field];

    /// <summary>The bytes of a field that is there.</summary>
    public ReadOnlySpan<byte> BytesOf(int field) => IsKnown
        ? _bytes.AsSpan(Fields[field].Start, Fields[field].Length)
        : _slice.Source.GetSpan(_slice.Start + Fields[field].Start, Fields[field].Length);

    public Value ValueAt(int field)
    {
        var place = Fields[field];
        if (place.IsNone)
            return NoneValue.Instance;

        var text = new TextValue(_slice with { Start = _slice.Start + place.Start, Length = place.Length }) { Column = ColumnOf(field) };
        if (IsKnown)
            text.KeepBytes(BytesOf(field));
        return text;
    }

    public RecordValue Make()
    {
        var values = new Value[Fields.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = ValueAt(i);
        return new RecordValue(_layout!.Shape, values, new TextValue(_slice));
    }

    /// <summary>Writes it as it was.</summary>
    public void Pack(ValueWriter writer) => writer.AddRow(
        _layout!,
        _slice,
        !IsKnown && _slice.Length <= ValueWriter.MostKnownBytes ? _slice.Source.GetSpan(_slice.Start, (int)_slice.Length) : _bytes.AsSpan(0, _length),
        Fields);
}
