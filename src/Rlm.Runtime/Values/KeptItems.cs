namespace Rlm.Runtime.Values;

/// <summary>The items of a long list in memory, packed: a line takes some 10 bytes instead of 80, a row of a table a tenth of what it takes as a value.</summary>
internal sealed class KeptItems : MadeList<Value>
{
    private const int BlockItems = 64;

    /// <summary>So many items each but the last.</summary>
    private readonly List<PackedValues> _blocks;

    private KeptItems(List<PackedValues> blocks, int count)
    {
        _blocks = blocks;
        Count = count;
    }

    public override int Count { get; }

    public override Value this[int index] => _blocks[index / BlockItems][index % BlockItems];

    /// <summary>Reads items into memory; those of a short list as an array.</summary>
    public static IReadOnlyList<Value> Of(IEnumerable<Value> items)
    {
        var blocks = new List<PackedValues>();
        var block = new List<Value>();
        foreach (var item in items)
        {
            if (block.Count == BlockItems)
            {
                blocks.Add(PackedValues.Of(block));
                block.Clear();
            }

            block.Add(item);
        }

        if (blocks.Count == 0)
            return block.ToArray();

        int count = (blocks.Count * BlockItems) + block.Count;
        blocks.Add(PackedValues.Of(block));
        return new KeptItems(blocks, count);
    }
}
