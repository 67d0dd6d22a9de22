namespace Rlm.Runtime.Values.Rows;

/// <summary>A list by what can be read of its items.</summary>
/// <param name="Open">Starts reading; once for a streamed list.</param>
internal sealed record RowSource(Func<RowReader> Open)
{
    /// <summary>The fields of the items, which are read one by one; null for items that are not records, or of any kind.</summary>
    public RecordShape? Shape { get; init; }

    /// <summary>Whether every item has just these fields, so that nobody has to look for others.</summary>
    public bool IsWhole { get; init; }

    /// <summary>
    /// The kind of a field's values, none aside, in all items, which may read them; null for several kinds, and where nobody can tell.
    /// </summary>
    public Func<int, ValueKind?>? KindOf { get; init; }

    /// <summary>Whether every item is a text at hand.</summary>
    public bool HasTexts { get; init; }

    /// <summary>A list of values.</summary>
    public static RowSource Of(IEnumerable<Value> items) => new(() => new ValueRows(items));

    public IEnumerable<Value> Values()
    {
        using var reader = Open();
        while (reader.MoveNext())
            yield return reader.Item;
    }

    public long Count()
    {
        using var reader = Open();
        long count = 0;
        while (reader.MoveNext())
            count += 1 + reader.PassAlike();
        return count;
    }
}
