using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>The stretch of a text that belongs to a shard.</summary>
/// <param name="Place">Which text it is of, among all texts of all variables.</param>
/// <param name="Slice">The stretch, of whole lines.</param>
/// <param name="IsFirst">Whether the text begins with it.</param>
internal readonly record struct TextShare(int Place, TextSlice Slice, bool IsFirst)
{
    /// <summary>
    /// Divides texts, one behind the other, into stretches of about the same length, by that of their files. A line belongs to the shard
    /// that its first byte falls to, a mail, or a text that is made of a file, as a whole.
    /// </summary>
    /// <param name="texts">The texts.</param>
    /// <param name="shard">The shard whose stretches are wanted.</param>
    public static IReadOnlyList<TextShare> Divide(IReadOnlyList<TextSource> texts, RlmShard shard)
    {
        long all = texts.Sum(text => text.FileBytes);
        long from = CutAt(all, shard.Number - 1, shard.Count), to = CutAt(all, shard.Number, shard.Count);
        bool isLast = shard.Number == shard.Count;
        var shares = new List<TextShare>();
        long origin = 0;
        for (int i = 0; i < texts.Count; origin += texts[i].FileBytes, i++)
        {
            var text = texts[i];
            bool isFirst = origin >= from && (origin < to || isLast);
            if (!isFirst && !text.IsCuttable)
                continue;

            long start = text.IsCuttable ? LineAt(text, from - origin) : 0;
            long end = isLast || !text.IsCuttable ? text.LengthBytes : LineAt(text, to - origin);
            if (isFirst || end > start)
                shares.Add(new TextShare(i, new TextSlice(text, start, end - start), isFirst));
        }

        return shares;
    }

    private static long CutAt(long all, int number, int count) => (long)((Int128)all * number / count);

    /// <summary>Where the first line starts that does so at an offset or behind it.</summary>
    private static long LineAt(TextSource text, long offset)
    {
        if (offset <= 0)
            return 0;
        if (offset >= text.LengthBytes)
            return text.LengthBytes;

        long end = text.IndexOf((byte)'\n', offset - 1, text.LengthBytes);
        return end < 0 ? text.LengthBytes : end + 1;
    }
}
