using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Takes values one by one and makes one of them. None and failed items are left out and counted.</summary>
internal abstract class Fold(string name)
{
    private long _total;
    private long _none;
    private long _unreadable;

    public string Name { get; } = name;

    /// <summary>Whether a text counts as the number that it reads as.</summary>
    public virtual bool ReadsNumbers => false;

    public void Add(Value value)
    {
        _total++;
        if (SkipsNone && Reading.IsNone(value))
            _none++;
        else if (!TryAdd(value))
            _unreadable++;
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
        if (SkipsNone)
            evaluation.Tallies.LeftOut(site, Name, _total, _none, _unreadable);
        if (Remark is { } remark)
            evaluation.Note($"{Name}: {remark}");
        return Result();
    }

    /// <summary>What else is worth a note; null for nothing.</summary>
    protected virtual string? Remark => null;

    /// <summary>Whether none is left out, and so noted.</summary>
    protected virtual bool SkipsNone => true;

    /// <summary>False for a value that is of no use to the fold.</summary>
    protected abstract bool TryAdd(Value value);

    protected virtual bool TryAdd(decimal number) => TryAdd(new NumberValue(number));

    protected abstract Value Result();
}
