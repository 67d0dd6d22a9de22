using System.Buffers;
using System.IO.Hashing;
using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values;

/// <summary>Texts compared, searched and hashed by their UTF-8 bytes, so that a slice is not decoded.</summary>
internal static class TextBytes
{
    private const int WindowBytes = 16 * 1024;

    public static bool Equal(TextValue left, TextValue right) => ReferenceEquals(left, right)
        || (left.LengthBytes == right.LengthBytes && Compare(left, right) == 0);

    /// <summary>Whether a text has these bytes.</summary>
    public static bool Equal(TextValue text, ReadOnlySpan<byte> bytes) => text.LengthBytes == bytes.Length && Compare(text, bytes) == 0;

    /// <summary>The order of a text and of bytes.</summary>
    public static int Compare(TextValue text, ReadOnlySpan<byte> bytes)
    {
        if (text.GetKnownBytes() is { } known)
            return known.AsSpan().SequenceCompareTo(bytes);

        long length = text.LengthBytes;
        int common = (int)Math.Min(length, bytes.Length);
        int window = Math.Min(common, WindowBytes);
        using var textBytes = new ByteWindow(text, window);
        for (int at = 0; at < common; at += window)
        {
            int part = Math.Min(window, common - at);
            int order = textBytes.At(at, part).SequenceCompareTo(bytes.Slice(at, part));
            if (order != 0)
                return order;
        }

        return length.CompareTo(bytes.Length);
    }

    /// <summary>The order of the bytes, which is that of the code points.</summary>
    public static int Compare(TextValue left, TextValue right)
    {
        if (left.Slice is null && right.Slice is null)
            return CompareCodePoints(left.ToString(), right.ToString());

        long leftLength = left.LengthBytes;
        long rightLength = right.LengthBytes;
        long common = Math.Min(leftLength, rightLength);
        int window = (int)Math.Min(common, WindowBytes);
        using var leftBytes = new ByteWindow(left, window);
        using var rightBytes = new ByteWindow(right, window);
        for (long at = 0; at < common; at += window)
        {
            int length = (int)Math.Min(window, common - at);
            int order = leftBytes.At(at, length).SequenceCompareTo(rightBytes.At(at, length));
            if (order != 0)
                return order;
        }

        return leftLength.CompareTo(rightLength);
    }

    public static ulong Hash(TextValue text)
    {
        long length = text.LengthBytes;
        int window = (int)Math.Min(length, WindowBytes);
        using var bytes = new ByteWindow(text, window);
        if (length <= WindowBytes)
            return XxHash3.HashToUInt64(bytes.At(0, window));

        var hash = new XxHash3();
        for (long at = 0; at < length; at += window)
            hash.Append(bytes.At(at, (int)Math.Min(window, length - at)));
        return hash.GetCurrentHashAsUInt64();
    }

    public static bool Contains(TextValue text, TextValue part)
    {
        if (text.Slice is null)
            return text.ToString().Contains(part.ToString(), StringComparison.Ordinal);

        var needle = part.GetKnownBytes() ?? Encoding.UTF8.GetBytes(part.ToString());
        long length = text.LengthBytes;
        if (needle.Length > length)
            return false;

        int window = (int)Math.Min(length, Math.Max(WindowBytes, needle.Length * 2L));
        using var bytes = new ByteWindow(text, window);
        // Windows overlap by a needle less one byte, so that no match falls between two.
        for (long at = 0; at + needle.Length <= length; at += window - needle.Length + 1)
        {
            if (bytes.At(at, (int)Math.Min(window, length - at)).IndexOf(needle) >= 0)
                return true;
        }

        return false;
    }

    public static bool StartsWith(TextValue text, TextValue part) => HasAt(text, part, 0);

    public static bool EndsWith(TextValue text, TextValue part) => HasAt(text, part, text.LengthBytes - part.LengthBytes);

    /// <summary>The number of Unicode characters.</summary>
    public static long Characters(TextValue text)
    {
        long length = text.LengthBytes;
        int window = (int)Math.Min(length, WindowBytes);
        using var bytes = new ByteWindow(text, window);
        long count = 0;
        for (long at = 0; at < length; at += window)
            count += Characters(bytes.At(at, (int)Math.Min(window, length - at)));
        return count;
    }

    /// <summary>The number of Unicode characters that start in the bytes.</summary>
    public static int Characters(ReadOnlySpan<byte> text)
    {
        if (Ascii.IsValid(text))
            return text.Length;

        int count = 0;
        foreach (byte b in text)
        {
            // Every byte but a continuation starts a character.
            if ((b & 0xC0) != 0x80)
                count++;
        }

        return count;
    }

    private static bool HasAt(TextValue text, TextValue part, long start)
    {
        int length = (int)part.LengthBytes;
        if (start < 0 || start + length > text.LengthBytes)
            return false;

        using var bytes = new ByteWindow(text, length);
        using var partBytes = new ByteWindow(part, length);
        return bytes.At(start, length).SequenceEqual(partBytes.At(0, length));
    }

    private static int CompareCodePoints(string left, string right)
    {
        int at = left.AsSpan().CommonPrefixLength(right);
        if (at == left.Length || at == right.Length)
            return left.Length.CompareTo(right.Length);

        char l = left[at];
        char r = right[at];
        // A surrogate stands for a character above U+FFFF, although its own value is below U+E000.
        bool isLeftHigh = char.IsSurrogate(l);
        return isLeftHigh == char.IsSurrogate(r) ? l.CompareTo(r) : isLeftHigh ? 1 : -1;
    }

    /// <summary>A text's bytes, some at a time.</summary>
    private readonly ref struct ByteWindow : IDisposable
    {
        private readonly TextSlice _slice;
        private readonly byte[]? _known;
        private readonly byte[]? _buffer;

        public ByteWindow(TextValue text, int windowBytes)
        {
            _known = text.GetKnownBytes();
            _slice = text.Slice.GetValueOrDefault();
            if (_known is null && _slice.Length > BlockCache.BlockBytes)
                _buffer = ArrayPool<byte>.Shared.Rent(windowBytes);
        }

        public ReadOnlySpan<byte> At(long start, int length)
        {
            if (_known is not null)
                return _known.AsSpan((int)start, length);

            // A short text comes from the cached blocks instead of a system call of its own.
            if (_buffer is null)
                return _slice.Source.GetSpan(_slice.Start + start, length);

            var bytes = _buffer.AsSpan(0, length);
            _slice.Source.Read(_slice.Start + start, bytes);
            return bytes;
        }

        public void Dispose()
        {
            if (_buffer is not null)
                ArrayPool<byte>.Shared.Return(_buffer);
        }
    }
}
