using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>
/// Keeps the greatest so many in each order that may turn out to be the one. Those that tie with the last one taken are counted, and taken
/// too if the stage says so.
/// </summary>
internal sealed class TopOperator : IOperator
{
    /// <summary>The key of rows that stand apart, behind all others.</summary>
    private static readonly FailedValue Apart = new("");

    public string Name => "top";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        int count = StageAmounts.Of(stage, "count", scope, evaluation);
        bool withTies = stage.Has("withTies");
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var key = rows.Expression(stage.Expression("key"));
        var vote = new KeyVote();
        TopHeap[] heaps = [new(KeyReading.Plain, count, withTies), new(KeyReading.Number, count, withTies), new(KeyReading.Date, count, withTies)];
        while (count > 0 && rows.MoveNext())
        {
            var cell = new KeyCell(rows.IsApart ? Cell.Of(Apart) : key.Read(rows));
            vote.Add(cell);
            foreach (var heap in heaps)
                heap.Offer(cell, key, rows);
        }

        vote.Note(Name, evaluation);
        var best = heaps[(int)vote.Reading];
        if (best.TieCount > 0 && !withTies)
            evaluation.Note(TieNote(count, best.TieCount, stage, best.Last));
        return ListValue.Of([.. best.Items]);
    }

    private static string TieNote(int count, long ties, BoundStage stage, Value key) =>
        $"top {count}: {ties} more {(ties == 1 ? "row ties" : "rows tie")} with the last one taken "
        + $"({(stage.Expression("key") is BoundField { Name: var name } ? name : "key")} = {ValueRenderer.InTemplate(key)}); add `with ties`";
}
