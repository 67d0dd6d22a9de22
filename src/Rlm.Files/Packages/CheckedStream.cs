using System.IO.Hashing;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Files.Packages;

/// <summary>Reads a part of a zip file, and ends with an error where it is not as long as the file says, or has another checksum.</summary>
/// <remarks>The library looks at neither.</remarks>
/// <param name="inner">The unpacked bytes.</param>
/// <param name="length">How many there should be.</param>
/// <param name="checksum">Their CRC-32.</param>
/// <param name="count">Is told how many bytes were read, and may end the reading.</param>
internal sealed class CheckedStream(Stream inner, long length, uint checksum, Action<int> count) : ForwardStream(inner)
{
    private readonly Crc32 _checksum = new();
    private long _read;
    private bool _isChecked;

    public override int Read(Span<byte> buffer)
    {
        int read = Inner.Read(buffer);
        count(read);
        _read += read;
        _checksum.Append(buffer[..read]);
        if (read == 0 && buffer.Length > 0)
            Check();
        return read;
    }

    public void ReadToEnd()
    {
        Span<byte> buffer = stackalloc byte[4096];
        while (Read(buffer) > 0)
        {
        }
    }

    private void Check()
    {
        if (!_isChecked && (_read != length || _checksum.GetCurrentHashAsUInt32() != checksum))
        {
            throw new InvalidDataException(
                _read == length ? "its checksum is another" : Invariant($"it has {_read:N0} bytes in place of {length:N0}"));
        }

        _isChecked = true;
    }
}
