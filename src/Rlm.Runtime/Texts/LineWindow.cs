using System.Buffers;

namespace Rlm.Runtime.Texts;

/// <summary>Whole lines of a slice, as many at a time as fit into one buffer; a longer line comes alone.</summary>
internal sealed class LineWindow(TextSlice slice, int windowBytes, CancellationToken cancellationToken) : IDisposable
{
    private const int MaxLineBytes = 1 << 30;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(windowBytes, slice.Length));

    /// <summary>Offset of the first byte in the source.</summary>
    public long Start { get; private set; } = slice.Start;

    public int Length { get; private set; }

    /// <summary>The lines, until the next move.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(0, Length);

    /// <exception cref="TextException">A line has more than 1 GiB, or the source cannot be read.</exception>
    public bool MoveNext()
    {
        Start += Length;
        if (Start >= slice.End)
            return false;

        int length = (int)Math.Min(Math.Min(_buffer.Length, Math.Max(windowBytes, 1)), slice.End - Start);
        Fill(length);
        Length = Start + length == slice.End ? length : _buffer.AsSpan(0, length).LastIndexOf((byte)'\n') + 1;
        if (Length == 0)
            ReadLongLine(length);
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void ReadLongLine(int known)
    {
        long newline = slice.Source.IndexOf((byte)'\n', Start + known, slice.End);
        long length = (newline < 0 ? slice.End : newline + 1) - Start;
        if (length > MaxLineBytes)
            throw new TextException($"`{slice.Source.Name}` has a line of {length:N0} bytes; cut it first, as with `chunk`");

        if (_buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent((int)length);
        }

        Fill((int)length);
        Length = (int)length;
    }

    private void Fill(int length)
    {
        cancellationToken.ThrowIfCancellationRequested();
        // A short text comes from the cached blocks instead of a system call of its own.
        if (length <= BlockCache.BlockBytes)
            slice.Source.GetSpan(Start, length).CopyTo(_buffer);
        else
            slice.Source.Read(Start, _buffer.AsSpan(0, length));
    }
}
