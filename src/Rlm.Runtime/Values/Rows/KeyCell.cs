using System.Diagnostics.CodeAnalysis;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values.Rows;

/// <summary>A cell that is ordered among others, with the number or date that it is or reads as.</summary>
internal readonly ref struct KeyCell
{
    // yyyyMMdd is a number and a date.
    private const int DigitsOfDay = 8;

    private readonly Cell _cell;
    private readonly Number? _number;
    private readonly PointInTime? _time;

    // By value: what is made of a reference is made apart, and copied.
    public KeyCell(Cell cell)
    {
        _number = cell.AsNumber();
        if (_number is null || (cell.Kind != CellKind.Number && cell.LengthBytes == DigitsOfDay))
            _time = cell.AsDate();
        IsMissing = _number is null && _time is null && (cell.IsNone || cell.IsBlank);
        // Last: to copy what has only just been written would wait for it.
        _cell = cell;
    }

    [UnscopedRef]
    public ref readonly Cell Cell => ref _cell;

    [UnscopedRef]
    public ref readonly Number? Number => ref _number;

    [UnscopedRef]
    public ref readonly PointInTime? Time => ref _time;

    /// <summary>Whether there is nothing to order: none, or a blank text.</summary>
    public bool IsMissing { get; }

    /// <summary>Whether it is or reads as what an order is of.</summary>
    public bool Reads(KeyReading reading) => reading switch
    {
        KeyReading.Number => _number.HasValue,
        KeyReading.Date => _time.HasValue,
        _ => true,
    };
}
