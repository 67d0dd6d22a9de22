namespace Rlm.Runtime.Texts;

/// <summary>The blocks of files that were read last, for all sources together, so that memory does not grow with their number.</summary>
/// <remarks>
/// Direct-mapped and without locks: two threads may both read a block, and the later one stays. A block that is replaced lives
/// on for as long as a span over it does.
/// </remarks>
internal static class BlockCache
{
    /// <summary>The length of a block, small enough to stay off the large object heap.</summary>
    public const int BlockBytes = 64 * 1024;

    private const int SlotCount = 256;

    private static readonly Entry?[] Slots = new Entry?[SlotCount];

    /// <summary>The block of that number.</summary>
    public static byte[] Get(FileTextSource source, long number)
    {
        ref var slot = ref Slots[(int)((ulong)((source.Id * 61) + number) % SlotCount)];
        var entry = Volatile.Read(ref slot);
        if (entry is not null && entry.SourceId == source.Id && entry.Number == number)
            return entry.Bytes;

        byte[] bytes = new byte[Math.Min(BlockBytes, source.LengthBytes - (number * BlockBytes))];
        source.Read(number * BlockBytes, bytes);
        Volatile.Write(ref slot, new Entry(source.Id, number, bytes));
        return bytes;
    }

    private sealed record Entry(long SourceId, long Number, byte[] Bytes);
}
