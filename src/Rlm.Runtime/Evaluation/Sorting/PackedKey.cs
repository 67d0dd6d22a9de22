using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Packing;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>A key as bytes: what it is ordered by, which is all that is kept of it.</summary>
internal static class PackedKey
{
    private const int MostBytes = 512;

    /// <summary>Whether the order goes by the value, as that of a long text does.</summary>
    public static bool NeedsValue(in Cell cell) => cell.Kind == CellKind.Text
        ? cell.Text.Length > MostBytes
        : cell.Kind is CellKind.Value or CellKind.Number;

    /// <param name="writer">Where it is written.</param>
    /// <param name="cell">The key.</param>
    /// <param name="value">Its value, where that is needed.</param>
    public static void Write(ValueWriter writer, in Cell cell, Value? value)
    {
        if (value is not null)
            writer.Add(OrderKey.Keep(value));
        else if (cell.Kind == CellKind.Text)
            writer.AddTextKey(cell.Text, cell.Column);
        else
            writer.AddTimeKey(cell.Date.Instant);
    }

    public static Cell Read(ref ValueReader reader)
    {
        if (reader.TryReadTextKey(out var text, out var column))
            return Cell.OfText(text, column);
        if (reader.TryReadTimeKey(out var instant))
            return Cell.Of(new DateValue(PointInTime.OfTime(instant)));

        // Each value was written by itself.
        reader.MoveTo(reader.At);
        return Cell.Of(reader.Read());
    }
}
