namespace Rlm.Runtime.Values.Rows;

/// <summary>A value that is not a list, as the only item.</summary>
internal sealed class OneRow(Value value) : RowReader
{
    private bool _isPast;

    public override bool Has(int field) => false;

    public override void Dispose()
    {
    }

    protected override bool Advance()
    {
        bool isNew = !_isPast;
        _isPast = true;
        return isNew;
    }

    protected override Value MakeItem() => ListValue.Keep(value);
}
