namespace Rlm.Runtime.Values.Rows;

/// <summary>The places of keys in order of first sight. A key is found by its cells, and a value is made only of a part that is new.</summary>
/// <param name="parts">How many values a key has.</param>
internal sealed class KeyTable(int parts)
{
    // Neighbours are scattered: it is odd, and so each path has a number of its own.
    private const long Scatter = unchecked((long)0x9E37_79B9_7F4A_7C15);

    private readonly Part[] _parts = [.. Enumerable.Range(0, parts).Select(_ => new Part())];

    // A key of several parts is a path: the number of its first parts, and that of the next.
    private readonly Dictionary<long, int>[] _paths = [.. Enumerable.Range(1, Math.Max(0, parts - 1)).Select(_ => new Dictionary<long, int>())];

    /// <summary>How many keys there are.</summary>
    public int Count => _paths.Length == 0 ? _parts[0].Count : _paths[^1].Count;

    /// <summary>The place of a key; -1 where it is not there.</summary>
    public int Find(IKeyParts key)
    {
        int place = _parts[0].Find(key.CellOf(0));
        for (int i = 1; i < _parts.Length && place >= 0; i++)
        {
            int last = _parts[i].Find(key.CellOf(i));
            place = last >= 0 && _paths[i - 1].TryGetValue(PathOf(place, last), out int found) ? found : -1;
        }

        return place;
    }

    /// <summary>The place of a key, which is the last one where the key was not there.</summary>
    public int FindOrAdd(IKeyParts key)
    {
        int place = _parts[0].FindOrAdd(key, 0);
        for (int i = 1; i < _parts.Length; i++)
        {
            long path = PathOf(place, _parts[i].FindOrAdd(key, i));
            var paths = _paths[i - 1];
            if (!paths.TryGetValue(path, out int found))
                paths.Add(path, found = paths.Count);
            place = found;
        }

        return place;
    }

    private static long PathOf(int before, int last) => unchecked((((long)before << 32) | (uint)last) * Scatter);

    /// <summary>The values of one part of all keys. Cells are compared where they are: a dictionary would copy them again and again.</summary>
    private sealed class Part
    {
        private const int FewestValues = 16;

        private (ValueKey Key, int Next)[] _values = new (ValueKey, int)[FewestValues];

        // Of the values whose hashes begin alike, the place of the one that was added last, from 1.
        private int[] _latest = new int[FewestValues];

        public int Count { get; private set; }

        /// <summary>The place of a cell's value; -1 where it is not there.</summary>
        public int Find(in Cell cell)
        {
            int hash = cell.KeyHash();
            int place = LatestOf(hash) - 1;
            while (place >= 0 && !(_values[place].Key.GetHashCode() == hash && cell.IsKey(_values[place].Key)))
                place = _values[place].Next - 1;
            return place;
        }

        public int FindOrAdd(IKeyParts key, int part)
        {
            int place = Find(key.CellOf(part));
            if (place >= 0)
                return place;

            if (Count == _values.Length)
                Grow();
            var value = new ValueKey(key.ValueOf(part));
            value.KeepBytes();
            Add(value);
            return Count - 1;
        }

        private void Add(ValueKey value)
        {
            ref int latest = ref LatestOf(value.GetHashCode());
            _values[Count++] = (value, latest);
            latest = Count;
        }

        private void Grow()
        {
            var values = _values;
            _values = new (ValueKey, int)[2 * values.Length];
            _latest = new int[2 * values.Length];
            Count = 0;
            foreach (var (value, _) in values)
                Add(value);
        }

        private ref int LatestOf(int hash) =>
            ref _latest[(int)((ulong)(uint)(unchecked(hash * (int)(Scatter >> 32))) * (ulong)_latest.Length >> 32)];
    }
}
