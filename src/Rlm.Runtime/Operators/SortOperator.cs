using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A stable sort; none comes last whether ascending or descending, what failed behind it.</summary>
internal sealed class SortOperator : IOperator
{
    public string Name => "sort";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var orders = stage.Orders("orders");
        var scopes = StageItems.Scopes(input, stage, scope, evaluation).ToArray();
        Value[][] keys = orders.Count == 0
            ? [Column([.. scopes.Select(item => Scalar(item.Item))], "sort by number(it)", evaluation)]
            : [.. orders.Select(order => Column([.. scopes.Select(item => ExpressionEvaluator.Evaluate(order.Key, item, evaluation))], "sort by number(…)", evaluation))];
        bool[] isApart = [.. scopes.Select(item => Unknown.IsApart(item.Item))];
        ValueComparer[] comparers = orders.Count == 0
            ? [ValueComparer.Ascending]
            : [.. orders.Select(order => order.Descending ? ValueComparer.Descending : ValueComparer.Ascending)];

        int[] places = new int[scopes.Length];
        for (int i = 0; i < places.Length; i++)
            places[i] = i;
        Array.Sort(places, (left, right) =>
        {
            if (isApart[left] != isApart[right])
                return isApart[left].CompareTo(isApart[right]);
            for (int k = 0; k < keys.Length; k++)
            {
                int order = comparers[k].Compare(keys[k][left], keys[k][right]);
                if (order != 0)
                    return order;
            }

            return left.CompareTo(right);
        });
        return ListValue.Of([.. places.Select(place => scopes[place].Item)]);
    }

    /// <summary>A row that stands for its text or value sorts as that.</summary>
    private static Value Scalar(Value item) => item is RecordValue ? Reading.AsText(item) ?? item : item;

    private static Value[] Column(Value[] keys, string asNumbers, Evaluation evaluation)
    {
        var column = new ValueColumn();
        var numbers = new TextNumbers();
        foreach (var key in keys)
        {
            column.Add(key);
            numbers.Add(key);
        }

        if (numbers.AreCompared)
            evaluation.Note($"sort: the keys are texts that read as numbers and are ordered as texts; write `{asNumbers}`");
        return [.. keys.Select(key => SortKey.Of(column.Read(key)))];
    }
}
