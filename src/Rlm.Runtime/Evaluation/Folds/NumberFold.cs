using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>A fold of numbers, or of durations, which are folded as ticks.</summary>
internal abstract class NumberFold(string name) : Fold(name)
{
    private bool? _ofDurations;
    private readonly CommaDoubt _commas = new();
    private ColumnReading? _column;

    protected override void Tell(EvaluationContext evaluation)
    {
        evaluation.Tallies.AddGuess(_column);
        _commas.Tell(Name, evaluation);
    }

    protected override bool TryAdd(Value value) => value is DurationValue duration
        ? TryAdd(duration.Duration.Ticks, isDuration: true)
        : TryAdd(Cell.Of(value));

    protected override bool TryAdd(in Cell cell, RowExpression expression, StageRows rows) => TryAdd(cell);

    protected override Value Result()
    {
        try
        {
            return Fold() is not { } result
                ? NoneValue.Instance
                : _ofDurations == true ? new DurationValue(new TimeSpan((long)result.InDecimal)) : MakeValue(result);
        }
        catch (OverflowException)
        {
            return NoneValue.Instance;
        }
    }

    protected abstract void Take(in Number number);

    /// <summary>The result as it is shown.</summary>
    protected virtual NumberValue MakeValue(Number result) => new(result);

    /// <summary>The result; null for none. An overflow makes it none.</summary>
    protected abstract Number? Fold();

    private bool TryAdd(in Cell cell)
    {
        _column ??= cell.Column;
        _commas.Add(cell);
        return cell.AsNumber() is { } number && TryAdd(number, isDuration: false);
    }

    private bool TryAdd(in Number number, bool isDuration)
    {
        if (_ofDurations == !isDuration)
            return false;

        _ofDurations = isDuration;
        Take(number);
        return true;
    }
}
