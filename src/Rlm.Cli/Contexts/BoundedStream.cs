using Rlm.Runtime.Texts.Sources;

namespace Rlm.Cli.Contexts;

/// <summary>A stream that fails where it has more than so many bytes.</summary>
internal sealed class BoundedStream(Stream inner, long maxBytes, Func<Exception> tooLong) : ForwardStream(inner)
{
    private long _read;

    public override int Read(Span<byte> buffer)
    {
        int count = Inner.Read(buffer);
        _read += count;
        return _read > maxBytes ? throw tooLong() : count;
    }
}
