using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>Items in the order that they were sorted in.</summary>
internal sealed class SortedRows(SortCursor items, SortOrder order) : RowReader
{
    private readonly PackedRow _row = new();
    private bool _isRow;

    public override bool Has(int field) => _isRow;

    public override Cell CellAt(int field) =>
        _row.Fields[field].IsNone ? Cell.Of(NoneValue.Instance) : Cell.OfText(_row.BytesOf(field), _row.ColumnOf(field));

    public override Value ValueAt(int field) => _row.ValueAt(field);

    public override void Pack(ValueWriter writer)
    {
        if (_isRow)
            _row.Pack(writer);
        else
            base.Pack(writer);
    }

    public override void Dispose()
    {
    }

    protected override bool Advance()
    {
        if (!items.MoveNext())
            return false;

        _isRow = order.RowOf(items.Item).TryReadRow(_row);
        return true;
    }

    protected override Value MakeItem() => _isRow ? _row.Make() : order.RowOf(items.Item).Read();
}
