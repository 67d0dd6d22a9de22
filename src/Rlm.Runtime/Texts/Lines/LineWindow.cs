using System.Buffers;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>
/// Whole lines of a slice, a few at a time, as they lie in a mapped file or read into one buffer; a longer line comes alone.
/// </summary>
internal sealed class LineWindow(TextSlice slice, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>More than one of <see cref="LineRanges"/> has.</summary>
    private const int MappedBytesAtATime = 8 * 1024 * 1024;
    private const int BufferBytes = 1024 * 1024;

    /// <summary>So few that they stay in the first cache between their check and their reading: with 128 KiB a scan takes a tenth longer.</summary>
    private const int CheckedBytesAtATime = 32 * 1024;

    private byte[] _buffer = [];
    private MappedBytes? _mapped;
    private int _offset;
    private int _whole;

    /// <summary>Offset of the first byte in the source.</summary>
    public long Start { get; private set; } = slice.Start;

    public int Length { get; private set; }

    /// <summary>The lines, until the next move.</summary>
    public ReadOnlySpan<byte> Bytes => _mapped is null ? _buffer.AsSpan(0, Length) : _mapped.Span.Slice(_offset, Length);

    /// <exception cref="TextException">A line has more than 1 GiB, or the source cannot be read, or was cut short
    /// under the lines before.</exception>
    public bool MoveNext()
    {
        Start += Length;
        if (_mapped is not null && (_offset += Length) < _whole)
        {
            TakePart(_mapped.Span[_offset.._whole]);
            return true;
        }

        CloseMapped(isRead: true);
        cancellationToken.ThrowIfCancellationRequested();
        if (Start >= slice.End)
            return false;

        int length = (int)Math.Min(MappedBytesAtATime, slice.End - Start);
        _mapped = slice.Source.TryMap(Start, length);
        if (_mapped is null)
        {
            length = Math.Min(length, BufferBytes);
            Fill(length);
        }

        _offset = 0;
        var bytes = _mapped is null ? _buffer.AsSpan(0, length) : _mapped.Span[..length];
        _whole = Start + length == slice.End ? length : bytes.LastIndexOf((byte)'\n') + 1;
        if (_whole == 0)
            ReadLongLine(length);
        else if (_mapped is null)
            Length = _whole;
        else
            TakePart(bytes[.._whole]);
        return true;
    }

    public void Dispose()
    {
        CloseMapped(isRead: false);
        ArrayPool<byte>.Shared.Return(_buffer);
    }

    /// <summary>Takes the next lines of those that are mapped.</summary>
    private void TakePart(ReadOnlySpan<byte> mapped)
    {
        Length = mapped.Length;
        if (mapped.Length > CheckedBytesAtATime)
        {
            int end = mapped[..CheckedBytesAtATime].LastIndexOf((byte)'\n') + 1;
            Length = end > 0 ? end
                : mapped[CheckedBytesAtATime..].IndexOf((byte)'\n') is var next and >= 0 ? CheckedBytesAtATime + next + 1
                : mapped.Length;
        }

        slice.Source.Faults.Check(mapped[..Length], Start, isCut: false);
    }

    private void ReadLongLine(int known)
    {
        CloseMapped(isRead: true);
        long newline = slice.Source.IndexOf((byte)'\n', Start + known, slice.End);
        long length = (newline < 0 ? slice.End : newline + 1) - Start;
        slice.Source.RequireLine(length);
        Fill((int)length);
        Length = (int)length;
    }

    private void Fill(int length)
    {
        if (_buffer.Length < length)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = ArrayPool<byte>.Shared.Rent(length);
        }

        slice.Source.ReadLines(Start, _buffer.AsSpan(0, length));
    }

    private void CloseMapped(bool isRead)
    {
        if (_mapped is not { } mapped)
            return;

        _mapped = null;
        using (mapped)
        {
            if (isRead)
                slice.Source.RequireWhole(mapped);
        }
    }
}
