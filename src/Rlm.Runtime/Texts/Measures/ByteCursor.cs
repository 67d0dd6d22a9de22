using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>Single bytes and characters of a slice, mostly in ascending order.</summary>
internal sealed class ByteCursor(TextSlice slice, CancellationToken cancellationToken = default)
{
    private const int WindowBytes = 32 * 1024;

    private readonly byte[] _window = new byte[(int)Math.Min(WindowBytes, slice.Length)];
    private long _start = -1;
    private int _length;

    /// <summary>The byte at an offset of the source that lies in the slice.</summary>
    public byte this[long at]
    {
        get
        {
            long index = at - _start;
            if (_start < 0 || (ulong)index >= (ulong)_length)
            {
                Fill(at);
                index = at - _start;
            }

            return _window[index];
        }
    }

    /// <summary>The code point at an offset and its length in bytes; the replacement character for bytes that are none.</summary>
    public Rune RuneAt(long at, out int length)
    {
        Span<byte> bytes = stackalloc byte[4];
        int count = (int)Math.Min(4, slice.End - at);
        for (int i = 0; i < count; i++)
            bytes[i] = this[at + i];
        Rune.DecodeFromUtf8(bytes[..count], out var rune, out length);
        return rune;
    }

    private void Fill(long at)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _start = at;
        _length = (int)Math.Min(_window.Length, slice.End - at);
        // A short text comes from the cached blocks; to read a long one through them would replace each.
        if (slice.Length <= WindowBytes)
            slice.Source.GetSpan(at, _length).CopyTo(_window);
        else
            slice.Source.Read(at, _window.AsSpan(0, _length));
    }
}
