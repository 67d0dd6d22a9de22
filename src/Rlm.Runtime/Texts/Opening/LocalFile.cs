using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>A file of a folder on this machine.</summary>
internal sealed class LocalFile(string path, string name) : ListedFile(path, name)
{
    public override long LengthBytes => new FileInfo(Path) is { Exists: true, Length: var length } ? length : 0;

    public override bool IsEmpty => new FileInfo(Path) is { Exists: true, Length: 0 };

    public override byte[] ReadStart(int most)
    {
        using var handle = FileTextSource.OpenHandle(Path, out long? length);
        byte[] buffer = new byte[Math.Min(length ?? most, most)];
        int count = RandomAccess.Read(handle, buffer, 0);
        return count == buffer.Length ? buffer : buffer[..count];
    }

    public override TextSource Open(bool keepOpen, Encoding? encoding, IRlmFileReader? first) =>
        TextFiles.Open(Path, Name, keepOpen, encoding, first);

    public override TextSource OpenBytes()
    {
        using var handle = FileTextSource.OpenHandle(Path, out long? length);
        return new FileTextSource(Path, Name, handle, keepsOpen: false, 0, length ?? 0);
    }
}
