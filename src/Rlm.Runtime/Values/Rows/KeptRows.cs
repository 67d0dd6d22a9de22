using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Values.Rows;

/// <summary>The items of a list that is kept in memory.</summary>
internal sealed class KeptRows(KeptItems items) : PackedRows
{
    private int _place = -1;

    /// <summary>All items of a list.</summary>
    public static RowSource SourceOf(KeptItems items) => new(() => new KeptRows(items))
    {
        Shape = items.Layout?.Shape,
        KindOf = items.Layout is null ? null : static _ => ValueKind.Text,
        IsWhole = items.Layout is not null,
    };

    protected override ValueReader Open() => items.ReaderAt(_place);

    protected override bool AdvanceItem() => ++_place < items.Count;
}
