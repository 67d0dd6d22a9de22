using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values.Rows;

/// <summary>A value that is ordered among others, and what it reads as.</summary>
internal sealed class OrderKey
{
    private readonly Number? _number;
    private readonly PointInTime? _time;

    /// <summary>The key of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="value">Its value.</param>
    public OrderKey(in KeyCell cell, Value value)
    {
        if (cell.Cell.Kind == CellKind.Text)
            (value as TextValue)?.KeepBytes(cell.Cell.Text);
        Value = Keep(value);
        _number = cell.Number;
        _time = cell.Time;
        IsMissing = cell.IsMissing;
    }

    public Value Value { get; }

    /// <summary>The number that it is or reads as.</summary>
    public ref readonly Number? Number => ref _number;

    /// <summary>The point in time that it is or reads as.</summary>
    public ref readonly PointInTime? Time => ref _time;

    /// <summary>Whether there is nothing to order: none, or a blank text.</summary>
    public bool IsMissing { get; }

    /// <summary>The value with the bytes of a short text, so that comparing does not read its source again and again.</summary>
    public static Value Keep(Value value)
    {
        (value as TextValue)?.KeepBytes();
        return ListValue.Keep(value);
    }
}
