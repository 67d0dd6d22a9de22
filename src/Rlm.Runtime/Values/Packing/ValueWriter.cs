using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values.Packing;

/// <summary>Writes values in a few bytes each, which a <see cref="ValueReader"/> makes them of again.</summary>
/// <param name="objects">What they share.</param>
internal sealed class ValueWriter(PackedObjects objects)
{
    /// <summary>The longest text whose bytes are kept beside its place, so that nobody looks for them all over the source.</summary>
    public const int MostKnownBytes = 512;

    private const int NearBytes = 64 * 1024;

    private const int MostChars = 1024;

    private byte[] _bytes = new byte[256];
    private int _length;
    private long _end;
    private TextSource? _source;
    private long _next;

    public PackedObjects Objects { get; private set; } = objects;

    /// <summary>Whether no bytes are kept of what stands near behind the item before, where they are read one after the other.</summary>
    public bool LeavesOutNear { get; init; }

    /// <summary>The shape of the item that was added last, where it is a record.</summary>
    public RecordShape? Shape { get; private set; }

    /// <summary>The same of one that was added as a row.</summary>
    public RowLayout? Layout { get; private set; }

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Starts with nothing, and with other things that values share.</summary>
    public void Begin(PackedObjects shared)
    {
        Clear();
        Objects = shared;
    }

    /// <summary>Writes a number by its bits, those of a small one in one byte.</summary>
    public void WriteNumber(ulong number)
    {
        var room = Room(10);
        int length = 0;
        for (; number >= 0x80; number >>= 7)
            room[length++] = (byte)(number | 0x80);
        room[length++] = (byte)number;
        _length += length;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Add(Value value)
    {
        _end = Objects.Origin;
        (Shape, Layout) = ((value as RecordValue)?.Shape, null);
        Write(value);
    }

    /// <summary>A slice whose bytes are at hand.</summary>
    public void AddText(in TextSlice slice, ColumnReading? column, ReadOnlySpan<byte> bytes)
    {
        _end = Objects.Origin;
        (Shape, Layout) = (null, null);
        WriteText(slice, column, MayBeLeftOut(slice) ? [] : bytes);
    }

    /// <summary>A row whose fields are parts of it.</summary>
    /// <param name="layout">What all such rows have in common.</param>
    /// <param name="row">Where it stands.</param>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="fields">Where its fields lie in it.</param>
    public void AddRow(RowLayout layout, in TextSlice row, ReadOnlySpan<byte> bytes, ReadOnlySpan<CapturePlace> fields)
    {
        _end = Objects.Origin;
        (Shape, Layout) = (layout.Shape, layout);
        Write(PackedTag.Row, layout);
        Write(row);
        int known = bytes.Length <= MostKnownBytes && !MayBeLeftOut(row) ? bytes.Length : 0;
        WriteNumber((ulong)known);
        WriteBytes(bytes[..known]);
        int end = 0;
        foreach (var field in fields)
        {
            WriteNumber(field.IsNone ? 0 : (ulong)field.Length + 1);
            if (field.IsNone)
                continue;
            WriteStep(field.Start - end);
            end = field.Start + field.Length;
        }
    }

    /// <summary>What a text is ordered by.</summary>
    public void AddTextKey(ReadOnlySpan<byte> bytes, ColumnReading? column)
    {
        Write(PackedTag.TextKey);
        WriteNumber(column is null ? 0 : (ulong)Objects.IndexOf(column) + 1);
        WriteNumber((ulong)bytes.Length);
        WriteBytes(bytes);
    }

    /// <summary>What a point in time is ordered by.</summary>
    public void AddTimeKey(DateTime instant)
    {
        Write(PackedTag.TimeKey);
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), instant.Ticks);
        _length += sizeof(long);
    }

    private bool MayBeLeftOut(in TextSlice slice)
    {
        bool isNear = LeavesOutNear && slice.Source == _source && slice.Start - _next is >= 0 and < NearBytes;
        (_source, _next) = (slice.Source, slice.End);
        return isNear;
    }

    private void Write(Value value)
    {
        switch (value)
        {
            case TextValue { IsOnlySlice: true, Slice: { } slice } text:
                WriteText(slice, text.Column, text.GetKnownBytes() ?? []);
                break;
            case TextValue { IsBare: true, Slice: null } text when text.ToString() is { Length: <= MostChars } characters:
                Write(text.Column);
                Write(text.Origin is null ? PackedTag.Computed : PackedTag.ComputedOf);
                if (text.Origin is { } origin)
                    Write(origin);
                WriteNumber((ulong)characters.Length);
                WriteBytes(MemoryMarshal.AsBytes(characters.AsSpan()));
                break;
            case NumberValue
            {
                Written: null, Decimals: null, MostDecimals: null,
                Number: { IsExact: true, InDecimal: var number }
            } when IsShort(number):
                Write(number, ((NumberValue)value).IsRead ? PackedTag.ReadNumber : PackedTag.Number);
                break;
            case RecordValue record:
                Write(PackedTag.Record, record.Shape);
                Write(record.Origin ?? (Value)NoneValue.Instance);
                foreach (var field in record.Fields)
                    Write(field);
                break;
            default:
                Write(PackedTag.Object, value);
                break;
        }
    }

    private void WriteText(in TextSlice slice, ColumnReading? column, ReadOnlySpan<byte> bytes)
    {
        bool isKnown = bytes.Length is > 0 and <= MostKnownBytes;
        Write(column);
        if (isKnown)
            Write(PackedTag.KnownSlice);
        Write(slice);
        if (isKnown)
            WriteBytes(bytes);
    }

    private void Write(ColumnReading? column)
    {
        if (column is not null)
            Write(PackedTag.Column, column);
    }

    private void Write(in TextSlice slice)
    {
        bool isFirst = Objects.Source is null;
        if (Objects.IsOfSource(slice))
        {
            Write(PackedTag.Slice);
            WriteStep(slice.Start - (isFirst ? Objects.Origin : _end));
            _end = slice.End;
        }
        else
        {
            Write(PackedTag.SliceOfOther, slice.Source);
            WriteNumber((ulong)slice.Start);
        }

        WriteNumber((ulong)slice.Length);
    }

    /// <summary>Writes a step, whose sign stands in the lowest bit, so that a small step back is a small number too.</summary>
    private void WriteStep(long step) => WriteNumber((ulong)((step << 1) ^ (step >> 63)));

    private static bool IsShort(decimal number)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        return parts[2] == 0 && parts[1] >= 0;
    }

    private void Write(decimal number, PackedTag tag)
    {
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(number, parts);
        Write(tag);
        WriteNumber(((ulong)parts[1] << 33) | ((ulong)(uint)parts[0] << 1) | (decimal.IsNegative(number) ? 1u : 0));
        Room(1)[0] = number.Scale;
        _length++;
    }

    private void Write(PackedTag tag, object kept)
    {
        Write(tag);
        WriteNumber((ulong)Objects.IndexOf(kept));
    }

    private void Write(PackedTag tag)
    {
        Room(1)[0] = (byte)tag;
        _length++;
    }

    /// <summary>The bytes behind what is written, at least so many.</summary>
    private Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
            Array.Resize(ref _bytes, Math.Max(_length + bytes, 2 * _bytes.Length));
        return _bytes.AsSpan(_length);
    }
}
