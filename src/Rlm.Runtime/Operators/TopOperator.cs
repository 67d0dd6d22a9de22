using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>
/// Keeps the greatest so many in a heap, the earlier of equal ones. Those that tie with the last one taken are counted, and taken
/// too if the stage says so.
/// </summary>
internal sealed class TopOperator : IOperator
{
    private static readonly Comparer<Candidate> BestFirst = Comparer<Candidate>.Create(static (left, right) =>
        ValueComparer.Descending.Compare(left.Key, right.Key) is var order and not 0 ? order : left.Place.CompareTo(right.Place));

    private static readonly Comparer<Candidate> WorstFirst = Comparer<Candidate>.Create(static (left, right) => BestFirst.Compare(right, left));

    public string Name => "top";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        int count = StageAmounts.Of(stage, "count", scope, evaluation);
        var key = stage.Expression("key");
        bool withTies = stage.Has("withTies");
        var taken = new PriorityQueue<Candidate, Candidate>(WorstFirst);
        List<Candidate> ties = [];
        var numbers = new TextNumbers();
        foreach (var item in StageItems.Scopes(input, stage, scope, evaluation))
        {
            if (count == 0)
                break;

            var candidate = new Candidate(item.Item, SortKey.Of(ExpressionEvaluator.Evaluate(key, item, evaluation)), item.Index);
            numbers.Add(candidate.Key);
            if (taken.Count < count)
            {
                taken.Enqueue(candidate, candidate);
                continue;
            }

            // What is pushed out, which may be the candidate itself, ties only while the worst one taken still equals it.
            var pushedOut = taken.EnqueueDequeue(candidate, candidate);
            if (ValueComparer.Descending.Compare(pushedOut.Key, taken.Peek().Key) == 0)
                ties.Add(pushedOut);
            else if (pushedOut.Place != candidate.Place)
                ties.Clear();
        }

        if (numbers.AreCompared)
            evaluation.Note("top: the keys are texts that read as numbers and are ordered as texts; write `top … by number(…)`");
        if (ties.Count > 0 && !withTies)
            evaluation.Note(TieNote(count, ties.Count, stage, taken.Peek().Key));
        return ListValue.Of([.. taken.UnorderedItems.Select(item => item.Element).Concat(withTies ? ties : []).Order(BestFirst).Select(candidate => candidate.Item)]);
    }

    private static string TieNote(int count, int ties, BoundStage stage, Value key) =>
        $"top {count}: {ties} more {(ties == 1 ? "row ties" : "rows tie")} with the last one taken "
        + $"({(stage.Expression("key") is BoundField { Name: var name } ? name : "key")} = {ValueRenderer.InTemplate(key)}); add `with ties`";

    private readonly record struct Candidate(Value Item, Value Key, int Place);
}
