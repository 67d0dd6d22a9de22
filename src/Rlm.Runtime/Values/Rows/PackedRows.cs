using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Values.Rows;

/// <summary>Items that are kept packed, of which rows are read without making values of them.</summary>
internal abstract class PackedRows : RowReader
{
    private readonly PackedRow _row = new();
    private bool _isRow;

    public override Cell Cell
    {
        get
        {
            if (_isRow || !Open().TryReadText(out var slice, out var known, out var column) || slice.Length > BlockCache.BlockBytes)
                return base.Cell;
            return Cell.OfText(known.IsEmpty ? slice.Source.GetSpan(slice.Start, (int)slice.Length) : known, column);
        }
    }

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

    /// <summary>Reads the item that the reader is at.</summary>
    protected abstract ValueReader Open();

    /// <summary>Goes to the next item; false after the last.</summary>
    protected abstract bool AdvanceItem();

    protected sealed override bool Advance()
    {
        if (!AdvanceItem())
            return false;

        _isRow = Open().TryReadRow(_row);
        return true;
    }

    protected sealed override Value MakeItem() => _isRow ? _row.Make() : ListValue.Keep(Open().Read());
}
