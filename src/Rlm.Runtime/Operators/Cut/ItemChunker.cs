using System.Text;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>
/// Puts neighbouring items together up to a size. A piece repeats the last items of the one before, as far as the overlap holds them.
/// </summary>
/// <param name="unit">What the size counts; null for items.</param>
/// <param name="size">The most that a piece holds.</param>
/// <param name="overlap">The most that it repeats.</param>
/// <param name="cancellationToken">Ends the chunking.</param>
internal sealed class ItemChunker(TextUnit? unit, long size, long overlap, CancellationToken cancellationToken)
{
    private const int TokenParts = 1_000;

    /// <summary>Lists of items; an item larger than the size stands alone.</summary>
    public IEnumerable<Value> Lists(IEnumerable<Value> items)
    {
        foreach (var piece in Chunk(items, item => unit is null ? 1 : ItemSize.Of(item, unit), 0))
            yield return ListValue.Of([.. piece]);
    }

    /// <summary>Texts of items with a newline between; an item larger than the size is cut.</summary>
    public IEnumerable<TextValue> Texts(IEnumerable<TextValue> items)
    {
        // Parts of a token add up over many short items.
        bool isTokens = unit == TextUnit.Tokens;
        long separator = unit == TextUnit.Characters ? 1 : isTokens ? TokenParts / 4 : 0;
        var chunker = isTokens ? new ItemChunker(unit, size * TokenParts, overlap * TokenParts, cancellationToken) : this;
        foreach (var piece in chunker.Chunk(Cut(items), item => isTokens
            ? (long)(item.LengthBytes * TokenParts / TextInput.Of(item).Slice.Source.BytesPerToken)
            : ItemSize.Of(item, unit!), separator))
            yield return Join(piece);
    }

    private static TextValue Join(List<TextValue> parts)
    {
        if (parts.Count == 1)
            return parts[0];

        var joined = new StringBuilder();
        var cover = parts[0].Provenance;
        for (int i = 0; i < parts.Count; i++)
        {
            if (i > 0)
                joined.Append('\n');
            joined.Append(parts[i]);
            cover = cover is { } first && parts[i].Provenance is { } second ? TextSlice.Cover(first, second) : null;
        }

        return new TextValue(joined.ToString(), cover) { Parts = [.. parts] };
    }

    private IEnumerable<TextValue> Cut(IEnumerable<TextValue> items)
    {
        foreach (var item in items)
        {
            if (ItemSize.Of(item, unit!) <= size)
            {
                yield return item;
                continue;
            }

            var text = TextInput.Of(item);
            foreach (var piece in new PieceCutter(text.Slice, unit!, size, 0, cancellationToken).Pieces())
                yield return text.Part(piece);
        }
    }

    private IEnumerable<List<T>> Chunk<T>(IEnumerable<T> items, Func<T, long> sizeOf, long separator)
    {
        var piece = new List<T>();
        var sizes = new List<long>();
        long total = 0;
        bool hasNew = false;
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long itemSize = sizeOf(item) + separator;
            if (hasNew && total + itemSize - separator > size)
            {
                yield return [.. piece];
                hasNew = false;
                int kept = CountRepeated(sizes);
                piece.RemoveRange(0, piece.Count - kept);
                sizes.RemoveRange(0, sizes.Count - kept);
                total = sizes.Sum();
            }

            // What is repeated gives way where the next item would not fit beside it.
            while (!hasNew && piece.Count > 0 && total + itemSize - separator > size)
            {
                total -= sizes[0];
                piece.RemoveAt(0);
                sizes.RemoveAt(0);
            }

            piece.Add(item);
            sizes.Add(itemSize);
            total += itemSize;
            hasNew = true;
        }

        if (hasNew)
            yield return piece;
    }

    private int CountRepeated(List<long> sizes)
    {
        int kept = 0;
        long total = 0;
        while (kept < sizes.Count - 1 && (total += sizes[^(kept + 1)]) <= overlap)
            kept++;
        return kept;
    }
}
