using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Takes values one by one and makes one of them. None and failed items are left out and counted apart.</summary>
internal abstract class Fold(string name)
{
    private long _total;
    private long _none;
    private long _unreadable;
    private long _failed;

    public string Name { get; } = name;

    /// <summary>Whether a text counts as the number that it reads as.</summary>
    public virtual bool ReadsNumbers => false;

    public void Add(Value value)
    {
        if (LeavesOutFailed && Unknown.Of(value) is not null)
        {
            AddFailed();
            return;
        }

        _total++;
        if (SkipsNone && Reading.IsNone(value))
            _none++;
        else if (!TryAdd(value))
            _unreadable++;
    }

    /// <summary>Counts an item that failed, or a row that stands for such items.</summary>
    public void AddFailed()
    {
        _total++;
        _failed++;
    }

    /// <summary>Adds a number of which no value was made.</summary>
    public void Add(decimal number)
    {
        _total++;
        if (!TryAdd(number))
            _unreadable++;
    }

    /// <summary>The value, and a note of what was left out under the stage or expression that asked.</summary>
    public Value Finish(object site, Evaluation evaluation)
    {
        evaluation.Tallies.LeftOut(site, Name, _total, _none, _unreadable, _failed);
        if (Remark is { } remark)
            evaluation.Note($"{Name}: {remark}");
        return Result();
    }

    /// <summary>What else is worth a note; null for nothing.</summary>
    protected virtual string? Remark => null;

    /// <summary>Whether none is left out, and so noted.</summary>
    protected virtual bool SkipsNone => true;

    /// <summary>Whether a failed item is left out; one is an item where items themselves are counted.</summary>
    protected virtual bool LeavesOutFailed => true;

    /// <summary>False for a value that is of no use to the fold.</summary>
    protected abstract bool TryAdd(Value value);

    protected virtual bool TryAdd(decimal number) => TryAdd(new NumberValue(number));

    protected abstract Value Result();
}
