namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>A text in memory that knows how it is read: ahead in stretches, and in order, while that is short, in spans.</summary>
internal sealed class WatchedSource(string text) : TextSource("watched")
{
    private readonly byte[] _bytes = System.Text.Encoding.Latin1.GetBytes(text);
    private int _reading;
    private int _stretches;

    public override long LengthBytes => _bytes.Length;

    /// <summary>How many stretches were read.</summary>
    public int Stretches => Volatile.Read(ref _stretches);

    /// <summary>How many threads read a stretch now.</summary>
    public int Reading => Volatile.Read(ref _reading);

    /// <summary>From which place on reading fails.</summary>
    public long FailsFrom { get; init; } = long.MaxValue;

    /// <summary>Called in the reading of a stretch.</summary>
    public Action<long>? OnRead { get; set; }

    internal override ReadOnlySpan<byte> GetSpan(long start, int length)
    {
        Require(start + length);
        return _bytes.AsSpan((int)start, length);
    }

    internal override void ReadBytes(long offset, Span<byte> buffer)
    {
        Interlocked.Increment(ref _stretches);
        Interlocked.Increment(ref _reading);
        try
        {
            OnRead?.Invoke(offset);
            Require(offset + buffer.Length);
            _bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer);
        }
        finally
        {
            Interlocked.Decrement(ref _reading);
        }
    }

    private void Require(long end)
    {
        if (end > FailsFrom)
            throw new TextException($"`{Name}` is shorter than before");
    }
}
