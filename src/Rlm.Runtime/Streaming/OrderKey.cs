using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>A value that is ordered among others, and what it reads as.</summary>
/// <param name="Value">The value.</param>
/// <param name="Number">The number that it is or reads as.</param>
/// <param name="Time">The point in time that it is or reads as.</param>
/// <param name="IsMissing">Whether there is nothing to order: none, or a blank text.</param>
internal sealed record OrderKey(Value Value, Number? Number, PointInTime? Time, bool IsMissing)
{
    public static OrderKey Of(in KeyCell cell, Value value)
    {
        if (cell.Cell.Kind == CellKind.Text)
            (value as TextValue)?.KeepBytes(cell.Cell.Text);
        return new OrderKey(Keep(value), cell.Number, cell.Time, cell.IsMissing);
    }

    /// <summary>The value with the bytes of a short text, so that comparing does not read its source again and again.</summary>
    public static Value Keep(Value value)
    {
        (value as TextValue)?.KeepBytes();
        return ListValue.Settled(value);
    }
}
