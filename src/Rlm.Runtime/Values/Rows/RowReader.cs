using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Values.Rows;

/// <summary>
/// The items of a list, one after the other: what a stage asks of one is read, and its value made only if that is asked for.
/// </summary>
internal abstract class RowReader : IDisposable
{
    private Value? _item;
    private long _alike;

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

    /// <summary>Keeps what the item's value can be made of, for less than making it.</summary>
    /// <param name="used">What another item was kept in, which may be used again; null for nothing.</param>
    public virtual KeptRow Keep(KeptRow? used) => KeptRow.Made.Of(Item, used);

    /// <summary>Writes what the item's value can be made of, with the bytes that are at hand.</summary>
    public virtual void Pack(ValueWriter writer)
    {
        var cell = Cell;
        if (cell.Kind == CellKind.Text && Item is TextValue { IsOnlySlice: true, Slice: { } slice } text && slice.Length == cell.Text.Length)
            writer.AddText(slice, text.Column, cell.Text);
        else
            writer.Add(Item);
    }

    /// <summary>How many more items say the same as this one, of which shards kept one alone. They come next, each as an item of its own.</summary>
    protected virtual long Alike => 0;

    public bool MoveNext()
    {
        if (_alike > 0)
        {
            _alike--;
            return true;
        }

        _item = null;
        if (!Advance())
            return false;

        _alike = Alike;
        return true;
    }

    /// <summary>Passes over the items that say the same as this one; gives how many.</summary>
    public virtual long PassAlike()
    {
        long passed = _alike;
        _alike = 0;
        return passed;
    }

    public abstract void Dispose();

    /// <summary>Goes to the next item; false after the last.</summary>
    protected abstract bool Advance();

    protected abstract Value MakeItem();
}
