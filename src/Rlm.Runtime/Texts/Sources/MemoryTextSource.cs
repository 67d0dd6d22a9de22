namespace Rlm.Runtime.Texts.Sources;

internal sealed class MemoryTextSource(ReadOnlyMemory<byte> bytes, string name) : TextSource(name)
{
    public override long LengthBytes => bytes.Length;

    internal override ReadOnlySpan<byte> GetSpan(long start, int length) => bytes.Span.Slice((int)start, length);

    internal override void Read(long offset, Span<byte> buffer) => bytes.Span.Slice((int)offset, buffer.Length).CopyTo(buffer);
}
