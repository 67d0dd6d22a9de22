using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Evaluation.Rows;

namespace Rlm.Runtime.Operators.Folds;

/// <summary>The folds that a stage's aggregates are made of, which take items while these are read.</summary>
internal sealed class AggregateFolds
{
    private readonly StageRows _rows;
    private readonly (BoundAggregate Aggregate, RowExpression Argument, RowExpression? Condition)[] _folds;
    private readonly EvaluationContext _evaluation;

    public AggregateFolds(IEnumerable<BoundAggregate> aggregates, StageRows rows, EvaluationContext evaluation)
    {
        (_rows, _evaluation) = (rows, evaluation);
        _folds = [.. aggregates.Select(aggregate => (
            aggregate,
            aggregate is { Argument: null, Function.Name: "count" } ? RowExpression.OfTrue() : rows.Expression(aggregate.Argument),
            aggregate.Condition is { } condition ? rows.Expression(condition) : null))];
    }

    /// <summary>The folds of aggregates that need nothing of their group but its items one by one; null where one needs more.</summary>
    public static IReadOnlyList<BoundAggregate>? Find(IEnumerable<BoundExpression> aggregates)
    {
        var found = new List<BoundAggregate>();
        return aggregates.All(aggregate => TryFind(aggregate, found)) ? found : null;
    }

    /// <summary>The folds of a group, of no items so far.</summary>
    public FoldedGroup Create()
    {
        var group = new FoldedGroup();
        foreach (var (aggregate, _, _) in _folds)
        {
            var parameter = aggregate.Parameter is null ? null : ExpressionEvaluator.Evaluate(aggregate.Parameter, null, _evaluation);
            group.Add(aggregate, FoldTable.Create(aggregate.Function.Name, aggregate.Argument is not null, parameter, aggregate.Span));
        }

        return group;
    }

    /// <summary>Adds the current item to its group.</summary>
    public void AddTo(FoldedGroup group)
    {
        for (int i = 0; i < _folds.Length; i++)
        {
            var (aggregate, argument, condition) = _folds[i];
            var fold = group.FoldAt(i);
            bool? isMeant = aggregate.Argument is null ? true
                : _rows.IsApart ? null
                : condition is null ? true : ExpressionEvaluator.Truth(condition.Evaluate(_rows));
            if (isMeant is null)
                fold.AddFailed();
            else if (isMeant.Value)
                fold.Add(argument, _rows);
        }
    }

    private static bool TryFind(BoundExpression expression, List<BoundAggregate> found)
    {
        if (expression is not BoundAggregate aggregate)
            return InvariantSearch.IsInvariant(expression) || (TakesAll(expression) && BoundTree.Children(expression).All(child => TryFind(child, found)));

        found.Add(aggregate);
        return !NeedsGroup(aggregate.Argument) && !NeedsGroup(aggregate.Condition)
            && (aggregate.Parameter is null || InvariantSearch.IsInvariant(aggregate.Parameter));
    }

    /// <summary>Whether all parts of an expression are evaluated whatever one of them is, and what is lost in one is lost.</summary>
    private static bool TakesAll(BoundExpression expression) => expression is BoundTemplate or BoundList
        or BoundBinary { Operator: >= BinaryOperator.Add and <= BinaryOperator.Remainder }
        || (expression is BoundCall { Function: { IsTool: false } function }
            && !function.Is(FunctionTraits.ReplacesNone) && !function.Is(FunctionTraits.AsksForReading));

    /// <summary>Whether an expression over an item sees more than that item, or is the same for all.</summary>
    private static bool NeedsGroup(BoundExpression? expression) => expression is not null
        && (!StageRows.IsOfItem(expression) || InvariantSearch.SeesMoreThanItem(expression)
            || BoundTree.Descendants(expression).Any(inner => inner is BoundAggregate or BoundIndex or BoundWindow));
}
