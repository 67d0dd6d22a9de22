using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>Takes values one by one and makes one of them. None and failed items are left out and counted apart.</summary>
internal abstract class Fold(string name)
{
    private long _total;
    private long _none;
    private long _unreadable;
    private long _failed;
    private Value? _firstUnreadable;

    public string Name { get; } = name;

    /// <summary>What is worth a note beside what was left out; null for nothing.</summary>
    protected virtual string? Remark => null;

    /// <summary>Whether none is left out, and so noted.</summary>
    protected virtual bool SkipsNone => true;

    /// <summary>Whether a failed item is left out; one is an item where items themselves are counted.</summary>
    protected virtual bool LeavesOutFailed => true;

    /// <summary>Whether there were values, and not one of them was of use.</summary>
    protected bool IsAllLost => _total > 0 && _unreadable + _failed + _none == _total;

    public void Add(Value value)
    {
        var missing = FindMissing(value);
        if (LeavesOutFailed && Unknown.Of(missing) is not null)
        {
            AddFailed();
            return;
        }

        _total++;
        if (SkipsNone && Reading.IsNone(missing))
        {
            _none++;
        }
        else if (!TryAdd(value))
        {
            if (Reading.IsBlank(missing))
            {
                _none++;
                return;
            }

            _unreadable++;
            _firstUnreadable ??= missing;
        }
    }

    /// <summary>What a value is left out for: itself, or the part of it that is missing.</summary>
    protected virtual Value FindMissing(Value value) => value;

    /// <summary>Counts an item that failed, or a row that stands for such items.</summary>
    public void AddFailed()
    {
        _total++;
        _failed++;
    }

    /// <summary>Adds what an expression is of the current item, of which a value is made only where that is asked for.</summary>
    public void Add(RowExpression expression, StageRows rows)
    {
        var cell = expression.Read(rows);
        if (!cell.IsNone && TryAdd(cell, expression, rows))
            _total++;
        else
            Add(expression.Evaluate(rows));
    }

    /// <summary>The value, and notes of what was left out under the stage or expression that asked.</summary>
    public Value Finish(object site, EvaluationContext evaluation)
    {
        evaluation.Tallies.AddLeftOut(site, Name, _total, SkipsNone ? _none : 0, SkipsNone ? _unreadable : 0, _failed, _firstUnreadable);
        if (Remark is { } remark)
            evaluation.Note($"{Name}: {remark}");
        Tell(evaluation);
        return Result();
    }

    /// <summary>The value of what was added so far.</summary>
    public Value ValueSoFar => Result();

    /// <summary>Notes what the fold itself found out about the values.</summary>
    protected virtual void Tell(EvaluationContext evaluation)
    {
    }

    /// <summary>False for a value that is of no use to the fold.</summary>
    protected abstract bool TryAdd(Value value);

    /// <summary>False for a cell that is of no use to the fold, or whose value it needs.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="expression">What gives the cell, and its value.</param>
    /// <param name="rows">The items, at the one that the cell is of.</param>
    protected virtual bool TryAdd(in Cell cell, RowExpression expression, StageRows rows) => false;

    protected abstract Value Result();
}
