using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>A text that is put together again from what the shards keep of it, in their order.</summary>
/// <param name="owner">What stands before its name.</param>
/// <param name="name">Its name.</param>
/// <param name="sizeBytes">Its length.</param>
internal sealed class MergedText(string owner, string name, long sizeBytes) : IDisposable
{
    private readonly TextSpool _kept = new(name);
    private readonly List<LineRun> _runs = [];
    private TextFacts _facts = new(name, sizeBytes);
    private readonly Dictionary<long, long> _alike = [];
    private LeftOutLines _leftOut;
    private long _lines;
    private long _bytes;

    /// <summary>What a part says that is missing of it; null for nothing.</summary>
    public string? Gap { get; set; }

    /// <summary>Adds what a part holds of it.</summary>
    /// <param name="text">What the part says.</param>
    /// <param name="part">The part, at the lines.</param>
    public void Add(PartText text, PartStream part)
    {
        _facts = AddFaults(text, text.Facts ?? _facts);
        foreach (var run in text.Runs)
            _runs.Add(new LineRun(_lines + run.FirstLine, _leftOut + run.Before));
        foreach (var (offset, count) in text.Alike)
            _alike[_bytes + offset] = count;
        _lines += text.Lines;
        _leftOut += text.LeftOut;
        _bytes += text.Bytes;
        part.ReadBytes(text.Bytes, _kept.Write);
    }

    /// <summary>Adds the places that are not UTF-8 to what is known, before the lines are.</summary>
    private TextFacts AddFaults(PartText text, TextFacts facts) => text.Faults is not { } faults ? facts : facts with
    {
        FaultCount = Math.Min(facts.FaultCount + faults.Count, Utf8Faults.Most),
        FaultLine = facts.FaultLine ?? _lines + _leftOut.Lines + faults.FirstLine,
        LikelyEncoding = facts.LikelyEncoding ?? faults.LikelyEncoding,
    };

    /// <summary>The text, when all parts were added.</summary>
    /// <param name="gap">What is missing of it; null for nothing.</param>
    public TextSource ToSource(string? gap)
    {
        string?[] gaps = [_facts.Gap, Gap, gap];
        string? all = gaps.All(static each => each is null) ? null : string.Join("; ", gaps.OfType<string>());
        return new ReducedTextSource(_kept.ToSource(), _facts with { Name = $"{owner}{_facts.Name}", Gap = all }, _runs, _leftOut, _alike);
    }

    public void Dispose() => _kept.Dispose();
}
