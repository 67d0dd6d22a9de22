using System.Buffers;
using System.IO.Pipelines;

namespace Rlm.Files;

/// <summary>A file whose first bytes are known, while it is still read from its start.</summary>
/// <param name="Start">The first 512 bytes, or all that there are.</param>
/// <param name="Content">The file, from its start.</param>
internal readonly record struct StartedFile(byte[] Start, Stream Content)
{
    private const int StartBytes = 512;

    public static StartedFile Of(Stream file)
    {
        var pipe = PipeReader.Create(file, new StreamPipeReaderOptions(leaveOpen: true));
        var read = pipe.ReadAtLeastAsync(StartBytes).AsTask().GetAwaiter().GetResult();
        byte[] start = read.Buffer.Slice(0, Math.Min(StartBytes, read.Buffer.Length)).ToArray();
        pipe.AdvanceTo(read.Buffer.Start);
        return new StartedFile(start, pipe.AsStream(leaveOpen: true));
    }
}
