using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Values.Rows;

/// <summary>What a stage that works on each item of a list makes of them, one after the other.</summary>
/// <param name="items">The items.</param>
/// <param name="open">What becomes of one.</param>
internal sealed class LiftedRows(IEnumerable<Value> items, Func<Value, RowReader> open) : RowReader
{
    private readonly IEnumerator<Value> _items = items.GetEnumerator();
    private RowReader? _parts;

    public override Cell Cell => _parts!.Cell;

    public override bool Has(int field) => _parts!.Has(field);

    public override Cell CellAt(int field) => _parts!.CellAt(field);

    public override Value ValueAt(int field) => _parts!.ValueAt(field);

    public override KeptRow Keep(KeptRow? used) => _parts!.Keep(used);

    public override void Pack(ValueWriter writer) => _parts!.Pack(writer);

    public override long PassAlike() => _parts!.PassAlike();

    public override void Dispose()
    {
        _parts?.Dispose();
        _items.Dispose();
    }

    protected override bool Advance()
    {
        while (_parts is null || !_parts.MoveNext())
        {
            _parts?.Dispose();
            _parts = null;
            if (!_items.MoveNext())
                return false;
            _parts = open(_items.Current);
        }

        return true;
    }

    protected override Value MakeItem() => _parts!.Item;
}
