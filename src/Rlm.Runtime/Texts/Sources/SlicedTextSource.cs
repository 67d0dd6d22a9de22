namespace Rlm.Runtime.Texts.Sources;

/// <summary>A stretch of another source as a text of its own, without a copy. Its lines count from its own first one.</summary>
/// <param name="whole">The other source, which its owner disposes.</param>
/// <param name="start">Offset of the first byte.</param>
/// <param name="length">Length in bytes.</param>
/// <param name="name">What <c>cite</c> calls it, where its places and gaps are its own; null for those of the other source.</param>
internal sealed class SlicedTextSource(TextSource whole, long start, long length, string? name = null) : TextSource(name ?? whole.Name)
{
    public override long LengthBytes => length;

    internal override bool IsNear => whole.IsNear;

    internal override DateTime? ModifiedUtc => whole.ModifiedUtc;

    internal override TextChange? Change => whole.Change;

    internal override string? Gap => name is null ? whole.Gap : base.Gap;

    internal override ReadOnlySpan<byte> GetSpan(long from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from + count, length);
        return whole.GetSpan(start + from, count);
    }

    internal override string? FindPlace(long offset) => name is null ? whole.FindPlace(start + offset) : base.FindPlace(offset);

    internal override void ReadBytes(long offset, Span<byte> buffer) => whole.ReadBytes(start + offset, buffer);
}
