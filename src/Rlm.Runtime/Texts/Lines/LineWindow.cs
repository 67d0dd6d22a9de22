using System.Buffers;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>Whole lines of a slice, a few at a time, read into one buffer; a line that is longer than that has a larger one.</summary>
internal sealed class LineWindow(TextSlice slice, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>So many that what the system copies is still in the second cache when it is looked at.</summary>
    private const int BufferBytes = 256 * 1024;

    /// <summary>So few that they stay in the first cache between their check and their reading: with 128 KiB a scan takes a tenth longer.</summary>
    private const int CheckedBytesAtATime = 32 * 1024;

    /// <summary>What the buffer may have to be doubled for a line; the length of a longer one is found first.</summary>
    private const int DoubledBytes = 16 * 1024 * 1024;

    private byte[] _buffer = [];
    private int _offset;

    /// <summary>Where the whole lines in the buffer end, behind which the start of one may stand.</summary>
    private int _whole;
    private int _filled;

    /// <summary>Offset of the first byte in the source.</summary>
    public long Start { get; private set; } = slice.Start;

    public int Length { get; private set; }

    /// <summary>The lines, until the next move.</summary>
    public ReadOnlySpan<byte> Bytes => _buffer.AsSpan(_offset, Length);

    /// <summary>Whether the slice is so short that the blocks of the cache have it.</summary>
    private bool IsShort => slice.Length <= BlockCache.BlockBytes;

    /// <exception cref="TextException">A line has more than 1 GiB, or the source cannot be read, or is shorter than before.</exception>
    public bool MoveNext()
    {
        Start += Length;
        _offset += Length;
        Length = 0;
        if (_offset == _whole && !Fill())
            return false;

        TakeLines();
        return true;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    /// <summary>Reads on until there are whole lines.</summary>
    private bool Fill()
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Start >= slice.End)
            return false;

        _buffer.AsSpan(_whole, _filled - _whole).CopyTo(_buffer);
        _filled -= _whole;
        _offset = _whole = 0;
        while (_whole == 0)
        {
            Grow();
            long next = Start + _filled;
            int end = _filled < BufferBytes ? Math.Min(BufferBytes, _buffer.Length) : _buffer.Length;
            var part = _buffer.AsSpan(_filled, (int)Math.Min(end - _filled, slice.End - next));
            if (IsShort)
                slice.Source.GetSpan(next, part.Length).CopyTo(part);
            else
                slice.Source.ReadBytes(next, part);
            if (next + part.Length == slice.End)
                _whole = _filled + part.Length;
            else if (part.LastIndexOf((byte)'\n') is var newline and >= 0)
                _whole = _filled + newline + 1;
            _filled += part.Length;
        }

        return true;
    }

    /// <summary>Makes room for more where the buffer is full.</summary>
    private void Grow()
    {
        if (_filled < _buffer.Length)
            return;

        long length = _filled == 0 ? Math.Min(BufferBytes, slice.Length)
            : _filled < DoubledBytes ? Math.Min(2L * _filled, slice.End - Start)
            : MeasureLine();
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)length);
        _buffer.AsSpan(0, _filled).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private long MeasureLine()
    {
        long newline = slice.Source.IndexOf((byte)'\n', Start + _filled, slice.End);
        long length = (newline < 0 ? slice.End : newline + 1) - Start;
        slice.Source.RequireLine(length);
        return length;
    }

    /// <summary>Takes the next lines of those in the buffer.</summary>
    private void TakeLines()
    {
        var lines = _buffer.AsSpan(_offset.._whole);
        Length = lines.Length;
        if (lines.Length > CheckedBytesAtATime)
        {
            int end = lines[..CheckedBytesAtATime].LastIndexOf((byte)'\n') + 1;
            Length = end > 0 ? end
                : lines[CheckedBytesAtATime..].IndexOf((byte)'\n') is var next and >= 0 ? CheckedBytesAtATime + next + 1
                : lines.Length;
        }

        // What is in the cache was looked at there.
        if (!IsShort)
            slice.Source.CheckBytes(Bytes, Start, isCut: false);
    }
}
