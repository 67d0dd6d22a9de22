using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Folds;

/// <summary>A group of items of which only the folds are kept that its aggregates ask for. It stands where else the list of items does.</summary>
internal sealed class FoldedGroup : Value
{
    private readonly List<(BoundAggregate Aggregate, Fold Fold)> _folds = [];

    public void Add(BoundAggregate aggregate, Fold fold) => _folds.Add((aggregate, fold));

    public Fold FoldAt(int place) => _folds[place].Fold;

    /// <summary>What an aggregate is of the group.</summary>
    public Value Finish(BoundAggregate aggregate, EvaluationContext evaluation) =>
        _folds.First(entry => ReferenceEquals(entry.Aggregate, aggregate)).Fold.Finish(aggregate, evaluation);
}
