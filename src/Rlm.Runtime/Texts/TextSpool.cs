using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rlm.Runtime.Texts;

/// <summary>Keeps what a stream gives: in memory while it is small, then in a temporary file without a name.</summary>
internal static class TextSpool
{
    /// <summary>The most that stays in memory.</summary>
    public const int MemoryBytes = 4 * 1024 * 1024;

    private const int BufferBytes = 128 * 1024;

    public static TextSource ReadToEnd(Stream stream, string name)
    {
        try
        {
            byte[] start = new byte[ByteOrderMark.MaxLengthBytes];
            int length = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            var mark = ByteOrderMark.Find(start.AsSpan(0, length));
            byte[] rest = start[(mark?.LengthBytes ?? 0)..length];
            if (mark?.Encoding is not { } encoding)
                return Spool(rest, stream, name);

            using var joined = new PrefixedStream(rest, stream);
            using var utf8 = Encoding.CreateTranscodingStream(joined, encoding, Encoding.UTF8, leaveOpen: true);
            return Spool([], utf8, name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new TextException($"`{name}` cannot be read: {TextFiles.OneLine(exception)}", exception);
        }
    }

    private static TextSource Spool(byte[] start, Stream stream, string name)
    {
        var memory = new MemoryStream();
        memory.Write(start);
        byte[] buffer = new byte[BufferBytes];
        while (memory.Length <= MemoryBytes)
        {
            int read = stream.Read(buffer);
            if (read == 0)
                return new MemoryTextSource(memory.GetBuffer().AsMemory(0, (int)memory.Length), name);
            memory.Write(buffer, 0, read);
        }

        string path = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}");
        var file = OpenTemporary(path);
        try
        {
            RandomAccess.Write(file, memory.GetBuffer().AsSpan(0, (int)memory.Length), 0);
            long length = memory.Length;
            for (int read; (read = stream.Read(buffer)) > 0; length += read)
                RandomAccess.Write(file, buffer.AsSpan(0, read), length);
            return new FileTextSource(path, name, file, keepsOpen: true, 0, length);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static SafeFileHandle OpenTemporary(string path)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        // Where an open file may lose its name, it loses it at once, so that a killed process leaves nothing behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return file;
    }

    /// <summary>Some bytes that were read ahead, and the stream after them.</summary>
    private sealed class PrefixedStream(byte[] prefix, Stream rest) : Stream
    {
        private int _used;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (_used == prefix.Length)
                return rest.Read(buffer);

            int count = Math.Min(buffer.Length, prefix.Length - _used);
            prefix.AsSpan(_used, count).CopyTo(buffer);
            _used += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
