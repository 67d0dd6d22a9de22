using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The items that a condition holds for.</summary>
internal sealed class FilteredRows(StageRows rows, RowCondition condition) : RowReader
{
    public override Cell Cell => rows.Reader.Cell;

    public override bool Has(int field) => rows.Reader.Has(field);

    public override Cell CellAt(int field) => rows.Reader.CellAt(field);

    public override Value ValueAt(int field) => rows.Reader.ValueAt(field);

    public override KeptRow Keep(KeptRow? used) => rows.Reader.Keep(used);

    public override void Pack(ValueWriter writer) => rows.Reader.Pack(writer);

    public override void Dispose() => rows.Dispose();

    protected override bool Advance()
    {
        while (rows.MoveNext())
        {
            if (condition.Holds(rows) == true)
                return true;
        }

        return false;
    }

    protected override Value MakeItem() => rows.Reader.Item;
}
