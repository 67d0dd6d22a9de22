using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>
/// The columns of some items: every field of any record, in order of appearance, or one column for items that are not records.
/// </summary>
internal sealed class RowColumns
{
    private RowColumns(IReadOnlyList<string> names, bool isRecords)
    {
        Names = names;
        IsRecords = isRecords;
    }

    public IReadOnlyList<string> Names { get; }

    private bool IsRecords { get; }

    /// <param name="items">The items.</param>
    /// <param name="type">The type of their list, which tells the columns of one without items; null for none then.</param>
    public static RowColumns Of(IReadOnlyList<Value> items, RlmType? type = null)
    {
        if (items.Count == 0)
            return OfType(type?.ItemType?.Required);

        var names = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        RecordShape? last = null;
        foreach (var item in items)
        {
            if (item is not RecordValue row || row.Shape == last)
                continue;
            last = row.Shape;
            foreach (string name in row.Shape.Names)
            {
                if (seen.Add(name))
                    names.Add(name);
            }
        }

        if (names.Count > 0)
            return new RowColumns(names, true);
        return new RowColumns([items.Any(item => item is TextValue) ? "text" : "value"], false);
    }

    private static RowColumns OfType(RlmType? item) => item switch
    {
        RecordType { Fields.Count: > 0 } record => new([.. record.Fields.Select(field => field.Name)], true),
        null or RecordType => new([], false),
        _ when item == RlmType.Unknown => new([], false),
        _ => new([item.IsTextual ? "text" : "value"], false),
    };

    /// <summary>An item's cells, none where it has no such field.</summary>
    public IEnumerable<Value> CellsOf(Value item)
    {
        if (!IsRecords)
            return [item];

        // A failed row shows in its first cell.
        return item is RecordValue row
            ? Names.Select(name => row.Find(name) ?? NoneValue.Instance)
            : Names.Select((_, i) => i == 0 ? item : NoneValue.Instance);
    }
}
