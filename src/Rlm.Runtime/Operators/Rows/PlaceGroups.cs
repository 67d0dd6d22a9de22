using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>The items of a list by the keys of a stage's <c>per</c>.</summary>
/// <param name="Groups">The places of the items of each group, groups in order of first sight; one group where there is no <c>per</c>.</param>
/// <param name="Unknown">The places of items whose group is unknown, and what failed.</param>
internal readonly record struct PlaceGroups(IReadOnlyList<int[]> Groups, IReadOnlyList<(int Place, Value Failed)> Unknown)
{
    public static PlaceGroups Of(Value[] items, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        if (!stage.Has(Slots.By))
            return new PlaceGroups([[.. Enumerable.Range(0, items.Length)]], []);

        using var rows = StageRows.Open(ListValue.OfMade(items), stage, scope, evaluation);
        RowExpression[] keys = [.. stage.Get(Slots.By).Select(key => rows.Expression(key.Value))];
        var groups = new KeyGroups<List<int>>(stage, rows, () => []);
        List<(int, Value)> unknown = [];
        while (rows.MoveNext())
        {
            if (keys.Select(key => Values.Unknown.Of(key.Evaluate(rows))).FirstOrDefault(failed => failed is not null) is { } unknownKey)
                unknown.Add((rows.Index, unknownKey));
            else
                groups.OfItem().Add(rows.Index);
        }

        return new PlaceGroups([.. groups.Gathered.Select(places => places.ToArray())], unknown);
    }
}
