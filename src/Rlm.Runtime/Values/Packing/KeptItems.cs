namespace Rlm.Runtime.Values.Packing;

/// <summary>
/// The items of a long list in memory, packed: a line takes some 10 bytes instead of 80, a row of a table a tenth of what it takes as a
/// value.
/// </summary>
internal sealed class KeptItems : MadeList<Value>
{
    private const int BlockItems = 64;

    /// <summary>So many items each but the last.</summary>
    private readonly List<PackedValues> _blocks;

    private KeptItems(List<PackedValues> blocks, int count, IReadOnlyList<RecordShape> shapes)
    {
        _blocks = blocks;
        Count = count;
        Shapes = shapes;
    }

    /// <summary>Those of its records, in order of appearance.</summary>
    public IReadOnlyList<RecordShape> Shapes { get; }

    public override int Count { get; }

    public override Value this[int index] => _blocks[index / BlockItems][index % BlockItems];

    /// <summary>Reads items into memory; those of a short list as an array.</summary>
    public static IReadOnlyList<Value> Of(IEnumerable<Value> items)
    {
        var builder = new Builder();
        foreach (var item in items)
            builder.Add(item);
        return builder.Build();
    }

    /// <summary>Takes the items one by one.</summary>
    public sealed class Builder
    {
        private readonly List<PackedValues> _blocks = [];
        private readonly List<Value> _block = [];
        private readonly OrderedDictionary<RecordShape, bool> _shapes = [];
        private RecordShape? _shape;

        public void Add(Value item)
        {
            if (item is RecordValue { Shape: var shape } && shape != _shape)
            {
                _shape = shape;
                _shapes.TryAdd(shape, true);
            }

            if (_block.Count == BlockItems)
            {
                _blocks.Add(PackedValues.Of(_block));
                _block.Clear();
            }

            _block.Add(item);
        }

        /// <summary>The items that were added; those of a short list as an array.</summary>
        public IReadOnlyList<Value> Build()
        {
            if (_blocks.Count == 0)
                return _block.ToArray();

            int count = (_blocks.Count * BlockItems) + _block.Count;
            _blocks.Add(PackedValues.Of(_block));
            return new KeptItems(_blocks, count, [.. _shapes.Keys]);
        }
    }
}
