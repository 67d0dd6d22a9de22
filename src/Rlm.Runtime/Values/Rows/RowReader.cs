namespace Rlm.Runtime.Values.Rows;

/// <summary>
/// The items of a list, one after the other: what a stage asks of one is read, and its value made only if that is asked for.
/// </summary>
internal abstract class RowReader : IDisposable
{
    private Value? _item;

    /// <summary>For how many items of the whole list it stands: more than itself where shards kept one of those that say the same.</summary>
    public virtual long Weight => 1;

    /// <summary>The item's value, made once.</summary>
    public Value Item => _item ??= MakeItem();

    /// <summary>The item.</summary>
    public virtual Cell Cell => Cell.Of(Item);

    /// <summary>Whether a field of the source's shape can be read of this item; where not, its value tells.</summary>
    public virtual bool Has(int field) => true;

    /// <summary>A field of the source's shape.</summary>
    public virtual Cell CellAt(int field) => throw new InvalidOperationException("These items have no fields.");

    /// <summary>A field's value, the same that the item has.</summary>
    public virtual Value ValueAt(int field) => throw new InvalidOperationException("These items have no fields.");

    public bool MoveNext()
    {
        _item = null;
        return Advance();
    }

    public abstract void Dispose();

    /// <summary>Goes to the next item; false after the last.</summary>
    protected abstract bool Advance();

    protected abstract Value MakeItem();
}
