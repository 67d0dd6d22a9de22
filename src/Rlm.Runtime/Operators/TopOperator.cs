using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Streaming;
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

    /// <summary>The key of rows that stand apart, behind all others.</summary>
    private static readonly FailedValue Apart = new("");

    public string Name => "top";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        int count = StageAmounts.Of(stage, "count", scope, evaluation);
        bool withTies = stage.Has("withTies");
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var key = rows.Expression(stage.Expression("key"));
        var taken = new PriorityQueue<Candidate, Candidate>(WorstFirst);
        List<Candidate> ties = [];
        long tieCount = 0;
        var numbers = new TextNumbers();
        while (count > 0 && rows.MoveNext())
        {
            var cell = rows.IsApart ? Cell.Of(Apart) : key.Read(rows);
            numbers.Add(cell);
            int order = taken.Count < count ? -1 : cell.CompareTo(taken.Peek().Key, ValueComparer.Descending);
            if (order > 0)
                continue;

            if (order == 0)
            {
                tieCount++;
                if (withTies)
                    ties.Add(CandidateOf(key, rows));
                continue;
            }

            var candidate = CandidateOf(key, rows);
            if (taken.Count < count)
            {
                taken.Enqueue(candidate, candidate);
                continue;
            }

            // What is pushed out ties only while the worst one taken still equals it.
            var pushedOut = taken.DequeueEnqueue(candidate, candidate);
            bool isTie = ValueComparer.Descending.Compare(pushedOut.Key, taken.Peek().Key) == 0;
            tieCount = isTie ? tieCount + 1 : 0;
            if (!isTie)
                ties.Clear();
            else if (withTies)
                ties.Add(pushedOut);
        }

        if (numbers.AreCompared)
            evaluation.Note("top: the keys are texts that read as numbers and are ordered as texts; write `top … by number(…)`");
        if (numbers.AreMixed)
            evaluation.Note("top: the keys are numbers and texts that read as numbers, and which comes first depends on which meet; write `top … by number(…)`");
        if (tieCount > 0 && !withTies)
            evaluation.Note(TieNote(count, tieCount, stage, taken.Peek().Key));
        return ListValue.Of([.. taken.UnorderedItems.Select(item => item.Element).Concat(ties).Order(BestFirst).Select(candidate => candidate.Item)]);
    }

    private static Candidate CandidateOf(RowExpression key, StageRows rows) => new(rows.Reader.Item, rows.IsApart ? Apart : SortKey.Of(key.Evaluate(rows)), rows.Index);

    private static string TieNote(int count, long ties, BoundStage stage, Value key) =>
        $"top {count}: {ties} more {(ties == 1 ? "row ties" : "rows tie")} with the last one taken "
        + $"({(stage.Expression("key") is BoundField { Name: var name } ? name : "key")} = {ValueRenderer.InTemplate(key)}); add `with ties`";

    private readonly record struct Candidate(Value Item, Value Key, int Place);
}
