using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Paid;

/// <summary>
/// One result from all items. What does not fit one call is cut into runs of items, asked about run by run, and the replies are merged
/// level by level; with <c>by</c> there is such a tree for each group. The number of calls is known before the first one. A child root
/// has all items.
/// </summary>
internal sealed class ReduceLlmOperator : IPaidOperator
{
    /// <summary>What a prompt has beside question and items.</summary>
    private const int FrameTokens = 400;

    private const string MergeNote = "What follows are partial results for consecutive parts of the data. Merge them.";

    public string Name => "reduce llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        var items = ItemsOf(input, stage);
        if (items.KnownCount == 0)
            return stage.Bound.Has(Slots.By) ? ListValue.Empty : NoneValue.Instance;

        var reply = stage.ReplyType(RlmType.Text);
        if (!stage.Bound.Has(Slots.By))
            return (await (stage.Bound.AsksRoots
                ? AskRootsAsync([items], [items], stage, reply)
                : ResultsAsync([Tree(items, items.ReadAll(), stage)], stage, reply)).ConfigureAwait(false))[0];

        var groups = Groups(items, stage);
        var values = await (stage.Bound.AsksRoots
            ? AskRootsAsync(RowsOf(groups), [.. RowsOf(groups).Select(static row => (ListValue)row.Fields[^1])], stage, reply)
            : ResultsAsync(Trees(groups, stage), stage, reply)).ConfigureAwait(false);
        int place = 0;
        var record = reply.Required as RecordType;
        return groups.Rows(
            record is null ? ["text"] : record.Fields.Select(field => field.Name),
            _ => values[place++] is var value && record is null
                ? [value]
                : record!.Fields.Select(field => (value as RecordValue)?.Find(field.Name) ?? value));
    }

    public StagePlan PlanOf(Value input, PaidStage stage)
    {
        var items = ItemsOf(input, stage);
        if (items.KnownCount == 0)
            return new StagePlan([]);

        if (stage.Bound.AsksRoots)
            return stage.Bounds.PlanChildren(stage.Bound.Has(Slots.By) ? RowsOf(Groups(items, stage)).Length : 1);

        var reply = stage.ReplyType(RlmType.Text);
        var trees = stage.Bound.Has(Slots.By)
            ? Trees(Groups(items, stage), stage)
            : [Tree(items, items.ReadAll(), stage)];
        var shape = TreeShape.Of(trees, stage);
        foreach (var tree in trees)
            tree.Cut(stage.RoomTokens);

        var questions = trees.SelectMany(tree => tree.Runs.Select(run => (Tree: tree, Run: run))).ToArray();
        var asked = new Questions(questions, reply);
        asked.RequireRoom(stage);
        return new StagePlan([.. Parts(asked, reply, shape, stage.Votes).Select(part => part.Plan)])
        {
            Later = trees.Where(tree => tree.Runs.Count > 1)
                .Select(tree => Merges(shape.CallsOf(tree.Runs.Count) - tree.Runs.Count, TokenEstimate.OfText(tree.Question), shape, stage))
                .Aggregate(default(CallAmounts), (sum, merges) => sum + merges),
        };
    }

    private static ListValue ItemsOf(Value input, PaidStage stage)
    {
        var items = (ListValue)Unknown.DropFailed(StageItems.ListOf(input, stage.Bound).Keep());
        return stage.Sample is { } sample ? ListValue.Of([.. sample.Take(items.ReadAll())]) : items;
    }

    public CallAmounts? BoundOf(PendingInput input, PaidStage stage)
    {
        if (input.Value.MaxItems is not { } items)
            return null;
        if (items == 0)
            return default(CallAmounts);
        if (stage.Bound.AsksRoots)
            return stage.Bounds.OfChildren(stage.Bound.Has(Slots.By) ? items : 1);

        // A run is closed when the next item does not fit, so that each but the last holds this many at least.
        long shared = Math.Min(stage.RoomTokens, input.SharedTokens ?? stage.RoomTokens), room = stage.RoomTokens - shared;
        long? each = (input.Value.MaxItemTokens * StageBounds.SizeSafety) + TreeShape.ItemFrameTokens;
        long inRun = each is { } tokens ? Math.Max(1, room / tokens) : 1;
        var shape = TreeShape.Of(shared, stage);
        long runs = stage.Bound.Has(Slots.By) ? items : ((items - 1) / inRun) + 1;
        long trees = stage.Bound.Has(Slots.By) ? items : 1;
        long merges = stage.Bound.Has(Slots.By) ? shape.MostMergesOf(Math.Min(items, (2 * items / inRun) + 1)) : shape.CallsOf(runs) - runs;
        long first = runs + PlannedAmount.Product(trees, stage.Votes - 1);
        long prompts = input.Value.MaxTokens is { } all
            ? PlannedAmount.Product(first, shared + FrameTokens) + PlannedAmount.Product(
                stage.Votes, all + PlannedAmount.Product(items, TreeShape.ItemFrameTokens))
            : PlannedAmount.Product(first, stage.RoomTokens + FrameTokens);
        return stage.Bounds.Of(first, prompts, first, stage.RoomTokens + FrameTokens, stage.MaxReplyTokens)
            + (merges == 0 ? default : Merges(merges, shared, shape, stage));
    }

    public PlannedValue ResultOf(PlannedValue input, PaidStage stage) => stage.Bound.Has(Slots.By)
        ? PlannedValue.List(input.MaxItems, input.MaxItemTokens + stage.ReplyTokens, stage.Bounds.HasBeenAsked)
        : stage.Bounds.PlannedReply;

    private static KeyGroups<List<Value>> Groups(ListValue items, PaidStage stage)
    {
        using var rows = StageRows.Open(items, stage.Bound, null, stage.Evaluation);
        var groups = new KeyGroups<List<Value>>(stage.Bound, rows, () => []);
        while (rows.MoveNext())
            groups.OfItem().Add(rows.Reader.Item);
        return groups;
    }

    private static ReduceTree[] Trees(KeyGroups<List<Value>> groups, PaidStage stage) =>
        [.. RowsOf(groups).Select(row => Tree(row, ((ListValue)row.Fields[^1]).ReadAll(), stage))];

    private static ReduceTree Tree(Value asked, IReadOnlyList<Value> items, PaidStage stage)
    {
        if (stage.Cites && !items.Any(item => Provenance.PlacesOf(item).Count > 0))
            stage.RefuseCitations();
        return new ReduceTree(Question(asked, stage), items, stage.Cites);
    }

    /// <summary>A row for each group, its items last.</summary>
    private static RecordValue[] RowsOf(KeyGroups<List<Value>> groups) =>
        [.. groups.Rows(["items"], members => [ListValue.Keep(members)]).Items.Cast<RecordValue>()];

    /// <summary>The answer of a root about each of some lists, whose questions read other values.</summary>
    private static async Task<Value[]> AskRootsAsync(IReadOnlyList<Value> asked, ListValue[] pieces, PaidStage stage, RlmType reply)
    {
        var questions = new AskItems(stage, asked);
        return stage.Failed.Replace(await stage.AskChildrenAsync(
            pieces.Length,
            place => questions.ChildAt(place, stage.Bound.Input) is { } question ? question with
            {
                Piece = pieces[place],
                Source = ReplyGuide.HoldsQuote(reply) ? AskItems.JoinSources(pieces[place].ReadAll()) : null,
            } : null,
            null,
            RlmType.Text).ConfigureAwait(false));
    }

    private static string Question(Value item, PaidStage stage) => AskItems.QuestionOf(item, stage);

    /// <summary>A level as two plans: only the last one of a tree has the type that was asked for, the others give text to merge.</summary>
    private static IEnumerable<(int[] Places, AskPlan Plan)> Parts(Questions asked, RlmType reply, TreeShape shape, int votes)
    {
        foreach (bool isLast in new[] { true, false })
        {
            int[] places = [.. Enumerable.Range(0, asked.Count).Where(place => asked.IsLast(place) == isLast)];
            if (places.Length > 0)
                yield return (places, new AskPlan(
                    asked.At(places),
                    [.. places.Select((_, place) => new[] { place })],
                    "",
                    isLast ? reply : RlmType.Text)
                { MaxReplyTokens = isLast ? null : shape.PartTokens, Votes = isLast ? votes : 1, Cites = asked.Cites });
        }
    }

    /// <summary>At most what merging takes in so many calls, the last of which has the votes.</summary>
    private static CallAmounts Merges(long calls, long questionTokens, TreeShape shape, PaidStage stage)
    {
        long prompt = Math.Min(
            stage.RoomTokens,
            questionTokens + PlannedAmount.Product(shape.FanIn, shape.PartTokens + TreeShape.ItemFrameTokens)) + FrameTokens;
        long all = calls + stage.Votes - 1;
        return stage.Bounds.Of(all, PlannedAmount.Product(all, prompt), all, prompt, stage.MaxReplyTokens);
    }

    /// <summary>
    /// The answer of each tree. Where a limit was reached before the last merge, the parts that were paid for stand
    /// for a text, one after the other.
    /// </summary>
    private static async Task<Value[]> ResultsAsync(ReduceTree[] trees, PaidStage stage, RlmType reply)
    {
        await ReduceAsync(trees, stage, reply).ConfigureAwait(false);
        bool standForText = reply.Required == RlmType.Text && !stage.Failed.AreReplaced;
        var unmerged = trees.Where(tree => tree.Unmerged.Count > 0).ToArray();
        if (standForText && unmerged.Length > 0)
        {
            string which = trees.Length == 1
                ? $"the result is its {PartsOf(trees[0])}"
                : Amount.Agree(unmerged.Length, $"{Amount.Of(unmerged.Length, trees.Length, "result")} {{is its parts|are their parts}}");
            stage.Failed.CountPartial($"{which}, not merged: {((FailedValue)unmerged[0].Answer!).Reason}");
        }

        return stage.Failed.Replace([.. trees.Select(tree => tree.Unmerged.Count == 0 ? tree.Answer
            : standForText ? tree.JoinUnmerged()
            : new FailedValue(
                $"{((FailedValue)tree.Answer!).Reason}; its {PartsOf(tree)} {(stage.IsJournaled ? "are in the journal, which a resumed run goes on from" : "are lost, since there is no journal")}") { IsOverLimit =
                    true })]);
    }

    private static string PartsOf(ReduceTree tree) => Amount.Of(tree.Unmerged.Count, "part");

    private static async Task ReduceAsync(ReduceTree[] trees, PaidStage stage, RlmType reply)
    {
        var shape = TreeShape.Of(trees, stage);
        foreach (var tree in trees)
            tree.Cut(stage.RoomTokens);
        int votes = stage.Votes, lastVotes = votes - 1;
        int calls = (int)trees.Sum(tree => shape.CallsOf(tree.Runs.Count) + lastVotes);

        // Each level asks for all trees at once; a tree of one run is answered at the first.
        for (bool isFirst = true; ;)
        {
            var questions = trees.SelectMany(tree => tree.Runs.Select(run => (Tree: tree, Run: run)))
                .Where(question => question.Tree.Answer is null).ToArray();
            var asked = new Questions(questions, reply);
            asked.RequireRoom(stage);
            int later = (int)trees.Where(tree => tree.Answer is null).Sum(tree => LaterCalls(tree.Runs.Count));
            var plans = Parts(asked, reply, shape, votes).ToList();
            if (isFirst && stage.CallsLeft < calls)
                stage.RequireBudget(calls - plans.Sum(part => part.Plan.CallCount - stage.CountNew(part.Plan)));
            var values = new Value?[asked.Count];
            int open = asked.Count;
            foreach (var (places, plan) in plans)
            {
                open -= places.Length;
                var replies = await stage.AskAsync(plan, keepCalls: later + open).ConfigureAwait(false);
                for (int i = 0; i < places.Length; i++)
                    values[places[i]] = replies[i];
            }

            // A window that is smaller than it was said to be: such runs are halved, and the level is asked again, for
            // which the other replies are there.
            var tooLong = Enumerable.Range(0, asked.Count)
                .Where(place => values[place] is FailedValue { IsTooLong: true } && questions[place].Run.Count > 1).ToArray();
            var halves = tooLong.ToLookup(place => questions[place].Tree);
            if (tooLong.Length > 0 && stage.CallsLeft >= (2 * tooLong.Length) + trees.Where(tree => tree.Answer is null)
                .Sum(tree => LaterCalls(tree.Runs.Count + halves[tree].Count())))
            {
                foreach (int place in tooLong)
                    questions[place].Tree.Halve(questions[place].Run);
                continue;
            }

            int[] parts = [.. Enumerable.Range(0, asked.Count).Where(place => questions[place].Tree.Runs.Count > 1)];
            isFirst = false;
            int taken = 0;
            foreach (var tree in trees.Where(tree => tree.Answer is null))
            {
                // The questions stand in the order of the trees.
                var replies = values[taken..(taken + tree.Runs.Count)];
                taken += replies.Length;
                tree.Take(replies!, shape.FanIn);
            }

            stage.Failed.Count([.. parts.Where(place => questions[place].Tree.Unmerged.Count == 0).Select(place => values[place])]);
            if (trees.All(tree => tree.Answer is not null))
                return;
        }

        long LaterCalls(int runs) => shape.CallsOf(runs) - runs + (runs == 1 ? 0 : lastVotes);
    }

    /// <summary>What a level asks, as question and items of each call.</summary>
    private sealed class Questions((ReduceTree Tree, ItemRun Run)[] questions, RlmType reply) : MadeList<AskItem>
    {
        private readonly bool _quotes = ReplyGuide.HoldsQuote(reply);

        /// <summary>Whether the replies are to cite.</summary>
        public bool Cites => questions.Any(question => question.Tree.Cites);

        public override int Count => questions.Length;

        public override AskItem this[int index]
        {
            get
            {
                var (tree, run) = questions[index];
                return new AskItem(
                    tree.IsMerging ? $"{tree.Question}\n\n{MergeNote}" : tree.Question, tree.DataOf(run),
                    _quotes && IsLast(index) ? tree.Source : null)
                { Check = tree.CheckOf(run, isPart: !IsLast(index)) };
            }
        }

        /// <summary>
        /// Throws where an item alone, or replies to merge, are too large for the window; runs of several items were cut to fit.
        /// </summary>
        public void RequireRoom(PaidStage stage)
        {
            for (int i = 0; i < Count; i++)
            {
                if (questions[i].Tree.IsMerging || questions[i].Run.Count == 1)
                    stage.Packer.RequireRoom(questions[i].Run.Start, this[i]);
            }
        }

        /// <summary>Whether the reply is the answer of its tree.</summary>
        public bool IsLast(int place) => questions[place].Tree.Runs.Count == 1;

        /// <summary>The questions at those places.</summary>
        public Questions At(int[] places) => new([.. places.Select(place => questions[place])], reply);
    }
}
