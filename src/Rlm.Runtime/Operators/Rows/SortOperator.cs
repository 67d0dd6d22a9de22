using System.Collections;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Sorting;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>A stable sort; none comes last whether ascending or descending, what failed behind it.</summary>
internal sealed class SortOperator : IOperator
{
    private const int MostKeys = 4;

    /// <summary>How many items are kept at most to find the first ones, in all orders that they may be in.</summary>
    private const int MostCandidates = 10_000;

    public string Name => "sort";

    public PlannedValue Bound(PlannedStage stage) => stage.Input;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var list = StageItems.ListOf(input, stage);
        if (list is { IsStreamed: false, IsPacked: false })
            return ListValue.OfMade(Arrange(list, stage, scope, evaluation));

        var sorted = new Lazy<SortedItems>(() =>
        {
            using var rows = StageRows.Open(list, stage, scope, evaluation);
            var items = new SortedItems(rows, OrdersOf(stage), stage);
            NoteUnseen(new RowSource(items.Open).Values(), items.Count, evaluation);
            return items;
        });
        return ListValue.Arrange(
            new RowSource(() => sorted.Value.Open()) { Shape = list.Rows.Shape, IsWhole = list.Rows.IsWhole, KindOf = list.Rows.KindOf },
            () => sorted.Value,
            count => FindFirst(list, count, stage, scope, evaluation));
    }

    private static IReadOnlyList<BoundOrder> OrdersOf(BoundStage stage) => stage.Find(Slots.Orders) ?? [];

    /// <summary>
    /// The first so many of a long list, found without keeping the others; null where so many are wanted that sorting all takes no more.
    /// </summary>
    private static List<Value>? FindFirst(ListValue list, int count, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var orders = OrdersOf(stage);
        int keyCount = Math.Max(1, orders.Count);
        if (count <= 0 || keyCount > MostKeys || (long)count * TopRows.CombinationsOf(keyCount) > MostCandidates)
            return null;

        using var rows = StageRows.Open(list, stage, scope, evaluation);
        var keys = new OrderedKeys(
            orders.Count == 0 ? [rows.SortKey(null)] : [.. orders.Select(order => rows.SortKey(order.Key))]);
        var top = new TopRows(keys, orders.Count == 0 ? [false] : [.. orders.Select(order => order.Descending)], count, keepsTies: false);
        bool hasApart = false;
        while (rows.MoveNext())
        {
            if (rows.IsApart)
            {
                hasApart = true;
                continue;
            }

            keys.Look(rows);
            top.Offer(isWhole: true, rows);
        }

        keys.Note("sort", evaluation);
        if (top.Best.TieCount is > 0 and var ties && orders.Count > 0 && !hasApart)
            evaluation.Note(StageItems.NoteOfTies("first", count, ties));
        return [.. top.Best.Items];
    }

    private ArrangedItems Arrange(ListValue list, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        using var rows = StageRows.Open(list, stage, scope, evaluation);
        var orders = OrdersOf(stage);
        var keys = new SortKeys(orders, rows);
        var sorted = new SortBuffer();
        bool hasApart = false;
        while (rows.MoveNext())
        {
            sorted.Add(keys.Write(rows).Written, rows.Index);
            hasApart |= rows.IsApart;
        }

        keys.Note(Name, evaluation);
        var order = keys.Order;
        sorted.Sort(order);
        int[] places = new int[sorted.Count];
        var ties = new BitArray(sorted.Count);
        for (int i = 0; i < places.Length; i++)
        {
            places[i] = sorted.Entries[i].Place;
            ties[i] = i > 0 && !hasApart && order.Compare(sorted[sorted.Entries[i - 1]], sorted[sorted.Entries[i]]) == 0;
        }

        var items = list.ReadAll();
        NoteUnseen(places.Select(place => items[place]), places.Length, evaluation);
        return new ArrangedItems(items, places, orders.Count == 0 ? null : ties);
    }

    /// <summary>Notes that labels stand first of which there is no item: what is least may be meant among those that occur.</summary>
    private static void NoteUnseen(IEnumerable<Value> sorted, int count, EvaluationContext evaluation)
    {
        int unseen = sorted.TakeWhile(IsUnseen).Count();
        if (unseen == 0 || unseen == count)
            return;

        string what = Amount.Agree(unseen, "without items {stands|stand} first, with count 0; `where count > 0` leaves {it|them} out");
        evaluation.Note($"sort: {Amount.Of(unseen, "label")} {what}");
    }

    private static bool IsUnseen(Value item) => item is RecordValue { Shape.KeyField: { } key } row
        && row.Find(key) is TextValue { Domain: not null } && row.Find("count") is NumberValue { Number: var count } && count == 0;
}
