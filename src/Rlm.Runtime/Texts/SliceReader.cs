namespace Rlm.Runtime.Texts;

/// <summary>Parts of a text, one after the other, with their bytes: what a stage tests before it makes a value of one.</summary>
internal abstract class SliceReader : IDisposable
{
    public abstract TextSlice Current { get; }

    /// <summary>The bytes of the current part, until the next move.</summary>
    public abstract ReadOnlySpan<byte> Bytes { get; }

    public abstract bool MoveNext();

    public abstract void Dispose();

    /// <summary>The parts that a condition holds for.</summary>
    public sealed class Filtered(SliceReader inner, Filtered.Condition condition) : SliceReader
    {
        public delegate bool Condition(ReadOnlySpan<byte> bytes);

        public override TextSlice Current => inner.Current;

        public override ReadOnlySpan<byte> Bytes => inner.Bytes;

        public override bool MoveNext()
        {
            while (inner.MoveNext())
            {
                if (condition(inner.Bytes))
                    return true;
            }

            return false;
        }

        public override void Dispose() => inner.Dispose();
    }

    /// <summary>The lines of a text.</summary>
    public sealed class Lines(TextSlice text, CancellationToken cancellationToken) : SliceReader
    {
        private readonly LineScanner _lines = new(text, cancellationToken);

        public override TextSlice Current => new(text.Source, _lines.Start, _lines.Length);

        public override ReadOnlySpan<byte> Bytes => _lines.Bytes;

        public override bool MoveNext() => _lines.MoveNext();

        public override void Dispose() => _lines.Dispose();
    }
}
