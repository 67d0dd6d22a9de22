using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>Items in the order that they were sorted in.</summary>
internal sealed class SortedRows(SortCursor items, SortOrder order) : PackedRows
{
    protected override ValueReader Open() => order.RowOf(items.Item);

    protected override bool AdvanceItem() => items.MoveNext();
}
