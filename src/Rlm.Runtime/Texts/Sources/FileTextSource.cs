using Microsoft.Win32.SafeHandles;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>A file, read at offsets.</summary>
internal sealed class FileTextSource : TextSource
{
    private static long _lastId;

    private readonly string _path;
    private readonly SafeFileHandle? _handle;
    private readonly long _origin;
    private readonly bool _isTemporary;
    private readonly DateTime _modifiedUtc;

    /// <param name="path">The file.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <param name="handle">The open file.</param>
    /// <param name="keepsOpen">Whether the source owns the handle; else it opens the file at each read, as for one of many
    /// documents.</param>
    /// <param name="origin">The offset of the text's first byte in the file.</param>
    /// <param name="length">The text's length in bytes, up to the file's end.</param>
    /// <param name="isTemporary">Whether the file is of this process alone, so that its time says nothing of the text.</param>
    public FileTextSource(string path, string name, SafeFileHandle handle, bool keepsOpen, long origin, long length, bool isTemporary = false)
        : base(name)
    {
        _path = path;
        _handle = keepsOpen ? handle : null;
        _origin = origin;
        _isTemporary = isTemporary;
        _modifiedUtc = File.GetLastWriteTimeUtc(handle);
        LengthBytes = length;
    }

    /// <summary>Tells sources apart in the cache without keeping them alive.</summary>
    public long Id { get; } = Interlocked.Increment(ref _lastId);

    public override long LengthBytes { get; }

    internal override DateTime? ModifiedUtc => _isTemporary ? null : _modifiedUtc;

    internal override TextChange? Change => _handle is null || File.GetLastWriteTimeUtc(_handle) == _modifiedUtc ? null
        : RandomAccess.GetLength(_handle) > _origin + LengthBytes
            ? new(Invariant($"`{Name}` grew while it was read: the answer is of the first {LengthBytes:N0} bytes"), IsGrowth: true)
        : new($"`{Name}` was written to while it was read: the answer may mix old and new bytes; run again when it is complete", IsGrowth: false);

    internal override ReadOnlySpan<byte> GetSpan(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, LengthBytes);
        if (length == 0)
            return [];

        if ((start % BlockCache.BlockBytes) + length <= BlockCache.BlockBytes)
            return BlockCache.Get(this, start, length);

        byte[] copy = new byte[length];
        if (length > 4 * BlockCache.BlockBytes)
        {
            Read(start, copy);
            return copy;
        }

        for (int done = 0; done < length;)
        {
            var part = GetSpan(start + done, BlockLength(start + done, start + length));
            part.CopyTo(copy.AsSpan(done));
            done += part.Length;
        }

        return copy;
    }

    internal override void ReadBytes(long offset, Span<byte> buffer)
    {
        var handle = _handle ?? Reopen();
        try
        {
            for (int done = 0; done < buffer.Length;)
            {
                int read = RandomAccess.Read(handle, buffer[done..], _origin + offset + done);
                if (read == 0)
                {
                    throw new TextException(
                        $"`{Name}` changed while it was read: it is shorter than before; run again when it is complete");
                }

                done += read;
            }
        }
        catch (IOException exception)
        {
            throw new TextException($"`{Name}` cannot be read: {TextException.ToOneLine(exception)}", exception);
        }
        finally
        {
            if (_handle is null)
                handle.Dispose();
        }
    }

    /// <summary>Opens a file, and says what is wrong with one that cannot be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="length">Its length; null for one that has none, such as a pipe.</param>
    public static SafeFileHandle OpenHandle(string path, out long? length)
    {
        try
        {
            // Checked first, since opening a directory is refused like one without permission.
            if (Directory.Exists(path))
                throw new TextException($"`{path}` is a directory; give one of its files, or the directory as documents");

            var handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            length = LengthOf(handle);
            return handle;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException or ArgumentException)
        {
            throw new TextException($"`{path}` does not exist; check the path", exception);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new TextException($"`{path}` may not be read; change its permissions or run as a user who may", exception);
        }
        catch (IOException exception)
        {
            throw TextException.Unreadable(path, exception);
        }
    }

    private static long? LengthOf(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (NotSupportedException)
        {
            return null;
        }
    }

    private SafeFileHandle Reopen()
    {
        if (!File.Exists(_path))
            throw new TextException($"`{Name}` is gone since it was found; run again with the files that there are");

        var handle = OpenHandle(_path, out long? length);
        if (length == _origin + LengthBytes && File.GetLastWriteTimeUtc(handle) == _modifiedUtc)
            return handle;

        handle.Dispose();
        throw new TextException($"`{Name}` changed after it was found: it was written to; run again when it is complete");
    }

    private protected override void Release() => _handle?.Dispose();
}
