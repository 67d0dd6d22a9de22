using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>Writes a text as UTF-8; a long one is kept as a <see cref="TextSpool"/> keeps it.</summary>
/// <param name="maxChars">The most characters of the text; null for no limit.</param>
internal sealed class Utf8Writer(int? maxChars = null) : IBufferWriter<byte>, IDisposable
{
    private const int FirstBytes = 512, ShortBytes = 64 * 1024;

    // Room for these is asked for at once.
    private const int PieceChars = 4 * 1024, PieceBytes = 32 * 1024;

    private byte[] _buffer = [];
    private int _used;
    private TextSpool? _spool;
    private long _spooled;
    private long _chars;
    private int _counted;

    /// <summary>How much was written so far.</summary>
    public long LengthBytes => _spooled + _used;

    /// <summary>Whether the text has more characters than it may have.</summary>
    public bool IsOver => maxChars is { } most && LengthBytes > most && CountChars() > most;

    /// <summary>What is written, as a string.</summary>
    public static string StringOf(Action<Utf8Writer> write) => TextOf(write).ToString();

    /// <summary>What is written.</summary>
    public static WrittenText TextOf(Action<Utf8Writer> write)
    {
        using var text = new Utf8Writer();
        write(text);
        return text.ToText();
    }

    public void Advance(int count) => _used += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsMemory(_used);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(sizeHint);
        return _buffer.AsSpan(_used);
    }

    public void Append(char ascii)
    {
        Reserve(1);
        _buffer[_used++] = (byte)ascii;
    }

    /// <summary>Half of a character shows as a replacement character.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            int piece = Math.Min(text.Length, PieceChars);
            Utf8.FromUtf16(text, GetSpan(Encoding.UTF8.GetMaxByteCount(piece)), out int read, out int written);
            Advance(written);
            text = text[read..];
        }
    }

    /// <summary>Bytes that are not UTF-8 show as replacement characters.</summary>
    public void Append(ReadOnlySpan<byte> text)
    {
        if (!Utf8.IsValid(text))
        {
            Append(Encoding.UTF8.GetString(text));
            return;
        }

        while (!text.IsEmpty)
        {
            var piece = text[..Math.Min(text.Length, PieceBytes)];
            piece.CopyTo(GetSpan(piece.Length));
            Advance(piece.Length);
            text = text[piece.Length..];
        }
    }

    /// <summary>The same of a stretch of a source, of which no more is read than may be written.</summary>
    public void Append(TextSlice slice)
    {
        if (slice.Length <= BlockCache.BlockBytes)
        {
            Append(slice.Source.GetSpan(slice.Start, (int)slice.Length));
            return;
        }

        for (long at = slice.Start, end; at < slice.End && !IsOver; at = end)
        {
            end = slice.End - at <= PieceBytes ? slice.End : slice.Source.CodePointStart(at + PieceBytes, at);
            var piece = GetSpan((int)(end - at))[..(int)(end - at)];
            slice.Source.Read(at, piece);
            if (Utf8.IsValid(piece))
                Advance(piece.Length);
            else
                Append(Encoding.UTF8.GetString(piece));
        }
    }

    /// <summary>What was written, after which nothing more is.</summary>
    /// <exception cref="TextException">The temporary file cannot be written.</exception>
    public WrittenText ToText()
    {
        if (_spool is null)
            return new WrittenText(Encoding.UTF8.GetString(_buffer, 0, _used));

        Spool();
        return new WrittenText(_spool.ToSource());
    }

    public void Dispose() => _spool?.Dispose();

    private void Reserve(int bytes)
    {
        if (_buffer.Length - _used >= Math.Max(1, bytes))
            return;

        if (_used + bytes <= ShortBytes && _buffer.Length < ShortBytes)
        {
            Array.Resize(ref _buffer, Math.Min(ShortBytes, Math.Max(FirstBytes, Math.Max(4 * _buffer.Length, _used + bytes))));
            return;
        }

        Spool();
        if (_buffer.Length < Math.Max(ShortBytes, bytes))
            _buffer = new byte[Math.Max(ShortBytes, bytes)];
    }

    private void Spool()
    {
        CountChars();
        _spool ??= new TextSpool("the answer");
        _spool.Write(_buffer.AsSpan(0, _used));
        _spooled += _used;
        _used = _counted = 0;
    }

    private long CountChars()
    {
        if (maxChars is not null)
            _chars += CountChars(_buffer.AsSpan(_counted, _used - _counted));
        _counted = _used;
        return _chars;
    }

    /// <summary>How many characters of UTF-16 start in the bytes.</summary>
    private static int CountChars(ReadOnlySpan<byte> bytes)
    {
        int count = 0;
        foreach (byte b in bytes)
        {
            if ((b & 0xC0) != 0x80)
                count += b >= 0xF0 ? 2 : 1;
        }

        return count;
    }
}
