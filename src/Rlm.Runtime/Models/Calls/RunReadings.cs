using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Models.Calls;

/// <summary>
/// What the stages of a run read: of each source the most that one of them read, since what several read of it is mostly the same.
/// </summary>
internal sealed class RunReadings
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Stage, string Unit, TextSource? Source), (long Count, long Unmatched)> _most = [];

    /// <summary>In the order in which stages were first heard of.</summary>
    public IReadOnlyList<RlmReading> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _most.GroupBy(entry => (entry.Key.Stage, entry.Key.Unit)).Select(stage => new RlmReading(
                    stage.Key.Stage, stage.Key.Unit, stage.Sum(entry => entry.Value.Count), stage.Sum(entry => entry.Value.Unmatched)))];
            }
        }
    }

    public void Add(IReadOnlyList<SourceReading> readings)
    {
        lock (_gate)
        {
            foreach (var reading in readings)
            {
                var key = (reading.Stage, reading.Unit, reading.Source);
                var counts = (reading.Count, reading.Unmatched);
                if (!_most.TryGetValue(key, out var known) || counts.CompareTo(known) > 0)
                    _most[key] = counts;
            }
        }
    }
}
