using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Rlm.Files.Databases;

/// <summary>Reads the values of a record.</summary>
internal static class RowRecord
{
    /// <summary>More columns a table cannot have.</summary>
    private const int MaxValues = 32_767;

    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static List<StoredValue> Read(ReadOnlySpan<byte> record, Encoding encoding)
    {
        var types = record;
        long head = VariableInteger.Read(ref types);
        if (head > record.Length || head < record.Length - types.Length)
            throw new InvalidDataException("a row is damaged");

        var content = record[(int)head..];
        types = types[..(int)(head - (record.Length - types.Length))];
        var values = new List<StoredValue>();
        while (types.Length > 0)
        {
            long type = VariableInteger.Read(ref types);
            long length = LengthOf(type);
            if (length > content.Length || values.Count == MaxValues)
                throw new InvalidDataException(values.Count == MaxValues ? "a row has too many values" : "a row is cut off");

            values.Add(ReadValue(type, content[..(int)length], encoding));
            content = content[(int)length..];
        }

        return values;
    }

    private static long LengthOf(long type) => type switch
    {
        0 or 8 or 9 => 0,
        >= 1 and <= 4 => type,
        5 => 6,
        6 or 7 => 8,
        >= 12 => (type - 12) / 2,
        _ => throw new InvalidDataException("a row has a value of a kind that there is not"),
    };

    private static StoredValue ReadValue(long type, ReadOnlySpan<byte> bytes, Encoding encoding) => type switch
    {
        0 => StoredValue.None,
        7 => new(StoredValueKind.Number, BinaryPrimitives.ReadDoubleBigEndian(bytes).ToString("R", CultureInfo.InvariantCulture)),
        8 => new(StoredValueKind.Number, "0"),
        9 => new(StoredValueKind.Number, "1"),
        < 7 => new(StoredValueKind.Number, Invariant($"{ReadInteger(bytes)}")),
        _ when type % 2 == 0 => new(StoredValueKind.Bytes, ""),
        _ => ReadText(bytes, encoding),
    };

    private static long ReadInteger(ReadOnlySpan<byte> bytes)
    {
        long value = (sbyte)bytes[0];
        foreach (byte next in bytes[1..])
            value = (value << 8) | next;
        return value;
    }

    private static StoredValue ReadText(ReadOnlySpan<byte> bytes, Encoding encoding)
    {
        try
        {
            return new(StoredValueKind.Text, encoding.GetString(bytes));
        }
        catch (DecoderFallbackException)
        {
            var lenient = Encoding.GetEncoding(encoding.CodePage);
            return new(StoredValueKind.DamagedText, lenient.GetString(bytes));
        }
    }
}
