using System.Buffers.Binary;

namespace Rlm.Files.Packages;

/// <summary>
/// Holds the names that a zip file has in its list of parts against those that stand before the parts. The library looks at the first
/// only, so that one damaged letter would make a part that is not looked for.
/// </summary>
internal static class PartNames
{
    private const int EndBytes = 22;
    private const int MaxCommentBytes = ushort.MaxValue;
    private const int ListedBytes = 46;
    private const int LocalBytes = 30;

    private static ReadOnlySpan<byte> End => "PK\u0005\u0006"u8;

    private static ReadOnlySpan<byte> Listed => "PK\u0001\u0002"u8;

    private static ReadOnlySpan<byte> Local => "PK\u0003\u0004"u8;

    /// <param name="file">The file, which can seek.</param>
    /// <exception cref="InvalidDataException">A part has two names.</exception>
    public static void Check(Stream file)
    {
        long length = file.Length;
        byte[] tail = Read(file, Math.Max(0, length - EndBytes - MaxCommentBytes), (int)Math.Min(length, EndBytes + MaxCommentBytes));
        int end = tail.AsSpan(0, Math.Max(0, tail.Length - EndBytes + End.Length)).LastIndexOf(End);
        if (end < 0)
            throw new InvalidDataException("its list of parts is missing");

        long at = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        for (int i = 0; i < count; i++)
        {
            byte[] listed = Read(file, at, ListedBytes);
            // Files larger than 4 GiB have their offsets elsewhere.
            if (!listed.AsSpan().StartsWith(Listed) || BinaryPrimitives.ReadUInt32LittleEndian(listed.AsSpan(42)) is uint.MaxValue)
                return;

            int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(listed.AsSpan(28));
            byte[] name = Read(file, at + ListedBytes, nameBytes);
            long part = BinaryPrimitives.ReadUInt32LittleEndian(listed.AsSpan(42));
            byte[] local = Read(file, part, LocalBytes + nameBytes);
            if (!local.AsSpan().StartsWith(Local) || BinaryPrimitives.ReadUInt16LittleEndian(local.AsSpan(26)) != nameBytes
                || !local.AsSpan(LocalBytes).SequenceEqual(name))
                throw new InvalidDataException("a part has two names");

            at += ListedBytes + nameBytes + BinaryPrimitives.ReadUInt16LittleEndian(listed.AsSpan(30))
                + BinaryPrimitives.ReadUInt16LittleEndian(listed.AsSpan(32));
        }
    }

    private static byte[] Read(Stream file, long at, int count)
    {
        byte[] bytes = new byte[count];
        file.Position = at;
        file.ReadExactly(bytes);
        return bytes;
    }
}
