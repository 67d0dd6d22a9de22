using System.Text;
using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Formats;
using Rlm.Runtime.Texts.Remote;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>A file that is not on this machine, alone or of a folder.</summary>
/// <param name="file">The file.</param>
/// <param name="store">Where what was read of it is kept, until this is disposed.</param>
internal sealed class RemoteFile(IRlmRemoteFile file, RemoteStore store) : ListedFile(file.Path, file.Name), IDisposable
{
    private readonly Lazy<RemoteBlocks> _blocks = new(() => new RemoteBlocks(file, store));

    public override long LengthBytes => file.LengthBytes;

    public override bool IsEmpty => file.LengthBytes == 0;

    public override string? State => file.State;

    public override byte[] ReadStart(int most)
    {
        byte[] start = new byte[Math.Min(LengthBytes, most)];
        OpenAt(0).Read(0, start);
        return start;
    }

    public override TextSource Open(bool keepOpen, Encoding? encoding, IRlmFileReader? first)
    {
        byte[] start = ReadStart(FileStart.SampleBytes);
        if (TextFiles.FindReading(Path, Name, start.AsSpan(0, Math.Min(start.Length, FileFormat.SignatureBytes)), encoding, first) is { } read)
        {
            using (this)
                return read(OpenStream());
        }

        // Its start tells what stretches of all of it would, each a request.
        int origin = ByteOrderMark.Find(start)?.LengthBytes ?? 0;
        var text = OpenAt(origin);
        text.LikelyEncoding = EncodingGuess.Of(start.AsSpan(origin), startsInside: false, endsInside: start.Length < LengthBytes);
        text.HasEncodedParts = MailMarks.HasEncodedParts(start);
        return text;
    }

    public override TextSource OpenBytes() => OpenAt(0);

    /// <summary>The bytes, for who reads files.</summary>
    public Stream OpenStream() => new RemoteStream(OpenAt(0));

    public void Dispose()
    {
        if (_blocks.IsValueCreated)
            _blocks.Value.Dispose();
    }

    private RemoteTextSource OpenAt(int origin) => new(file, _blocks.Value, store, origin);
}
