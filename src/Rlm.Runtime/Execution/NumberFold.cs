using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>A fold of numbers, or of durations, which are folded as ticks.</summary>
internal abstract class NumberFold(string name) : Fold(name)
{
    private bool? _ofDurations;

    protected override bool TryAdd(Value value)
    {
        bool isDuration = value is DurationValue;
        decimal? number = value is DurationValue duration ? duration.Duration.Ticks : Reading.AsNumber(value);
        if (number is null || _ofDurations == !isDuration)
            return false;

        _ofDurations = isDuration;
        Add(number.Value);
        return true;
    }

    protected override Value Result()
    {
        try
        {
            return Folded() is not { } result
                ? NoneValue.Instance
                : _ofDurations == true ? new DurationValue(new TimeSpan((long)result)) : new NumberValue(result);
        }
        catch (OverflowException)
        {
            return NoneValue.Instance;
        }
    }

    protected abstract void Add(decimal number);

    /// <summary>The result; null for none. An overflow makes it none.</summary>
    protected abstract decimal? Folded();
}
