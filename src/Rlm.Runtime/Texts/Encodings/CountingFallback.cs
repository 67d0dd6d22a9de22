using System.Text;

namespace Rlm.Runtime.Texts.Encodings;

/// <summary>Reads bytes that an encoding does not know as U+FFFD, and counts them.</summary>
internal sealed class CountingFallback : DecoderFallback
{
    public long Count { get; private set; }

    public override int MaxCharCount => 1;

    /// <summary>The encoding with a count of its own.</summary>
    public static Encoding Of(Encoding encoding, out CountingFallback fallback)
    {
        var counting = (Encoding)encoding.Clone();
        counting.DecoderFallback = fallback = new CountingFallback();
        return counting;
    }

    public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer(this);

    private sealed class Buffer(CountingFallback owner) : DecoderFallbackBuffer
    {
        private bool _isPending;

        public override int Remaining => _isPending ? 1 : 0;

        public override bool Fallback(byte[] bytesUnknown, int index)
        {
            owner.Count++;
            return _isPending = true;
        }

        public override char GetNextChar()
        {
            char next = _isPending ? '\uFFFD' : '\0';
            _isPending = false;
            return next;
        }

        public override bool MovePrevious() => false;

        public override void Reset() => _isPending = false;
    }
}
