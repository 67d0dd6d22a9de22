namespace Rlm.Runtime.Values.Rows;

/// <summary>The places of keys in order of first sight. A key is found by its cells, and a value is made only of a part that is new.</summary>
/// <param name="parts">How many values a key has.</param>
internal sealed class KeyTable(int parts)
{
    private readonly Part[] _parts = [.. Enumerable.Range(0, parts).Select(_ => new Part())];

    // A key of several parts is a path: the number of its first parts, and that of the next.
    private readonly Dictionary<(int Before, int Last), int>[] _paths =
        [.. Enumerable.Range(1, Math.Max(0, parts - 1)).Select(_ => new Dictionary<(int Before, int Last), int>())];

    /// <summary>How many keys there are.</summary>
    public int Count => _paths.Length == 0 ? _parts[0].Places.Count : _paths[^1].Count;

    /// <summary>The place of a key; -1 where it is not there.</summary>
    public int Find(IKeyParts key)
    {
        int place = _parts[0].Find(key.CellOf(0));
        for (int i = 1; i < _parts.Length && place >= 0; i++)
        {
            int last = _parts[i].Find(key.CellOf(i));
            place = last >= 0 && _paths[i - 1].TryGetValue((place, last), out int found) ? found : -1;
        }

        return place;
    }

    /// <summary>The place of a key, which is the last one where the key was not there.</summary>
    public int FindOrAdd(IKeyParts key)
    {
        int place = _parts[0].FindOrAdd(key, 0);
        for (int i = 1; i < _parts.Length; i++)
        {
            int last = _parts[i].FindOrAdd(key, i);
            var paths = _paths[i - 1];
            if (!paths.TryGetValue((place, last), out int found))
                paths.Add((place, last), found = paths.Count);
            place = found;
        }

        return place;
    }

    /// <summary>The values of one part of all keys.</summary>
    private sealed class Part
    {
        private readonly Dictionary<ValueKey, int>.AlternateLookup<Cell> _byCell;

        public Part() => _byCell = Places.GetAlternateLookup<Cell>();

        public Dictionary<ValueKey, int> Places { get; } = new(ValueKeyComparer.Instance);

        public int Find(in Cell cell) => _byCell.TryGetValue(cell, out int place) ? place : -1;

        public int FindOrAdd(IKeyParts key, int part)
        {
            if (_byCell.TryGetValue(key.CellOf(part), out int place))
                return place;

            var value = new ValueKey(key.ValueOf(part));
            value.KeepBytes();
            place = Places.Count;
            Places.Add(value, place);
            return place;
        }
    }
}
