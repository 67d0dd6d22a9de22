using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Texts.Sources;

internal sealed class MemoryTextSource(ReadOnlyMemory<byte> bytes, string name) : TextSource(name)
{
    private Utf8Faults? _faults;

    public override long LengthBytes => bytes.Length;

    /// <summary>Those of the whole text, which is looked through when they are asked for.</summary>
    internal override Utf8Faults Faults => _faults ?? Interlocked.CompareExchange(ref _faults, FindFaults(), null) ?? _faults;

    internal override ReadOnlySpan<byte> GetSpan(long start, int length) => bytes.Span.Slice((int)start, length);

    internal override void ReadBytes(long offset, Span<byte> buffer) => bytes.Span.Slice((int)offset, buffer.Length).CopyTo(buffer);

    internal override void CheckBytes(ReadOnlySpan<byte> bytes, long start, bool isCut)
    {
    }

    private Utf8Faults FindFaults()
    {
        var faults = new Utf8Faults();
        faults.Check(bytes.Span, 0, isCut: false);
        return faults;
    }
}
