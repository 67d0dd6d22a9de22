using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>How many values there are or, with a condition's values, how many are true and which share that is.</summary>
internal sealed class ConditionFold(string name, bool isConditional, bool isShare) : Fold(name)
{
    private long _total;
    private long _true;

    // None as the value of a condition is false, not missing.
    protected override bool SkipsNone => false;

    protected override bool LeavesOutFailed => isConditional;

    protected override bool TryAdd(Value value)
    {
        _total++;
        if (!isConditional || Reading.AsBool(value) == true)
            _true++;
        return true;
    }

    protected override bool TryAdd(in Cell cell, RowExpression expression, StageRows rows)
    {
        if (isConditional)
            return false;

        _total++;
        _true++;
        return true;
    }

    protected override Value Result() => !isShare
        ? new NumberValue(_true)
        : _total == 0 ? NoneValue.Instance : NumberValue.WithMostDecimals((decimal)_true / _total, SumFold.MoreDecimals);
}
