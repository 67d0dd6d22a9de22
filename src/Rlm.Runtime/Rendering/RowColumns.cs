using Rlm.Dsl.Types;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Packing;

namespace Rlm.Runtime.Rendering;

/// <summary>
/// The columns of some items: every field of any record, in order of appearance, or one column for items that are not records.
/// </summary>
internal sealed class RowColumns
{
    // Of the item that was looked at last.
    private RecordShape? _shape;
    private int[] _fields = [];

    private RowColumns(IReadOnlyList<string> names, bool isRecords)
    {
        Names = names;
        IsRecords = isRecords;
    }

    public IReadOnlyList<string> Names { get; }

    private bool IsRecords { get; }

    /// <summary>Those of items, of which there are some.</summary>
    public static RowColumns Of(IReadOnlyList<Value> items)
    {
        var shapes = items is KeptItems kept ? kept.Shapes : items.OfType<RecordValue>().Select(static row => row.Shape);
        string[] names = [.. shapes.Distinct().SelectMany(static shape => shape.Names).Distinct(StringComparer.Ordinal)];
        return names.Length > 0 ? new(names, true) : new([items.Any(item => item is TextValue) ? "text" : "value"], false);
    }

    /// <summary>Those of rows that all have one shape.</summary>
    public static RowColumns Of(RecordShape shape) => new(shape.Names, true);

    /// <summary>Those of a list without items; none where its type is not known.</summary>
    public static RowColumns OfType(RlmType? list) => OfItem(list?.ItemType?.Required);

    private static RowColumns OfItem(RlmType? item) => item switch
    {
        RecordType { Fields.Count: > 0 } record => new([.. record.Fields.Select(field => field.Name)], true),
        null or RecordType => new([], false),
        _ when item == RlmType.Unknown => new([], false),
        _ => new([item.IsTextual ? "text" : "value"], false),
    };

    /// <summary>An item's cell, none where it has no such field. A failed row shows in its first cell.</summary>
    public Value CellAt(Value item, int column)
    {
        if (!IsRecords)
            return item;
        if (item is not RecordValue row)
            return column == 0 ? item : NoneValue.Instance;

        if (row.Shape != _shape)
        {
            _shape = row.Shape;
            _fields = [.. Names.Select(_shape.IndexOf)];
        }

        return _fields[column] is >= 0 and var field ? row.Fields[field] : NoneValue.Instance;
    }
}
