using Microsoft.Win32.SafeHandles;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Remote;

/// <summary>Keeps what was read of files that are not on this machine, each in a stretch of its own of one temporary file.</summary>
/// <remarks>What was not read takes no room on the disk. It is gone when the last of its users is.</remarks>
/// <param name="name">What messages call the files together.</param>
internal sealed class RemoteStore(string name) : IDisposable
{
    private readonly TemporaryFile _file = new(name);
    private readonly Lock _gate = new();
    private long _end;
    private long _keptBytes;
    private int _users;

    /// <summary>The temporary file, for a text that is read from it.</summary>
    public (string Path, SafeFileHandle Handle) Open()
    {
        lock (_gate)
        {
            var handle = _file.Open();
            return (_file.Path, handle);
        }
    }

    /// <summary>Where a file of that length is to be kept. It is a user until it is released.</summary>
    public long Reserve(long length)
    {
        lock (_gate)
        {
            long start = _end;
            _end += length;
            _users++;
            return start;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            if (--_users == 0)
                Dispose();
        }
    }

    public void Dispose() => _file.Dispose();

    /// <exception cref="TextException">The temporary file cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        lock (_gate)
        {
            _file.Write(bytes, offset, _keptBytes);
            _keptBytes += bytes.Length;
        }
    }
}
