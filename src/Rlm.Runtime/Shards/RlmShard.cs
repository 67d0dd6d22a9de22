using System.Globalization;

namespace Rlm;

/// <summary>One of the stretches that texts are divided into, so that each is worked on by itself.</summary>
/// <param name="Number">Which one, from 1.</param>
/// <param name="Count">How many there are.</param>
public readonly record struct RlmShard(int Number, int Count)
{
    /// <summary>The most shards that there may be.</summary>
    public const int MaxCount = 1_000_000;

    /// <summary>Reads <c>3/64</c>, the third of 64; null for anything else.</summary>
    /// <param name="text">The text.</param>
    public static RlmShard? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var number, var count]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int which)
            && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out int all)
            && which >= 1 && which <= all && all <= MaxCount
            ? new RlmShard(which, all)
            : null;
    }

    /// <summary>The shard's part of a number. Those of all shards add up to it.</summary>
    /// <param name="all">The number; at least 0.</param>
    public long PartOf(long all)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(all);
        return (long)(((Int128)all * Number / Count) - ((Int128)all * (Number - 1) / Count));
    }

    /// <summary>As <c>3/64</c>.</summary>
    public override string ToString() => Invariant($"{Number}/{Count}");
}
