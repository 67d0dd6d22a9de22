using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Folds;

/// <summary>Groups of items whose keys are nearly the same text; see <see cref="LikeTexts"/>.</summary>
internal sealed class GroupSimilarOperator : IOperator
{
    public string Name => "group similar";

    public PlannedValue Bound(PlannedStage stage) => GroupOperator.BoundOf(stage);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        decimal above = StageArguments.FindNumber(stage, Slots.Above, scope, evaluation) ?? OperatorCatalog.SimilarAbove;
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var groups = new KeyGroups<List<(int Place, Value Item)>>(stage, rows, () => []);
        while (rows.MoveNext())
            groups.OfItem().Add((rows.Index, rows.Reader.Item));
        Merge(groups, above, evaluation);
        return groups.Rows(["items"], static items => [ListValue.Of([.. items.OrderBy(static item => item.Place).Select(static item => item.Item)])]);
    }

    /// <summary>Merges groups whose keys are alike, but for those whose key is none or failed.</summary>
    private static void Merge(KeyGroups<List<(int Place, Value Item)>> groups, decimal above, EvaluationContext evaluation)
    {
        int untilPoll = 0;
        var classes = new Dictionary<string, int>(StringComparer.Ordinal);
        var texts = new List<FoldedText>();
        var counts = new List<int>();
        var all = groups.All;
        int?[] classOf = new int?[all.Count];
        for (int place = 0; place < all.Count; place++)
        {
            evaluation.Poll(ref untilPoll);
            if (Unknown.Of(all[place].Keys[0]) is not null || Reading.IsNone(all[place].Keys[0]))
                continue;

            var text = FoldedText.Of(ValueRenderer.InTemplate(all[place].Keys[0]));
            if (!classes.TryGetValue(text.Key, out int known))
            {
                classes.Add(text.Key, known = texts.Count);
                texts.Add(text);
                counts.Add(0);
            }

            classOf[place] = known;
            counts[known] += all[place].Gathered.Count;
        }

        int[] centres = LikeTexts.FindCentres([.. texts], [.. counts], above, () => evaluation.Poll(ref untilPoll));
        groups.Merge(
            [.. classOf.Select(static (of, place) => (of, place)).Select(group => group.of is { } known ? centres[known] : texts.Count + group.place)],
            static items => items.Count,
            static (items, more) => items.AddRange(more));
    }
}
