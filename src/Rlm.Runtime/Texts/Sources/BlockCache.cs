namespace Rlm.Runtime.Texts.Sources;

/// <summary>The parts of files that were read last, for all sources together, so that memory does not grow with their number.</summary>
/// <remarks>
/// Who reads on gets blocks. Who looks here and there, as at rows in the order of a sort, gets pages: a block for each row took 24 µs.
/// A text that is read from end to end needs few blocks; where one is missed that was replaced last, there are too few, and the cache grows.
/// </remarks>
internal static class BlockCache
{
    /// <summary>The length of a block, small enough to stay off the large object heap.</summary>
    public const int BlockBytes = 64 * 1024;

    private const int PageBytes = 1024;

    /// <summary>So long a text has more blocks than the cache begins with; one that is shorter is read in blocks.</summary>
    private const int LongBytes = 16 * BlockBytes;

    private static readonly CachedBlocks Blocks = new(BlockBytes, fewestSlots: LongBytes / BlockBytes, mostSlots: 256);
    private static readonly CachedBlocks Pages = new(PageBytes, fewestSlots: 256, mostSlots: 256);

    /// <summary>The bytes of a range that lies in one block.</summary>
    public static ReadOnlySpan<byte> Get(FileTextSource source, long start, int length)
    {
        long number = start / BlockBytes;
        var block = Blocks.Find(source, number);
        if (block is null)
        {
            long page = start / PageBytes;
            if ((start + length - 1) / PageBytes == page && source.LengthBytes > LongBytes && !IsReadOn(source, page))
                return Pages.Get(source, page).AsSpan((int)(start % PageBytes), length);
            block = Blocks.Get(source, number);
        }

        return block.AsSpan((int)(start % BlockBytes), length);
    }

    /// <summary>Whether the two pages on one side of a page that is not here were just read. One alone is a row that lies in both.</summary>
    private static bool IsReadOn(FileTextSource source, long page) => !Pages.Has(source, page)
        && ((IsHere(source, page - 1) && IsHere(source, page - 2)) || (IsHere(source, page + 1) && IsHere(source, page + 2)));

    private static bool IsHere(FileTextSource source, long page) =>
        Pages.Has(source, page) || Blocks.Has(source, page / (BlockBytes / PageBytes));
}
