using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values;

/// <summary>
/// Some values in a few bytes each, made again when they are looked at: slices and numbers as numbers, rows as their
/// fields, everything else as it is.
/// </summary>
internal sealed class PackedValues
{
    private readonly TextSource? _source;
    private readonly long _origin;
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly object[] _objects;

    private PackedValues(Writer writer)
    {
        _source = writer.Source;
        _origin = writer.Origin;
        _bytes = writer.Bytes.ToArray();
        _starts = [.. writer.Starts];
        _objects = [.. writer.Objects];
    }

    /// <summary>What stands at the head of a value.</summary>
    private enum Tag : byte
    {
        /// <summary>A value that is kept as it is: its index.</summary>
        Object,

        /// <summary>A computed text without an origin: its string's index.</summary>
        Text,

        /// <summary>A slice of the first source: how far it starts behind the last one of the row, and its length.</summary>
        Slice,

        /// <summary>The index of the column that the slice behind it is of.</summary>
        Column,

        /// <summary>A slice of another source: the source's index, start and length.</summary>
        SliceOfOther,

        /// <summary>A number of at most 63 bits and its sign, and its scale.</summary>
        Number,

        /// <summary>The same of a number that was read.</summary>
        ReadNumber,

        /// <summary>A row: its shape's index, origin and fields.</summary>
        Record,
    }

    /// <summary>The value at a place.</summary>
    public Value this[int index]
    {
        get
        {
            var reader = new Reader(this, _starts[index]);
            return reader.ReadNext();
        }
    }

    public static PackedValues Of(IReadOnlyList<Value> values)
    {
        var writer = new Writer();
        foreach (var value in values)
            writer.Add(value);

        return new PackedValues(writer);
    }

    private sealed class Writer
    {
        private readonly Dictionary<object, int> _indexes = new(ReferenceEqualityComparer.Instance);
        private long _end;

        public List<byte> Bytes { get; } = [];

        public List<int> Starts { get; } = [];

        public List<object> Objects { get; } = [];

        public TextSource? Source { get; private set; }

        /// <summary>Where the first slice of the source starts, which places are told from.</summary>
        public long Origin { get; private set; }

        public void Add(Value value)
        {
            Starts.Add(Bytes.Count);
            _end = Origin;
            Write(value);
        }

        private void Write(Value value)
        {
            switch (value)
            {
                case TextValue { IsOnlySlice: true, Slice: { } slice } text:
                    if (text.Column is { } column)
                        Write(Tag.Column, column);
                    Write(slice);
                    break;
                case TextValue { IsOnlyString: true, Column: null } text:
                    Write(Tag.Text, text.ToString());
                    break;
                case NumberValue
                {
                    Written: null, Decimals: null, MostDecimals: null,
                    Number: { IsExact: true, InDecimal: var number }
                } when IsShort(number):
                    Write(number, ((NumberValue)value).IsRead ? Tag.ReadNumber : Tag.Number);
                    break;
                case RecordValue record:
                    Write(Tag.Record, record.Shape);
                    Write(record.Origin ?? (Value)NoneValue.Instance);
                    foreach (var field in record.Fields)
                        Write(field);
                    break;
                default:
                    Write(Tag.Object, value);
                    break;
            }
        }

        private void Write(TextSlice slice)
        {
            if (Source is null)
                (Source, Origin, _end) = (slice.Source, slice.Start, slice.Start);

            if (slice.Source == Source)
            {
                // The sign stands in the lowest bit, so that a small step back is a small number too.
                long step = slice.Start - _end;
                Bytes.Add((byte)Tag.Slice);
                Write((ulong)((step << 1) ^ (step >> 63)));
                _end = slice.End;
            }
            else
            {
                Write(Tag.SliceOfOther, slice.Source);
                Write((ulong)slice.Start);
            }

            Write((ulong)slice.Length);
        }

        private static bool IsShort(decimal number)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(number, parts);
            return parts[2] == 0 && parts[1] >= 0;
        }

        private void Write(decimal number, Tag tag)
        {
            Span<int> parts = stackalloc int[4];
            decimal.GetBits(number, parts);
            Bytes.Add((byte)tag);
            Write(((ulong)parts[1] << 33) | ((ulong)(uint)parts[0] << 1) | (decimal.IsNegative(number) ? 1u : 0));
            Bytes.Add(number.Scale);
        }

        private void Write(Tag tag, object kept)
        {
            if (!_indexes.TryGetValue(kept, out int index))
            {
                _indexes.Add(kept, index = Objects.Count);
                Objects.Add(kept);
            }

            Bytes.Add((byte)tag);
            Write((ulong)index);
        }

        private void Write(ulong number)
        {
            for (; number >= 0x80; number >>= 7)
                Bytes.Add((byte)(number | 0x80));
            Bytes.Add((byte)number);
        }
    }

    private ref struct Reader(PackedValues packed, int at)
    {
        private long _end = packed._origin;
        private int _at = at;

        public Value ReadNext(ColumnReading? column = null)
        {
            switch ((Tag)packed._bytes[_at++])
            {
                case Tag.Column:
                    return ReadNext((ColumnReading)TakeObject());
                case Tag.Text:
                    return new TextValue((string)TakeObject());
                case Tag.Slice:
                    ulong step = Number();
                    var slice = new TextSlice(packed._source!, _end + ((long)(step >> 1) ^ -(long)(step & 1)), (long)Number());
                    _end = slice.End;
                    return new TextValue(slice) { Column = column };
                case Tag.SliceOfOther:
                    return new TextValue(new TextSlice((TextSource)TakeObject(), (long)Number(), (long)Number())) { Column = column };
                case Tag.Number:
                    return new NumberValue(Decimal());
                case Tag.ReadNumber:
                    return NumberValue.Read(Decimal());
                case Tag.Record:
                    var shape = (RecordShape)TakeObject();
                    var origin = ReadNext() as TextValue;
                    var fields = new Value[shape.Names.Count];
                    for (int i = 0; i < fields.Length; i++)
                        fields[i] = ReadNext();
                    return new RecordValue(shape, fields, origin);
                default:
                    return (Value)TakeObject();
            }
        }

        private object TakeObject() => packed._objects[(int)Number()];

        private decimal Decimal()
        {
            ulong bits = Number();
            return new decimal((int)(uint)(bits >> 1), (int)(bits >> 33), 0, (bits & 1) == 1, packed._bytes[_at++]);
        }

        private ulong Number()
        {
            ulong number = 0;
            for (int shift = 0; ; shift += 7)
            {
                byte next = packed._bytes[_at++];
                number |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return number;
            }
        }
    }
}
