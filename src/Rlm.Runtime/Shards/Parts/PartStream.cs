using System.IO.Hashing;
using System.Text;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>Numbers and texts of a part, as they are written and read again.</summary>
/// <param name="inner">The file, which its owner disposes of.</param>
/// <param name="maxBytes">The most that may be written.</param>
internal sealed class PartStream(Stream inner, long maxBytes = long.MaxValue)
{
    private const int BufferBytes = 256 * 1024;

    // Longer than any name, program or list that a part has.
    private const int MaxBytes = 1 << 30;

    private readonly XxHash128 _hash = new();

    /// <summary>The hash of what was written.</summary>
    public byte[] Hash => _hash.GetCurrentHash();

    /// <summary>Reads what was written so far, from an offset of the file on.</summary>
    public T ReadBack<T>(long offset, Func<PartStream, T> read)
    {
        long end = inner.Position;
        inner.Position = offset;
        var result = read(new PartStream(inner));
        inner.Position = end;
        return result;
    }

    public static TextException MakeTooLarge(long maxBytes) => new(
        Invariant($"more is kept of the texts than the {maxBytes:N0} bytes that a part may have: leave more lines out in the first stages, as with grep"));

    public void WriteNumber(long number)
    {
        // The sign stands in the lowest bit.
        ulong rest = (ulong)((number << 1) ^ (number >> 63));
        Span<byte> bytes = stackalloc byte[10];
        int length = 0;
        for (; rest >= 0x80; rest >>= 7)
            bytes[length++] = (byte)(rest | 0x80);
        bytes[length++] = (byte)rest;
        WriteBytes(bytes[..length]);
    }

    public long ReadNumber()
    {
        ulong number = 0;
        Span<byte> next = stackalloc byte[1];
        for (int shift = 0; shift < 64; shift += 7)
        {
            inner.ReadExactly(next);
            number |= (ulong)(next[0] & 0x7F) << shift;
            if (next[0] < 0x80)
                break;
        }

        return (long)(number >> 1) ^ -(long)(number & 1);
    }

    /// <summary>Reads a number that is not negative.</summary>
    /// <exception cref="EndOfStreamException">It is.</exception>
    public long ReadCount() => ReadNumber() is >= 0 and var count ? count : throw new EndOfStreamException();

    public void WriteFlag(bool flag) => WriteNumber(flag ? 1 : 0);

    public bool ReadFlag() => ReadNumber() != 0;

    public void WriteDouble(double number) => WriteNumber(BitConverter.DoubleToInt64Bits(number));

    public double ReadDouble() => BitConverter.Int64BitsToDouble(ReadNumber());

    public void WriteText(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteNumber(bytes.Length);
        WriteBytes(bytes);
    }

    public string ReadText()
    {
        byte[] bytes = new byte[ReadLength()];
        inner.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Writes a value that may be missing.</summary>
    public void WriteOptional<T>(T? value, Action<PartStream, T> write)
        where T : class
    {
        WriteFlag(value is not null);
        if (value is not null)
            write(this, value);
    }

    public T? ReadOptional<T>(Func<PartStream, T> read)
        where T : class => ReadFlag() ? read(this) : null;

    public void WriteAll<T>(IReadOnlyCollection<T> items, Action<PartStream, T> write)
    {
        WriteNumber(items.Count);
        foreach (var item in items)
            write(this, item);
    }

    public List<T> ReadAll<T>(Func<PartStream, T> read)
    {
        int count = ReadLength();
        var items = new List<T>();
        for (int i = 0; i < count; i++)
            items.Add(read(this));
        return items;
    }

    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        if (inner.Position + bytes.Length > maxBytes)
            throw MakeTooLarge(maxBytes);
        _hash.Append(bytes);
        inner.Write(bytes);
    }

    /// <summary>Reads so many bytes, and hands them on a block at a time.</summary>
    public void ReadBytes(long count, Action<ReadOnlySpan<byte>> take)
    {
        byte[] buffer = new byte[(int)Math.Min(BufferBytes, count)];
        for (long left = count; left > 0;)
        {
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
            inner.ReadExactly(block);
            take(block);
            left -= block.Length;
        }
    }

    private int ReadLength() => ReadNumber() is >= 0 and <= MaxBytes and var length ? (int)length : throw new EndOfStreamException();
}
