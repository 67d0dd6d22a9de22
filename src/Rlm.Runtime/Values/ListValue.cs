namespace Rlm.Runtime.Values;

/// <summary>
/// A list. A streamed one is made item by item while it is read and may be read once; <see cref="ToArray"/> reads it whole.
/// </summary>
internal sealed class ListValue : Value
{
    private readonly IEnumerable<Value> _items;

    private ListValue(IEnumerable<Value> items, int? count)
    {
        _items = items;
        KnownCount = count;
    }

    public static ListValue Empty { get; } = new([], 0);

    /// <summary>How many items there are, where that is known without reading them.</summary>
    public int? KnownCount { get; }

    /// <summary>Whether it is made while it is read.</summary>
    public bool IsStreamed => _items is not Value[];

    public IEnumerable<Value> Items => _items;

    public static ListValue Of(Value[] items) => new(items, items.Length);

    public static ListValue Stream(IEnumerable<Value> items) => new(items, null);

    public Value[] ToArray() => _items as Value[] ?? [.. _items];

    /// <summary>The value as it can be kept and read again: a streamed list is read into memory.</summary>
    public static Value Settled(Value value) => value is ListValue { IsStreamed: true } list ? list.Materialize() : value;

    /// <summary>The same list with its items in memory.</summary>
    public ListValue Materialize() => IsStreamed ? Of(ToArray()) : this;
}
