using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>Some items behind others, read no further than these.</summary>
/// <param name="rows">All items.</param>
/// <param name="skipped">How many are left out first.</param>
/// <param name="most">How many there are at most behind them.</param>
internal sealed class RowStretch(StageRows rows, long skipped, long most) : RowReader
{
    private long _skipped;
    private long _taken;

    public override Cell Cell => rows.Reader.Cell;

    public override bool Has(int field) => rows.Reader.Has(field);

    public override Cell CellAt(int field) => rows.Reader.CellAt(field);

    public override Value ValueAt(int field) => rows.Reader.ValueAt(field);

    public override KeptRow Keep(KeptRow? used) => rows.Reader.Keep(used);

    public override void Pack(ValueWriter writer) => rows.Reader.Pack(writer);

    public override void Dispose() => rows.Dispose();

    protected override bool Advance()
    {
        for (; _skipped < skipped; _skipped++)
        {
            if (!rows.MoveNext())
                return false;
        }

        return _taken++ < most && rows.MoveNext();
    }

    protected override Value MakeItem() => rows.Reader.Item;
}
