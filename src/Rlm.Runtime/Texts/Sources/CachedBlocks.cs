namespace Rlm.Runtime.Texts.Sources;

/// <summary>Blocks of one length that were read last.</summary>
/// <remarks>
/// Direct-mapped and without locks: two threads may both read a block, and the later one stays. A block that is replaced lives
/// on for as long as a span over it does.
/// </remarks>
/// <param name="blockBytes">The length of a block.</param>
/// <param name="fewestSlots">How many blocks are kept at first.</param>
/// <param name="mostSlots">How many are kept where those are too few.</param>
internal sealed class CachedBlocks(int blockBytes, int fewestSlots, int mostSlots)
{
    private Entry?[] _slots = new Entry?[fewestSlots];

    public bool Has(FileTextSource source, long number) => Find(source, number) is not null;

    /// <summary>The block of that number; null where it is not here.</summary>
    public byte[]? Find(FileTextSource source, long number)
    {
        var slots = Volatile.Read(ref _slots);
        var key = new Key(source.Id, number);
        return number >= 0 && Volatile.Read(ref slots[key.PlaceIn(slots)]) is { } entry && entry.Key == key ? entry.Bytes : null;
    }

    /// <summary>The block of that number, which is read where it is not here.</summary>
    public byte[] Get(FileTextSource source, long number)
    {
        var slots = Volatile.Read(ref _slots);
        var key = new Key(source.Id, number);
        ref var slot = ref slots[key.PlaceIn(slots)];
        var entry = Volatile.Read(ref slot);
        if (entry?.Key == key)
            return entry.Bytes;

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(blockBytes, source.LengthBytes - (number * blockBytes)));
        source.Read(number * blockBytes, bytes);
        Volatile.Write(ref slot, new Entry(key, bytes, entry?.Key));
        if (entry?.Replaced == key && slots.Length < mostSlots)
            Grow(slots);
        return bytes;
    }

    private void Grow(Entry?[] slots)
    {
        var grown = new Entry?[2 * slots.Length];
        foreach (var entry in slots.OfType<Entry>())
            grown[entry.Key.PlaceIn(grown)] = entry;
        Interlocked.CompareExchange(ref _slots, grown, slots);
    }

    private readonly record struct Key(long SourceId, long Number)
    {
        public int PlaceIn(Entry?[] slots) => (int)((ulong)((SourceId * 61) + Number) % (ulong)slots.Length);
    }

    /// <param name="Key">Which block it is.</param>
    /// <param name="Bytes">The block.</param>
    /// <param name="Replaced">The block that stood in the slot before; null for none.</param>
    private sealed record Entry(Key Key, byte[] Bytes, Key? Replaced);
}
