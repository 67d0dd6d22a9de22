using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// Decides, once all values of a key were seen, what they are ordered as: as numbers where more than half of them read so, else as dates
/// where more than half do, else as they are.
/// </summary>
internal sealed class KeyVote
{
    // One in so many values begins with digits where these are likely to be what the order is meant to go by.
    private const int FigureShare = 4;

    private readonly CommaDoubt _commas = new();
    private long _numbers;
    private long _dates;
    private long _figures;
    private int _shape;
    private bool _hasOtherShapes;
    private Value? _figure;
    private Value? _noNumber;
    private Value? _noDate;
    private ColumnReading? _column;

    public KeyReading Reading => 2 * _numbers > Total ? KeyReading.Number : 2 * _dates > Total ? KeyReading.Date : KeyReading.Plain;

    /// <summary>How many values there were.</summary>
    public long Total { get; private set; }

    /// <summary>Whether every value so far is or reads as a number.</summary>
    public bool HasOnlyNumbers => _numbers == Total;

    /// <summary>Counts a value, unless there is none.</summary>
    public void Add(in KeyCell cell)
    {
        if (cell.IsMissing)
            return;

        Total++;
        _column ??= cell.Cell.Column;
        _commas.Add(cell.Cell);
        if (cell.Number is not null)
            _numbers++;
        else
            _noNumber ??= cell.Cell.ToValue();
        if (cell.Time is not null)
            _dates++;
        else
            _noDate ??= cell.Cell.ToValue();
        AddFigure(cell);
    }

    /// <summary>Counts a text that begins with figures and is not a number or date.</summary>
    private void AddFigure(in KeyCell cell)
    {
        if (cell.Number is not null || cell.Time is not null || cell.Cell.FigureShape() is not (> 0 and var shape))
            return;

        _hasOtherShapes |= _figures > 0 && shape != _shape;
        _shape = shape;
        _figures++;
        _figure ??= cell.Cell.ToValue();
    }

    private string Values => _column is null ? "values" : $"values of `{_column.Name}`";

    /// <summary>Notes what could not be ordered with the others, and what was taken for granted.</summary>
    public void Note(string stage, EvaluationContext evaluation)
    {
        evaluation.Tallies.AddGuess(_column);
        _commas.Tell(stage, evaluation);
        if (Reading == KeyReading.Plain
            && FigureShare * Math.Max(_hasOtherShapes ? _figures : 0, Math.Max(_numbers, _dates)) >= Math.Max(Total, 1))
        {
            evaluation.Tallies.Note(
                $"{stage}: {Values} are ordered as texts, by code point, as most are neither numbers nor dates{(_figure is null ? "" : $", as `{Preview.Of(ValueRenderer.InTemplate(_figure), 40)}`")}; order by `number(match(…, /[\\d.]+/))` where the figures in them count");
            return;
        }

        (long read, string kind, var other) = Reading switch
        {
            KeyReading.Number => (_numbers, "number", _noNumber),
            KeyReading.Date => (_dates, "date", _noDate),
            _ => (Total, "", null),
        };
        if (other is null || read == Total)
            return;

        long count = Total - read;
        evaluation.Tallies.Note(Invariant(
            $"{stage}: {count:N0} of {Total:N0} {Values} {Amount.Agree(count, $"{{is not a {kind} and comes|are not {kind}s and come}} last")}, as `{Preview.Of(ValueRenderer.InTemplate(other), 40)}`"));
    }
}
