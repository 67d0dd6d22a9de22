namespace Rlm.Runtime.Texts.Sources;

/// <summary>The blocks of files that were read last, for all sources together, so that memory does not grow with their number.</summary>
/// <remarks>
/// Direct-mapped and without locks: two threads may both read a block, and the later one stays. A block that is replaced lives
/// on for as long as a span over it does. A text that is read from end to end needs few blocks; where one is missed that was
/// replaced last, there are too few, and the cache grows.
/// </remarks>
internal static class BlockCache
{
    /// <summary>The length of a block, small enough to stay off the large object heap.</summary>
    public const int BlockBytes = 64 * 1024;

    private const int FewestSlots = 16;
    private const int MostSlots = 256;

    private static Entry?[] _slots = new Entry?[FewestSlots];

    /// <summary>The block of that number.</summary>
    public static byte[] Get(FileTextSource source, long number)
    {
        var slots = Volatile.Read(ref _slots);
        var key = new Key(source.Id, number);
        ref var slot = ref slots[key.PlaceIn(slots)];
        var entry = Volatile.Read(ref slot);
        if (entry?.Key == key)
            return entry.Bytes;

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(BlockBytes, source.LengthBytes - (number * BlockBytes)));
        source.Read(number * BlockBytes, bytes);
        Volatile.Write(ref slot, new Entry(key, bytes, entry?.Key));
        if (entry?.Replaced == key && slots.Length < MostSlots)
            Grow(slots);
        return bytes;
    }

    private static void Grow(Entry?[] slots)
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
