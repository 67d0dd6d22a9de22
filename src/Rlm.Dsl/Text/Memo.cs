namespace Rlm;

/// <summary>Values by their keys, which any number of threads read and make. Reading takes no lock.</summary>
/// <remarks>
/// In place of <c>ConcurrentDictionary</c>, whose list of keys has a native app carry a comparer for each type that there is an array of:
/// a twentieth of its start.
/// </remarks>
/// <param name="comparer">Compares keys; null for what they are themselves.</param>
internal sealed class Memo<TKey, TValue>(IEqualityComparer<TKey>? comparer = null)
    where TKey : notnull
{
    private readonly object _lock = new();
    private readonly IEqualityComparer<TKey> _comparer = comparer ?? EqualityComparer<TKey>.Default;

    /// <summary>The entries by their hash, in a number of chains that is a power of two. An entry never changes.</summary>
    private Entry?[] _chains = new Entry?[8];

    private int _count;

    public int Count => Volatile.Read(ref _count);

    public bool TryGetValue(TKey key, out TValue value)
    {
        int hash = _comparer.GetHashCode(key);
        var entry = Find(Volatile.Read(ref _chains), key, hash);
        value = entry is null ? default! : entry.Value;
        return entry is not null;
    }

    /// <summary>The value of the key, made where there is none. Two threads may both make one, of which the first is kept.</summary>
    public TValue GetOrAdd(TKey key, Func<TKey, TValue> make) => TryGetValue(key, out var known) ? known : GetOrAdd(key, make(key));

    /// <summary>The value of the key, which is the given one where there was none.</summary>
    public TValue GetOrAdd(TKey key, TValue value)
    {
        int hash = _comparer.GetHashCode(key);
        lock (_lock)
        {
            if (Find(_chains, key, hash) is { } known)
                return known.Value;

            if (_count >= _chains.Length)
                Volatile.Write(ref _chains, Widen(_chains));
            ref var chain = ref _chains[hash & (_chains.Length - 1)];
            Volatile.Write(ref chain, new Entry(key, value, hash, chain));
            _count++;
            return value;
        }
    }

    public void Clear()
    {
        lock (_lock)
        {
            Volatile.Write(ref _chains, new Entry?[8]);
            _count = 0;
        }
    }

    private Entry? Find(Entry?[] chains, TKey key, int hash)
    {
        var entry = Volatile.Read(ref chains[hash & (chains.Length - 1)]);
        while (entry is not null && (entry.Hash != hash || !_comparer.Equals(entry.Key, key)))
            entry = entry.Next;
        return entry;
    }

    private static Entry?[] Widen(Entry?[] chains)
    {
        var wide = new Entry?[chains.Length * 2];
        foreach (var chain in chains)
        {
            for (var entry = chain; entry is not null; entry = entry.Next)
            {
                ref var place = ref wide[entry.Hash & (wide.Length - 1)];
                place = new Entry(entry.Key, entry.Value, entry.Hash, place);
            }
        }

        return wide;
    }

    private sealed class Entry(TKey key, TValue value, int hash, Entry? next)
    {
        public TKey Key => key;

        public TValue Value => value;

        public int Hash => hash;

        public Entry? Next => next;
    }
}
