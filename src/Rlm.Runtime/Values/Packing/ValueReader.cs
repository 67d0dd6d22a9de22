using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values.Packing;

/// <summary>Makes values of what a <see cref="ValueWriter"/> wrote of them.</summary>
/// <param name="bytes">What was written.</param>
/// <param name="at">Where the next value begins.</param>
/// <param name="source">The source that most are slices of.</param>
/// <param name="origin">Where places are told from.</param>
/// <param name="objects">What is kept as it is.</param>
internal ref struct ValueReader(ReadOnlySpan<byte> bytes, int at, TextSource? source, long origin, IReadOnlyList<object> objects)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at = at;
    private readonly long _origin = origin;
    private long _end = origin;

    /// <summary>A number as <see cref="ValueWriter.WriteNumber"/> has it.</summary>
    public ulong ReadNumber()
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = _bytes[_at++];
            number |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return number;
        }
    }

    /// <summary>The next value.</summary>
    public Value Read(ColumnReading? column = null)
    {
        switch ((PackedTag)_bytes[_at++])
        {
            case PackedTag.Column:
                return Read((ColumnReading)TakeObject());
            case PackedTag.Slice:
                return new TextValue(ReadSlice(PackedTag.Slice)) { Column = column };
            case PackedTag.SliceOfOther:
                return new TextValue(ReadSlice(PackedTag.SliceOfOther)) { Column = column };
            case PackedTag.KnownSlice:
                var known = new TextValue(ReadSlice()) { Column = column };
                known.KeepBytes(Take((int)known.LengthBytes));
                return known;
            case PackedTag.Computed:
                return new TextValue(ReadChars()) { Column = column };
            case PackedTag.ComputedOf:
                var place = ReadSlice();
                return new TextValue(ReadChars(), place) { Column = column };
            case PackedTag.Number:
                return new NumberValue(ReadDecimal());
            case PackedTag.ReadNumber:
                return NumberValue.Read(ReadDecimal());
            case PackedTag.Record:
                var shape = (RecordShape)TakeObject();
                var from = Read() as TextValue;
                var fields = new Value[shape.Names.Count];
                for (int i = 0; i < fields.Length; i++)
                    fields[i] = Read();
                return new RecordValue(shape, fields, from);
            case PackedTag.Row:
                var row = new PackedRow();
                ReadRow(row);
                return row.Make();
            default:
                return (Value)TakeObject();
        }
    }

    /// <summary>What a text is ordered by; false for any other value, which is not passed.</summary>
    public bool TryReadTextKey(out ReadOnlySpan<byte> text, out ColumnReading? column)
    {
        text = default;
        column = null;
        if ((PackedTag)_bytes[_at] != PackedTag.TextKey)
            return false;

        _at++;
        int index = (int)ReadNumber();
        column = index == 0 ? null : (ColumnReading)objects[index - 1];
        text = Take((int)ReadNumber());
        return true;
    }

    /// <summary>What a point in time is ordered by; false for any other value, which is not passed.</summary>
    public bool TryReadTimeKey(out DateTime instant)
    {
        instant = default;
        if ((PackedTag)_bytes[_at] != PackedTag.TimeKey)
            return false;

        _at++;
        instant = new DateTime(BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long))));
        return true;
    }

    /// <summary>Reads where the fields lie of a row that is kept as its text; false for any other value, which is not passed.</summary>
    public bool TryReadRow(PackedRow row)
    {
        if ((PackedTag)_bytes[_at] != PackedTag.Row)
            return false;

        _at++;
        ReadRow(row);
        return true;
    }

    /// <summary>Reads a text that is a slice; false for any other value, which is not passed.</summary>
    public bool TryReadText(out TextSlice slice, out ReadOnlySpan<byte> known, out ColumnReading? column)
    {
        slice = default;
        known = default;
        column = null;
        int start = _at;
        if ((PackedTag)_bytes[_at] == PackedTag.Column)
        {
            _at++;
            column = (ColumnReading)TakeObject();
        }

        bool isKnown = (PackedTag)_bytes[_at] == PackedTag.KnownSlice;
        if (isKnown)
            _at++;
        if ((PackedTag)_bytes[_at] is not (PackedTag.Slice or PackedTag.SliceOfOther))
        {
            _at = start;
            return false;
        }

        slice = ReadSlice();
        known = isKnown ? Take((int)slice.Length) : default;
        return true;
    }

    /// <summary>Goes on at a place.</summary>
    public void MoveTo(int place) => (_at, _end) = (place, _origin);

    public readonly int At => _at;

    private void ReadRow(PackedRow row)
    {
        var layout = (RowLayout)TakeObject();
        var slice = ReadSlice();
        row.Begin(layout, slice, Take((int)ReadNumber()));
        int end = 0;
        for (int i = 0; i < layout.Columns.Length; i++)
        {
            ulong length = ReadNumber();
            var place = length == 0 ? CapturePlace.None : new CapturePlace(end + (int)ReadStep(), (int)length - 1);
            row.Fields[i] = place;
            if (!place.IsNone)
                end = place.Start + place.Length;
        }
    }

    private TextSlice ReadSlice() => ReadSlice((PackedTag)_bytes[_at++]);

    private TextSlice ReadSlice(PackedTag tag)
    {
        if (tag == PackedTag.SliceOfOther)
            return new TextSlice((TextSource)TakeObject(), (long)ReadNumber(), (long)ReadNumber());

        var slice = new TextSlice(source!, _end + ReadStep(), (long)ReadNumber());
        _end = slice.End;
        return slice;
    }

    private long ReadStep()
    {
        ulong step = ReadNumber();
        return (long)(step >> 1) ^ -(long)(step & 1);
    }

    private string ReadChars() => new(MemoryMarshal.Cast<byte, char>(Take((int)ReadNumber() * sizeof(char))));

    private decimal ReadDecimal()
    {
        ulong bits = ReadNumber();
        return new decimal((int)(uint)(bits >> 1), (int)(bits >> 33), 0, (bits & 1) == 1, _bytes[_at++]);
    }

    private object TakeObject() => objects[(int)ReadNumber()];

    private ReadOnlySpan<byte> Take(int length)
    {
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
