namespace Rlm.Runtime.Texts.Sources;

/// <summary>The places of a file that its text was read from, such as the pages of a PDF.</summary>
internal sealed class PlaceMap
{
    private readonly List<long> _starts = [];
    private readonly List<string?> _names = [];

    /// <summary>The places, in order.</summary>
    public IEnumerable<(long Start, string? Name)> All => _starts.Zip(_names);

    /// <summary>Begins a place; what stands before the first belongs to it.</summary>
    /// <param name="start">Its offset.</param>
    /// <param name="name">Its name; null where there is none.</param>
    public void Add(long start, string? name)
    {
        _starts.Add(start);
        _names.Add(name);
    }

    /// <summary>The place that an offset lies in; null where there is none.</summary>
    public string? Find(long offset)
    {
        if (_starts.Count == 0)
            return null;

        int at = _starts.BinarySearch(offset);
        if (at < 0)
            return _names[Math.Max(~at - 1, 0)];

        // Of places that begin at one offset only the last holds text.
        while (at + 1 < _starts.Count && _starts[at + 1] == offset)
            at++;
        return _names[at];
    }
}
