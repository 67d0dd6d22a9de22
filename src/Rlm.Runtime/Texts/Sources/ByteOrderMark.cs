using System.Text;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>The mark at a text's start.</summary>
/// <param name="LengthBytes">Its length in bytes.</param>
/// <param name="Encoding">The encoding to transcode from; null for UTF-8.</param>
internal readonly record struct ByteOrderMark(int LengthBytes, Encoding? Encoding)
{
    /// <summary>How many bytes <see cref="Find"/> needs to see.</summary>
    public const int MaxLengthBytes = 4;

    public static ByteOrderMark? Find(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("\uFEFF"u8))
            return new ByteOrderMark(3, null);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]))
            return new ByteOrderMark(4, Encoding.UTF32);
        if (start.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]))
            return new ByteOrderMark(4, new UTF32Encoding(bigEndian: true, byteOrderMark: true));
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return new ByteOrderMark(2, Encoding.Unicode);
        if (start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return new ByteOrderMark(2, Encoding.BigEndianUnicode);
        return null;
    }
}
