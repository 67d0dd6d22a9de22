namespace Rlm.Runtime.Operators.Look;

/// <summary>SplitMix64 (Steele, Lea and Flood, 2014): the same numbers for the same seed on every machine and in every version.</summary>
internal struct RandomSequence(ulong seed)
{
    private ulong _state = seed;

    /// <summary>A whole number from 0 to before the limit.</summary>
    public long Below(long limit) => (long)Math.BigMul(Draw(), (ulong)limit, out _);

    private ulong Draw()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
