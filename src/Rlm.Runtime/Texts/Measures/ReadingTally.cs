namespace Rlm.Runtime.Texts.Measures;

/// <summary>Counts what one stage reads, for each source by itself.</summary>
internal sealed class ReadingTally
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ValueTuple<TextSource?>, (long Count, long Unmatched)> _counts = [];

    public void Add(TextSource? source, long count, long unmatched = 0)
    {
        if (count == 0)
            return;

        lock (_gate)
        {
            var known = _counts.GetValueOrDefault(new(source));
            _counts[new(source)] = (known.Count + count, known.Unmatched + unmatched);
        }
    }

    /// <summary>The counts so far.</summary>
    public IReadOnlyList<SourceReading> Of(string stage, string unit)
    {
        lock (_gate)
            return [.. _counts.Select(entry => new SourceReading(stage, unit, entry.Key.Item1, entry.Value.Count, entry.Value.Unmatched))];
    }
}
