using System.Globalization;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Streaming;

/// <summary>
/// Decides, once all values of a key were seen, what they are ordered as: as numbers where more than half of them read so, else as dates where
/// more than half do, else as they are.
/// </summary>
internal sealed class KeyVote
{
    private long _total;
    private long _numbers;
    private long _dates;
    private Value? _noNumber;
    private Value? _noDate;
    private ColumnReading? _column;

    public KeyReading Reading => 2 * _numbers > _total ? KeyReading.Number : 2 * _dates > _total ? KeyReading.Date : KeyReading.Plain;

    /// <summary>Whether every value so far is or reads as a number.</summary>
    public bool HasOnlyNumbers => _numbers == _total;

    /// <summary>Counts a value, unless there is none.</summary>
    public void Add(in KeyCell cell)
    {
        if (cell.IsMissing)
            return;

        _total++;
        _column ??= cell.Cell.Column;
        if (cell.Number is not null)
            _numbers++;
        else
            _noNumber ??= cell.Cell.ToValue();
        if (cell.Time is not null)
            _dates++;
        else
            _noDate ??= cell.Cell.ToValue();
    }

    /// <summary>Notes what could not be ordered with the others, and what was taken for granted.</summary>
    public void Note(string stage, Evaluation evaluation)
    {
        evaluation.Tallies.Guessed(_column);
        (long read, string kind, var other) = Reading switch
        {
            KeyReading.Number => (_numbers, "number", _noNumber),
            KeyReading.Date => (_dates, "date", _noDate),
            _ => (_total, "", null),
        };
        if (other is null || read == _total)
            return;

        long count = _total - read;
        string of = _column is null ? "values" : $"values of `{_column.Name}`";
        evaluation.Tallies.Note(string.Create(CultureInfo.InvariantCulture,
            $"{stage}: {count:N0} of {_total:N0} {of} {(count == 1 ? $"is no {kind} and comes last" : $"are no {kind}s and come last")}, as `{Preview.Of(ValueRenderer.InTemplate(other), 40)}`"));
    }
}
