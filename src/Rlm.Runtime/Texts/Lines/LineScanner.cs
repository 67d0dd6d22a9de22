using System.Buffers;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>
/// The lines of a slice, one after the other, through one buffer. LF and CRLF end a line; a lone CR only where that is asked for.
/// </summary>
/// <param name="slice">The slice.</param>
/// <param name="rangeBytes">How much is read at once of a range that another thread takes, which looks for bytes that are not UTF-8
/// then; 0 for any other slice.</param>
/// <param name="cancellationToken">Ends it.</param>
internal sealed class LineScanner(TextSlice slice, int rangeBytes, CancellationToken cancellationToken) : IDisposable
{
    /// <summary>How much is read at once.</summary>
    public const int WindowBytes = 128 * 1024;

    /// <summary>What is read first, and twice as much each time: who looks at a few lines reads no more.</summary>
    private const int FirstBytes = 4 * 1024;

    private readonly byte[] _window = ArrayPool<byte>.Shared.Rent(rangeBytes > 0 ? rangeBytes : (int)Math.Min(WindowBytes, slice.Length));
    private byte[]? _longLine;
    private long _longLineStart = -1;
    private long _windowStart = slice.Start;
    private int _windowLength;
    private int _toRead = rangeBytes > 0 ? rangeBytes : FirstBytes;

    public LineScanner(TextSlice slice, CancellationToken cancellationToken = default)
        : this(slice, 0, cancellationToken)
    {
    }

    /// <summary>Whether a lone CR ends a line.</summary>
    public bool EndsAtCr { get; set; }

    /// <summary>Offset of the line's first byte in the source.</summary>
    public long Start { get; private set; }

    /// <summary>Offset after the line's last byte, before its line end.</summary>
    public long End { get; private set; }

    /// <summary>Offset after the line end.</summary>
    public long Next { get; private set; } = slice.Start;

    public long Length => End - Start;

    /// <summary>The line.</summary>
    public TextSlice Slice => new(slice.Source, Start, Length);

    /// <summary>The line's bytes, until the next move. Throws <see cref="TextException"/> for a line of more than 1 GiB.</summary>
    public ReadOnlySpan<byte> Bytes => IsInWindow ? BytesAt(Start, (int)Length) : ReadLongLine();

    /// <summary>Behind the last line end that was read, from where on other bytes are read next; the start where none was.</summary>
    public long ReadEnd => _windowStart + _window.AsSpan(0, _windowLength).LastIndexOf((byte)'\n') + 1;

    private bool IsInWindow => Start >= _windowStart && End <= _windowStart + _windowLength;

    /// <summary>Whether the line holds nothing but blanks.</summary>
    public bool IsBlank
    {
        get
        {
            if (End > Start && ByteAt(Start) > ' ')
                return false;

            for (long at = Start; at < End;)
            {
                var part = IsInWindow ? Bytes : slice.Source.GetSpan(at, TextSource.BlockLength(at, End));
                if (!IsBlankLine(part))
                    return false;
                at += part.Length;
            }

            return true;
        }
    }

    /// <summary>Whether a line holds nothing but blanks.</summary>
    public static bool IsBlankLine(ReadOnlySpan<byte> line) => (line.IsEmpty || line[0] <= ' ') && !line.ContainsAnyExcept(" \t\r\v\f"u8);

    public bool MoveNext()
    {
        if (Next >= slice.End)
            return false;

        Start = Next;
        for (long search = Start; ;)
        {
            if (search < _windowStart || search >= _windowStart + _windowLength)
                Fill(search);
            var part = _window.AsSpan((int)(search - _windowStart), (int)(_windowStart + _windowLength - search));
            int at = EndsAtCr ? part.IndexOfAny((byte)'\n', (byte)'\r') : part.IndexOf((byte)'\n');
            if (at >= 0)
            {
                End = search + at;
                Next = End + 1;
                if (part[at] == '\r' && Next < slice.End && ByteAt(Next) == '\n')
                    Next++;
                else if (End > Start && ByteAt(End - 1) == '\r')
                    End--;
                return true;
            }

            search = _windowStart + _windowLength;
            if (search >= slice.End)
            {
                End = Next = slice.End;
                return true;
            }

            // Read again from the line's start, so that the whole line lies in the window, unless it is longer than that.
            if (Start > _windowStart || _windowLength < _window.Length)
                Fill(Start);
        }
    }

    /// <summary>Goes on with the line that starts there. Where that is not read yet, it begins with a few lines again.</summary>
    public void MoveTo(long start)
    {
        Next = start;
        if (start >= _windowStart + _windowLength)
            _toRead = FirstBytes;
    }

    /// <summary>Bytes that were read at once, until others are.</summary>
    public ReadOnlySpan<byte> BytesAt(long start, int length) => _window.AsSpan((int)(start - _windowStart), length);

    /// <summary>Copies bytes that were mostly read already.</summary>
    public void CopyBytes(long start, Span<byte> bytes)
    {
        if (start >= _windowStart && start + bytes.Length <= _windowStart + _windowLength)
            BytesAt(start, bytes.Length).CopyTo(bytes);
        else
            slice.Source.GetSpan(start, bytes.Length).CopyTo(bytes);
    }

    /// <summary>Looks for bytes that are not UTF-8 in the range that was read.</summary>
    public void CheckBytes() => slice.Source.CheckBytes(_window.AsSpan(0, _windowLength), _windowStart, isCut: true);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_window);
        if (_longLine is not null)
            ArrayPool<byte>.Shared.Return(_longLine);
    }

    private byte ByteAt(long offset) => offset >= _windowStart && offset < _windowStart + _windowLength
        ? _window[offset - _windowStart]
        : slice.Source.GetSpan(offset, 1)[0];

    private void Fill(long start)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _windowStart = start;
        if (rangeBytes > 0)
        {
            _windowLength = rangeBytes;
            slice.Source.ReadBytes(start, _window.AsSpan(0, _windowLength));
            return;
        }

        _windowLength = (int)Math.Min(Math.Min(_window.Length, _toRead), slice.End - start);
        _toRead = (int)Math.Min(2L * _toRead, _window.Length);
        slice.Source.ReadLines(start, _window.AsSpan(0, _windowLength));
    }

    private ReadOnlySpan<byte> ReadLongLine()
    {
        if (_longLineStart == Start)
            return _longLine.AsSpan(0, (int)Length);

        slice.Source.RequireLine(Length);
        if (_longLine is null || _longLine.Length < Length)
        {
            if (_longLine is not null)
                ArrayPool<byte>.Shared.Return(_longLine);
            _longLine = ArrayPool<byte>.Shared.Rent((int)Length);
        }

        var bytes = _longLine.AsSpan(0, (int)Length);
        slice.Source.Read(Start, bytes);
        _longLineStart = Start;
        return bytes;
    }
}
