using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>A cell that is ordered among others, with the number or date that it is or reads as.</summary>
internal readonly ref struct KeyCell
{
    // yyyyMMdd is a number and a date.
    private const int DigitsOfDay = 8;

    public KeyCell(in Cell cell)
    {
        Cell = cell;
        Number = cell.AsNumber();
        if (Number is null || (cell.Kind != CellKind.Number && cell.LengthBytes == DigitsOfDay))
            Time = cell.AsDate();
        IsMissing = Number is null && Time is null && (cell.IsNone || cell.IsBlank);
    }

    public KeyCell(OrderKey key)
    {
        Cell = Cell.Of(key.Value);
        Number = key.Number;
        Time = key.Time;
        IsMissing = key.IsMissing;
    }

    public Cell Cell { get; }

    public Number? Number { get; }

    public PointInTime? Time { get; }

    /// <summary>Whether there is nothing to order: none, or a blank text.</summary>
    public bool IsMissing { get; }

    /// <summary>Whether it is or reads as what an order is of.</summary>
    public bool Reads(KeyReading reading) => reading switch
    {
        KeyReading.Number => Number is not null,
        KeyReading.Date => Time is not null,
        _ => true,
    };
}
