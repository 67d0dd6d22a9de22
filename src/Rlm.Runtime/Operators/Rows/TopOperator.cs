using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// Keeps the greatest so many, of all or of each group, in each order that may turn out to be the one. Those that tie with the last one
/// taken are counted, and taken too if the stage says so. Groups come in order of first sight.
/// </summary>
internal sealed class TopOperator : IOperator
{
    public string Name => "top";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.Bound.Has(Slots.WithTies) || stage.IsGrouped ? stage.Input : stage.Cut(stage.Amount(Slots.Count));

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        int count = StageArguments.Count(stage, Slots.Count, scope, evaluation);
        bool withTies = stage.Has(Slots.WithTies);
        using var rows = StageRows.Open(input, stage, scope, evaluation);
        var keys = new OrderedKeys([rows.Expression(stage.Get(Slots.Key))]);
        TopRows NewRows() => new(keys, [true], count, withTies);
        var whole = NewRows();
        var groups = stage.Has(Slots.By) ? new KeyGroups<TopRows>(stage, rows, NewRows) : null;
        while (count > 0 && rows.MoveNext())
        {
            keys.Look(rows);
            (groups is null ? whole : groups.OfItem()).Offer(isWhole: groups is null, rows);
        }

        keys.Note(Name, evaluation);
        TopHeap[] best = [.. (groups is null ? [whole] : groups.Gathered).Select(top => top.Best)];
        var tied = best.Where(heap => heap.TieCount > 0).ToList();
        if (tied.Count > 0 && !withTies)
            evaluation.Note(TieNote(count, tied, groups is null ? null : best.Length, stage));
        return ListValue.Of([.. best.SelectMany(heap => heap.Items)]);
    }

    private static string TieNote(int count, List<TopHeap> tied, int? groups, BoundStage stage)
    {
        long ties = tied.Sum(heap => heap.TieCount);
        string where = groups is { } all ? $" in {Amount.Of(tied.Count, all, "group")}" : "";
        return $"top {count}: {Amount.Of(ties)} more {Amount.Agree(ties, "{row ties|rows tie}")} with the last one taken{where} "
            + $"({TellKey(tied[0], stage.Get(Slots.Key))}{(tied.Count > 1 ? ", …" : "")}); add `with ties`";
    }

    /// <summary>The key of the last one taken, as it is written.</summary>
    private static string TellKey(TopHeap heap, BoundExpression key) => key is BoundField { Target: BoundItem { Depth: 0 }, Name: var name }
        ? $"{name} = {ValueRenderer.InTemplate(FieldAccess.Of(heap.LastItem, name))}"
        : $"{(key is BoundField { Name: var field } ? field : "key")} = {ValueRenderer.InTemplate(heap.Last!.Cell.ToValue())}";
}
