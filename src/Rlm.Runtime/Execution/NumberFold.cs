using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>A fold of numbers, or of durations, which are folded as ticks.</summary>
internal abstract class NumberFold(string name) : Fold(name)
{
    private bool? _ofDurations;

    public override bool ReadsNumbers => true;

    protected override bool TryAdd(Value value) => value is DurationValue duration
        ? TryAdd(duration.Duration.Ticks, isDuration: true)
        : Reading.AsNumber(value) is { } number && TryAdd(number);

    protected override bool TryAdd(decimal number) => TryAdd(number, isDuration: false);

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

    protected abstract void Take(decimal number);

    /// <summary>The result; null for none. An overflow makes it none.</summary>
    protected abstract decimal? Folded();

    private bool TryAdd(decimal number, bool isDuration)
    {
        if (_ofDurations == !isDuration)
            return false;

        _ofDurations = isDuration;
        Take(number);
        return true;
    }
}
