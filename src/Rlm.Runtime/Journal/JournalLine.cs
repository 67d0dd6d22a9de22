using System.Buffers.Text;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Rlm.Runtime.Journal;

/// <summary>One line of a journal: a JSON object that ends with its number in the file and a checksum over all before it.</summary>
internal static class JournalLine
{
    public const string Number = "line", Sum = "sum";

    private const int HexDigits = 16;

    private static ReadOnlySpan<byte> SumOpens => ",\"sum\":\""u8;

    private static ReadOnlySpan<byte> SumCloses => "\"}"u8;

    /// <summary>The whole line of an object that is open.</summary>
    public static byte[] Seal(ReadOnlySpan<byte> opened, long number)
    {
        byte[] ended = [.. opened, .. Encoding.ASCII.GetBytes(Invariant($",\"{Number}\":{number}"))];
        return [.. ended, .. SumOpens, .. Encoding.ASCII.GetBytes(SumOf(ended).ToString("x16", CultureInfo.InvariantCulture)), .. SumCloses,
            (byte)'\n'];
    }

    /// <summary>Whether the line is as it was written; null for one of a version that wrote no sums.</summary>
    public static bool? IsWhole(ReadOnlySpan<byte> line)
    {
        int tail = SumOpens.Length + HexDigits + SumCloses.Length;
        if (line.Length < tail || !line[^tail..].StartsWith(SumOpens))
            return null;

        var written = line[^(HexDigits + SumCloses.Length)..];
        Span<byte> sum = stackalloc byte[HexDigits];
        Utf8Formatter.TryFormat(SumOf(line[..^tail]), sum, out _, new System.Buffers.StandardFormat('x', HexDigits));
        return written.StartsWith(sum) && written.EndsWith(SumCloses);
    }

    /// <summary>The number that the line says it has; null for none.</summary>
    public static long? NumberOf(JsonElement entry) => entry.TryGetProperty(Number, out var number)
        && number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long value) ? value : null;

    private static ulong SumOf(ReadOnlySpan<byte> line) => XxHash3.HashToUInt64(line);
}
