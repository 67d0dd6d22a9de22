using Rlm.Runtime.Texts;

namespace Rlm.Runtime.Values;

/// <summary>A list of parts of one text that can be read as bytes, without a value for each.</summary>
/// <param name="Open">Starts reading; once for a streamed list.</param>
/// <param name="Part">Makes the value of a part.</param>
internal sealed record SliceStream(Func<SliceReader> Open, Func<TextSlice, TextValue> Part)
{
    /// <summary>The parts that a condition holds for.</summary>
    public SliceStream Where(SliceReader.Filtered.Condition condition) => this with { Open = () => new SliceReader.Filtered(Open(), condition) };

    public IEnumerable<Value> Values()
    {
        using var reader = Open();
        while (reader.MoveNext())
            yield return Part(reader.Current);
    }

    public long Count()
    {
        using var reader = Open();
        long count = 0;
        while (reader.MoveNext())
            count++;
        return count;
    }
}
