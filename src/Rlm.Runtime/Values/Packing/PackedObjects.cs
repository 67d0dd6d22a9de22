using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values.Packing;

/// <summary>What packed values share: the source that most of them are slices of, and what is kept as it is.</summary>
internal sealed class PackedObjects
{
    private readonly Dictionary<object, int> _indexes = new(ReferenceEqualityComparer.Instance);
    private readonly List<object> _all = [];

    /// <summary>The source of the first slice.</summary>
    public TextSource? Source { get; private set; }

    /// <summary>Where that slice starts, which places are told from.</summary>
    public long Origin { get; private set; }

    public IReadOnlyList<object> All => _all;

    public int IndexOf(object kept)
    {
        if (!_indexes.TryGetValue(kept, out int index))
        {
            _indexes.Add(kept, index = _all.Count);
            _all.Add(kept);
        }

        return index;
    }

    /// <summary>Whether a slice is of the source, which the first one decides.</summary>
    public bool IsOfSource(in TextSlice slice)
    {
        if (Source is null)
            (Source, Origin) = (slice.Source, slice.Start);
        return slice.Source == Source;
    }
}
