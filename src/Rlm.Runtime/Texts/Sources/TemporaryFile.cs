using Microsoft.Win32.SafeHandles;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>A file of this process in the temporary folder, without a name where the system allows that. It is there once it is written to.</summary>
/// <remarks>It ends with an error before the disk is full, since others need it too.</remarks>
/// <param name="name">What messages call what is kept in it.</param>
/// <param name="freeBytes">What is free on the disk of a folder, null where nobody can tell; asked of the system where it is left out.</param>
internal sealed class TemporaryFile(string name, Func<string, long?>? freeBytes = null) : IDisposable
{
    /// <summary>What is left free on the disk.</summary>
    public const long ReserveBytes = 64L << 20;

    // So much is written before the free space is asked for again.
    private const int StepBytes = 4 * 1024 * 1024;

    private readonly Func<string, long?> _freeBytes = freeBytes ?? FreeBytesOf;
    private SafeFileHandle? _file;
    private long _written;
    private long _checkedLength;

    /// <summary>Its path, which may not lead to it any more.</summary>
    public string Path { get; private set; } = "";

    private static string Folder => System.IO.Path.GetTempPath();

    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Where they go.</param>
    /// <param name="readBytes">How many were read before, which a message tells.</param>
    /// <exception cref="TextException">The file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset, long readBytes)
    {
        if (_written + bytes.Length > _checkedLength)
        {
            if (_freeBytes(Folder) is { } free && free < ReserveBytes + StepBytes + bytes.Length)
                throw MakeTooLargeError("that much is left to others", readBytes, null);
            _checkedLength = _written + bytes.Length + StepBytes;
        }

        try
        {
            RandomAccess.Write(Open(), bytes, offset);
            _written += bytes.Length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException)
        {
            // .NET reports a file that grows over the limit of its size (EFBIG) as an argument out of range.
            throw MakeTooLargeError(exception is ArgumentOutOfRangeException ? "File too large" : TextException.ToOneLine(exception), readBytes, exception);
        }
    }

    /// <summary>The open file, made if it is not there; it is closed with this.</summary>
    public SafeFileHandle Open()
    {
        if (_file is not null)
            return _file;

        Path = System.IO.Path.Combine(Folder, $"rlm-{Guid.NewGuid():N}");
        _file = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        // Where an open file may lose its name, it loses it at once, so that a killed process leaves nothing behind.
        if (!OperatingSystem.IsWindows())
            File.Delete(Path);
        return _file;
    }

    /// <summary>The open file, which is the caller's from here on.</summary>
    public SafeFileHandle Release()
    {
        var file = Open();
        _file = null;
        return file;
    }

    public void Dispose() => _file?.Dispose();

    private TextException MakeTooLargeError(string reason, long readBytes, Exception? inner)
    {
        string free = _freeBytes(Folder) is { } bytes ? Invariant($", where {bytes:N0} bytes are free") : "";
        return new TextException(Invariant(
            $"`{name}` cannot be kept in the temporary folder `{Folder}`{free} ({reason}); {readBytes:N0} bytes of its text were read; make room there, or let TMPDIR name a folder with more"), inner);
    }

    private static long? FreeBytesOf(string folder)
    {
        try
        {
            // Some file systems say that they have no size at all.
            return new DriveInfo(folder) is { TotalSize: > 0, AvailableFreeSpace: var free } ? free : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }
}
