using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// Tells where a stage's condition holds for no item, or for each, and one of its comparisons finds nothing for case or blanks alone. It looks
/// no further once the condition has held for one item and not for another.
/// </summary>
internal sealed class CaseNote(string stage) : RunningNote
{
    private readonly Lock _gate = new();
    private readonly List<(BoundBinary Test, CaseMiss? Miss)> _misses = [];
    private bool _hasHeld;
    private bool _hasFailed;
    private CaseLook? _looked;

    public override string? Text
    {
        get
        {
            lock (_gate)
            {
                string[] told = IsSettled ? [] : [.. _misses.Select(entry => entry.Miss?.Tell()).OfType<string>()];
                return told.Length == 0 ? null : $"{stage}: {string.Join("; ", told)}";
            }
        }
    }

    /// <summary>Whether the condition tells items apart, so that it says what it is meant to.</summary>
    public bool IsSettled => _hasHeld && _hasFailed;

    /// <summary>The note of an aggregate over a condition; null where nothing of that is to be watched.</summary>
    public static CaseNote? Of(BoundAggregate aggregate, EvaluationContext evaluation)
    {
        var condition = aggregate.Condition ?? (aggregate.Argument?.Type.Required == RlmType.Bool ? aggregate.Argument : null);
        return condition is null ? null
            : evaluation.GetRunning(aggregate, () => new CaseNote(aggregate.Function.Name) { _looked = CaseLook.Of(condition, evaluation) }) is { _looked: not null } note
                ? note
                : null;
    }

    /// <summary>Looks at what an aggregate's condition says of an item.</summary>
    public void Look(Scope item)
    {
        if (!IsSettled)
            _looked!.Look(item, this);
    }

    /// <summary>Adds what the condition says of an item.</summary>
    public void Add(bool holds)
    {
        _hasHeld |= holds;
        _hasFailed |= !holds;
    }

    /// <summary>The comparison as it is watched, for all the times that the stage is run; null for one that case does not matter to.</summary>
    public CaseMiss? MissOf(BoundBinary test)
    {
        lock (_gate)
        {
            foreach (var (known, watched) in _misses)
            {
                if (ReferenceEquals(known, test))
                    return watched;
            }

            var miss = CaseMiss.Of(test, this);
            _misses.Add((test, miss));
            return miss;
        }
    }
}
