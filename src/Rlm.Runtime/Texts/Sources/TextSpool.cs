using System.Text;
using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Formats;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>Keeps a text that comes in pieces: in memory while it is small, then in a temporary file without a name.</summary>
/// <remarks>It ends with an error before the disk of the temporary folder is full, since others need it too.</remarks>
/// <param name="name">What <c>cite</c> calls the text.</param>
/// <param name="freeBytes">What is free on the disk of a folder, null where nobody can tell; asked of the system where it is left
/// out.</param>
internal sealed class TextSpool(string name, Func<string, long?>? freeBytes = null) : IDisposable
{
    /// <summary>The most that stays in memory.</summary>
    public const int MemoryBytes = 4 * 1024 * 1024;

    private const int BufferBytes = 128 * 1024;

    private readonly TemporaryFile _file = new(name, freeBytes);
    private MemoryStream? _memory = new();
    private long _length;

    /// <summary>All that a stream gives.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What <c>cite</c> calls the text.</param>
    /// <param name="encoding">What the text is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="freeBytes">What is free on the disk of a folder; asked of the system where it is left out.</param>
    /// <exception cref="TextException">The stream or the temporary file fails, or the stream is not a text.</exception>
    public static TextSource ReadToEnd(Stream stream, string name, Encoding? encoding = null, Func<string, long?>? freeBytes = null) =>
        ReadAsync(stream, static (from, buffer) => new(from.Read(buffer.Span)), name, encoding, freeBytes).GetAwaiter().GetResult();

    /// <summary>The same of a stream that is waited for.</summary>
    public static Task<TextSource> ReadToEndAsync(Stream stream, string name, Encoding? encoding, CancellationToken cancellationToken) =>
        ReadAsync(stream, (from, buffer) => from.ReadAsync(buffer, cancellationToken), name, encoding, null);

    private static async Task<TextSource> ReadAsync(
        Stream stream, Func<Stream, Memory<byte>, ValueTask<int>> read, string name, Encoding? encoding, Func<string, long?>? freeBytes)
    {
        try
        {
            byte[] start = new byte[FileFormat.SignatureBytes];
            int length = 0;
            for (int count; length < start.Length && (count = await read(stream, start.AsMemory(length)).ConfigureAwait(false)) > 0;)
                length += count;
            var format = FileFormat.Find(start.AsSpan(0, length));
            string path = Compression.UnpackedName(name);
            if (FileReaders.Find(path, start.AsSpan(0, length)) is { } reader)
            {
                // A stream that is waited for is kept first.
                using var kept = new TextSpool(name, freeBytes);
                using var file = await kept.ReadAllAsync(start[..length], stream, read).ConfigureAwait(false);
                using var bytes = new SourceStream(file);
                return FileReaders.Read(reader, format, bytes, path, name);
            }

            if (format is not null)
                throw format.Refusal(name);
            if (Compression.Find("", start.AsSpan(0, length)) is { } compression)
                throw compression.Refusal(name);

            var mark = ByteOrderMark.Find(start.AsSpan(0, length));
            byte[] rest = start[(mark?.LengthBytes ?? 0)..length];
            using var spool = new TextSpool(name, freeBytes);
            if ((mark is { } known ? known.Encoding : encoding) is not { } other)
                return await spool.ReadAllAsync(rest, stream, read).ConfigureAwait(false);

            using var joined = new PrefixedStream(rest, stream);
            using var utf8 = Encoding.CreateTranscodingStream(
                joined, CountingFallback.Of(other, out var unknown), Encoding.UTF8, leaveOpen: true);
            var source = await spool.ReadAllAsync([], utf8, read).ConfigureAwait(false);
            source.Undecoded = unknown.Count;
            return source;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TextException($"`{name}` cannot be read: {TextException.ToOneLine(exception)}", exception);
        }
    }

    /// <exception cref="TextException">The temporary file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (_memory is not null && _length + bytes.Length > MemoryBytes)
        {
            var kept = _memory;
            _memory = null;
            _file.Write(kept.GetBuffer().AsSpan(0, (int)kept.Length), 0, _length);
        }

        if (_memory is not null)
            _memory.Write(bytes);
        else
            _file.Write(bytes, _length, _length);
        _length += bytes.Length;
    }

    /// <summary>The text that was written, which takes over the temporary file.</summary>
    public TextSource ToSource()
    {
        if (_memory is not null)
            return new MemoryTextSource(_memory.GetBuffer().AsMemory(0, (int)_length), name);

        return new FileTextSource(_file.Path, name, _file.Release(), keepsOpen: true, 0, _length, isTemporary: true);
    }

    public void Dispose() => _file.Dispose();

    private async Task<TextSource> ReadAllAsync(byte[] start, Stream rest, Func<Stream, Memory<byte>, ValueTask<int>> read)
    {
        Write(start);
        byte[] buffer = new byte[BufferBytes];
        for (int count; (count = await read(rest, buffer).ConfigureAwait(false)) > 0;)
            Write(buffer.AsSpan(0, count));
        return ToSource();
    }

    /// <summary>Some bytes that were read ahead, and the stream after them.</summary>
    private sealed class PrefixedStream(byte[] prefix, Stream rest) : ForwardStream(null)
    {
        private int _used;

        public override int Read(Span<byte> buffer)
        {
            if (_used == prefix.Length)
                return rest.Read(buffer);

            int count = Math.Min(buffer.Length, prefix.Length - _used);
            prefix.AsSpan(_used, count).CopyTo(buffer);
            _used += count;
            return count;
        }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            _used == prefix.Length
                ? await rest.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)
                : Read(buffer.Span);
    }
}
