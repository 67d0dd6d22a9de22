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

    private KeptItems(List<PackedValues> blocks, int count, IReadOnlyList<RecordShape> shapes, RowLayout? layout)
    {
        _blocks = blocks;
        Count = count;
        Shapes = shapes;
        Layout = layout;
    }

    public override int Count { get; }

    /// <summary>Those of its records, in order of appearance.</summary>
    public IReadOnlyList<RecordShape> Shapes { get; }

    /// <summary>What all items have in common where they are rows; null for others.</summary>
    public RowLayout? Layout { get; }

    public override Value this[int index] => ReaderAt(index).Read();

    /// <summary>Reads the item at a place.</summary>
    public ValueReader ReaderAt(int index) => _blocks[index / BlockItems].ReaderAt(index % BlockItems);

    /// <summary>Reads items into memory; those of a short list as an array.</summary>
    public static IReadOnlyList<Value> Of(IEnumerable<Value> items)
    {
        var first = new List<Value>();
        Builder? builder = null;
        foreach (var item in items)
        {
            if (builder is null && first.Count < BlockItems)
            {
                first.Add(item);
                continue;
            }

            if (builder is null)
            {
                builder = new Builder();
                foreach (var earlier in first)
                    builder.Next().Add(earlier);
            }

            builder.Next().Add(item);
        }

        return builder?.Build() ?? first.ToArray();
    }

    /// <summary>Takes the items one by one.</summary>
    public sealed class Builder
    {
        private readonly List<PackedValues> _blocks = [];
        private readonly ValueWriter _writer = new(new PackedObjects()) { LeavesOutNear = true };
        private readonly List<int> _starts = [];
        private readonly OrderedDictionary<RecordShape, bool> _shapes = [];
        private RecordShape? _shape;
        private RowLayout? _layout;
        private bool _hasOthers;
        private int _count;

        /// <summary>What one more item is added to.</summary>
        public ValueWriter Next()
        {
            EndItem();
            if (_starts.Count == BlockItems)
                EndBlock();
            _starts.Add(_writer.Length);
            _count++;
            return _writer;
        }

        /// <summary>The items that were added; those of a short list as an array.</summary>
        public IReadOnlyList<Value> Build()
        {
            EndItem();
            EndBlock();
            var kept = new KeptItems(_blocks, _count, [.. _shapes.Keys], _hasOthers ? null : _layout);
            return _count > BlockItems ? kept : kept.ToArray<Value>();
        }

        private void EndItem()
        {
            if (_starts.Count == 0 || (_writer.Shape == _shape && _writer.Layout == _layout))
                return;

            _layout ??= _writer.Layout;
            _hasOthers |= _writer.Layout is null || _writer.Layout != _layout;
            _shape = _writer.Shape;
            if (_shape is not null)
                _shapes.TryAdd(_shape, true);
        }

        private void EndBlock()
        {
            _blocks.Add(new PackedValues(_writer, [.. _starts]));
            _writer.Begin(new PackedObjects());
            _starts.Clear();
        }
    }
}
