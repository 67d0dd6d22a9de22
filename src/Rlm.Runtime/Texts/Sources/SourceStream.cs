namespace Rlm.Runtime.Texts.Sources;

/// <summary>The bytes of a source as a stream.</summary>
internal sealed class SourceStream(TextSource source) : ForwardStream(null)
{
    private long _position;

    public override int Read(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, source.LengthBytes - _position);
        source.Read(_position, buffer[..count]);
        _position += count;
        return count;
    }
}
