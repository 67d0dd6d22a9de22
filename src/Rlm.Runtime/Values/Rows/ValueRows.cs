namespace Rlm.Runtime.Values.Rows;

/// <summary>Items that are values already.</summary>
internal sealed class ValueRows(IEnumerable<Value> items) : RowReader
{
    private readonly IEnumerator<Value> _items = items.GetEnumerator();

    public override void Dispose() => _items.Dispose();

    protected override bool Advance() => _items.MoveNext();

    protected override Value MakeItem() => ListValue.Keep(_items.Current);
}
