namespace Rlm.Runtime.Texts.Sources;

/// <summary>A stretch of another source as a text of its own, without a copy. Its lines count from its own first one.</summary>
/// <param name="whole">The other source, which its owner disposes.</param>
/// <param name="start">Offset of the first byte.</param>
/// <param name="length">Length in bytes.</param>
internal sealed class SlicedTextSource(TextSource whole, long start, long length) : TextSource(whole.Name)
{
    public override long LengthBytes => length;

    internal override DateTime? ModifiedUtc => whole.ModifiedUtc;

    internal override string? Change => whole.Change;

    internal override string? Gap => whole.Gap;

    internal override ReadOnlySpan<byte> GetSpan(long from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + count, length);
        return whole.GetSpan(start + from, count);
    }

    internal override string? FindPlace(long offset) => whole.FindPlace(start + offset);

    internal override void Read(long offset, Span<byte> buffer) => whole.Read(start + offset, buffer);

    internal override MappedBytes? TryMap(long from, int count) => whole.TryMap(start + from, count);

    internal override void RequireWhole(MappedBytes mapped) => whole.RequireWhole(mapped);
}
