using System.Collections;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

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
        return list.IsStreamed
            ? ListValue.Arrange(() => Arrange(list, stage, scope, evaluation), count => FindFirst(list, count, stage, scope, evaluation))
            : ListValue.OfMade(Arrange(list, stage, scope, evaluation));
    }

    /// <summary>
    /// The first so many of a list that is read once, found without keeping the others; null where so many are wanted that sorting all takes no more.
    /// </summary>
    private static List<Value>? FindFirst(ListValue list, int count, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var orders = stage.Find(Slots.Orders) ?? [];
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
                hasApart = true;
            else
                top.Offer(keys.Look(rows), isWhole: true, rows);
        }

        keys.Note("sort", evaluation);
        if (top.Best.TieCount is > 0 and var ties && orders.Count > 0 && !hasApart)
            evaluation.Note(StageItems.NoteOfTies("first", count, ties));
        return [.. top.Best.Items];
    }

    private ArrangedItems Arrange(ListValue list, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        SortColumn[] columns = stage.Find(Slots.Orders) is { Count: > 0 } orders
            ? [.. orders.Select(order => new SortColumn(order.Key, order.Descending))]
            : [new SortColumn(null, false)];
        HashSet<int> apart = [];
        var items = Read(list, list.IsStreamed ? new KeptItems.Builder() : null);
        foreach (var column in columns)
            column.Note(Name, evaluation);
        if (columns.Any(column => !column.IsReady))
            ReadAgain();

        int[] places = new int[items.Count];
        for (int i = 0; i < places.Length; i++)
            places[i] = i;
        Array.Sort(places, (left, right) =>
        {
            if (apart.Count > 0 && apart.Contains(left) != apart.Contains(right))
                return apart.Contains(left).CompareTo(apart.Contains(right));
            foreach (var column in columns)
            {
                int order = column.Compare(left, right);
                if (order != 0)
                    return order;
            }

            return left.CompareTo(right);
        });
        NoteUnseen(items, places, evaluation);
        return new ArrangedItems(items, places, stage.Find(Slots.Orders) is null ? null : FindTies());

        BitArray FindTies()
        {
            var ties = new BitArray(places.Length);
            for (int i = 1; i < places.Length; i++)
                ties[i] = apart.Count == 0 && Array.TrueForAll(columns, column => column.Compare(places[i - 1], places[i]) == 0);
            return ties;
        }

        IReadOnlyList<Value> Read(ListValue list, KeptItems.Builder? kept)
        {
            using var rows = StageRows.Open(list, stage, scope, evaluation);
            foreach (var column in columns)
                column.Begin(rows);
            while (rows.MoveNext())
            {
                foreach (var column in columns)
                    column.Add(rows);
                if (rows.IsApart)
                    apart.Add(rows.Index);
                kept?.Add(rows.Reader.Item);
            }

            return kept is null ? list.ReadAll() : kept.Build();
        }

        // Keys are kept only as what they turned out to be ordered as.
        void ReadAgain()
        {
            using var rows = StageRows.Open(ListValue.OfMade(items), stage, scope, evaluation);
            foreach (var column in columns)
                column.Begin(rows);
            while (rows.MoveNext())
            {
                foreach (var column in columns)
                    column.AddAgain(rows);
            }
        }
    }

    /// <summary>Notes that labels stand first of which there is no item: what is least may be meant among those that occur.</summary>
    private static void NoteUnseen(IReadOnlyList<Value> items, int[] places, EvaluationContext evaluation)
    {
        int unseen = places.TakeWhile(place => IsUnseen(items[place])).Count();
        if (unseen == 0 || unseen == places.Length)
            return;

        string what = Amount.Agree(unseen, "without items {stands|stand} first, with count 0; `where count > 0` leaves {it|them} out");
        evaluation.Note($"sort: {Amount.Of(unseen, "label")} {what}");
    }

    private static bool IsUnseen(Value item) => item is RecordValue { Shape.KeyField: { } key } row
        && row.Find(key) is TextValue { Domain: not null } && row.Find("count") is NumberValue { Number: var count } && count == 0;
}
