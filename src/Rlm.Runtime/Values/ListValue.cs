using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Values;

/// <summary>
/// A list. A streamed one is made item by item while it is read and may be read once: <see cref="ReadAll"/> gives its items,
/// <see cref="Keep()"/> a list that may be read again.
/// </summary>
internal sealed class ListValue : Value
{
    private readonly IEnumerable<Value> _items;
    private readonly Func<long>? _count;
    private readonly RowSource? _rows;
    private Func<IArranged>? _arranged;

    private ListValue(IEnumerable<Value> items, int? count, Func<long>? counter = null, RowSource? rows = null)
    {
        _rows = rows;
        _items = items;
        KnownCount = count;
        _count = counter;
    }

    public static ListValue Empty { get; } = new([], 0);

    /// <summary>How many items there are, where that is known without reading them.</summary>
    public int? KnownCount { get; }

    /// <summary>Whether it is made while it is read.</summary>
    public bool IsStreamed => _items is not (Value[] or MadeList<Value>);

    /// <summary>Whether its items are made anew each time that they are looked at.</summary>
    public bool IsPacked => _items is KeptItems;

    public IEnumerable<Value> Items => _items;

    /// <summary>The items as a sort arranged them; null for a list that is as it was made.</summary>
    public IArranged? Arranged => _arranged?.Invoke() ?? _items as IArranged;

    /// <summary>The items as a stage reads them that can do without a value for each.</summary>
    public RowSource Rows => _rows ?? (_items is KeptItems kept ? KeptRows.SourceOf(kept) : RowSource.Of(_items));

    /// <summary>Makes the first so many for less than all would take; null where that is no cheaper than reading them.</summary>
    public Func<int, IEnumerable<Value>?>? FirstItems { get; private init; }

    public static ListValue Of(Value[] items) => new(items, items.Length);

    /// <param name="items">Items in memory, some of which may be made when they are looked at.</param>
    public static ListValue OfMade(IReadOnlyList<Value> items) => new(items, items.Count);

    /// <summary>A list of the items, which are read into memory.</summary>
    public static ListValue Keep(IEnumerable<Value> items)
    {
        var kept = KeptItems.Of(items);
        return new(kept, kept.Count);
    }

    /// <summary>The value as it can be read again: of a streamed list one in memory.</summary>
    public static Value Keep(Value value) => value is ListValue list ? list.Keep() : value;

    /// <param name="items">The items, made while they are read.</param>
    /// <param name="count">Counts them without making any; null where that is no cheaper.</param>
    public static ListValue Stream(IEnumerable<Value> items, Func<long>? count = null) => new(items, null, count);

    /// <param name="items">The items, made while they are read.</param>
    /// <param name="first">Makes the first so many for less.</param>
    public static ListValue Stream(IEnumerable<Value> items, Func<int, IEnumerable<Value>?> first) =>
        new(items, null) { FirstItems = first };

    /// <param name="rows">The items in their order, which may be read again.</param>
    /// <param name="arrange">Sorts them, when one of them is asked for.</param>
    /// <param name="first">Makes the first so many for less.</param>
    public static ListValue Arrange(RowSource rows, Func<IArranged> arrange, Func<int, IEnumerable<Value>?> first) =>
        new(rows.Values(), null, () => arrange().Count, rows) { _arranged = arrange, FirstItems = first };

    /// <param name="rows">The items, read as they are asked for.</param>
    /// <param name="count">Counts them for less than reading them; null where that is no cheaper.</param>
    public static ListValue OfRows(RowSource rows, Func<long>? count = null) => new(rows.Values(), null, count ?? rows.Count, rows);

    /// <summary>How many items there are, where that can be told without making them; a streamed list counts as read then.</summary>
    public long? Count() => KnownCount ?? _count?.Invoke();

    /// <summary>The list as it can be read again: of a streamed one a list in memory, which is as arranged as it is.</summary>
    public ListValue Keep()
    {
        if (!IsStreamed)
            return this;
        if (_rows is null)
            return Keep(_items);

        var builder = new KeptItems.Builder();
        using var reader = _rows.Open();
        while (reader.MoveNext())
            reader.Pack(builder.Next());
        var kept = builder.Build();
        return new(kept, kept.Count) { _arranged = _arranged };
    }

    /// <summary>The items by place. A streamed list is read by that, and cannot be read again.</summary>
    public IReadOnlyList<Value> ReadAll() => (IReadOnlyList<Value>)Keep()._items;
}
