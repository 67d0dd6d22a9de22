using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>Parts of a text, with their bytes at hand.</summary>
internal abstract class TextRows(TextInput text) : RowReader
{
    public override Cell Cell => Cell.OfText(Bytes);

    /// <summary>Where the part stands.</summary>
    protected abstract TextSlice Part { get; }

    protected abstract ReadOnlySpan<byte> Bytes { get; }

    protected override Value MakeItem() => text.Part(Part);

    /// <summary>The lines.</summary>
    public sealed class Lines(TextInput text, CancellationToken cancellationToken) : TextRows(text)
    {
        private readonly LineScanner _lines = new(text.Slice, cancellationToken);

        protected override TextSlice Part => _lines.Slice;

        protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

        public override void Dispose() => _lines.Dispose();

        protected override bool Advance() => _lines.MoveNext();
    }

    /// <summary>The lines that match a pattern, or do not.</summary>
    public sealed class Matching(TextInput text, LinePattern pattern, bool isInverted, CancellationToken cancellationToken) : TextRows(text)
    {
        private readonly MatchingLines _lines = MatchingLines.Open(text.Slice, pattern, isInverted, cancellationToken);

        protected override TextSlice Part => _lines.Slice;

        protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

        public override void Dispose() => _lines.Dispose();

        protected override bool Advance() => _lines.MoveNext();
    }
}
