using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// One result from all items. What does not fit one call is cut into runs of items, asked about run by run, and the replies are merged
/// level by level; with <c>by</c> there is such a tree for each group. The number of calls is known before the first one.
/// </summary>
internal sealed class ReduceLlmOperator : IPaidOperator
{
    private const int MaxMerged = 16;
    private const string MergeNote = "What follows are partial results for consecutive parts of the data. Merge them.";

    public string Name => "reduce llm";

    public async Task<Value> EvaluateAsync(Value input, PaidStage stage)
    {
        var items = StageItems.ListOf(input, stage.Bound).ToArray();
        var reply = stage.ReplyType(RlmType.Text);
        if (!stage.Bound.Has("by"))
            return items.Length == 0 ? NoneValue.Instance : stage.WithFallback(await ReduceAsync([new Tree(Question(ListValue.Of(items), stage), items)], stage, reply).ConfigureAwait(false))[0];

        using var rows = StageRows.Open(ListValue.Of(items), stage.Bound, null, stage.Evaluation);
        var groups = new KeyGroups<List<Value>>(stage.Bound, rows, () => []);
        while (rows.MoveNext())
            groups.OfItem().Add(rows.Reader.Item);

        Tree[] trees = [.. groups.Rows(["items"], members => [ListValue.Of([.. members])]).Items.Cast<RecordValue>()
            .Select(row => new Tree(Question(row, stage), ((ListValue)row.Fields[^1]).ToArray()))];
        var values = stage.WithFallback(await ReduceAsync(trees, stage, reply).ConfigureAwait(false));
        int place = 0;
        var record = reply.Required as RecordType;
        return groups.Rows(
            record is null ? ["text"] : record.Fields.Select(field => field.Name),
            _ => values[place++] is var value && record is null ? [value] : record!.Fields.Select(field => (value as RecordValue)?.Find(field.Name) ?? value));
    }

    private static string Question(Value item, PaidStage stage) => new AskItems(stage, [item])[0].Instruction;

    private static async Task<Value?[]> ReduceAsync(Tree[] trees, PaidStage stage, RlmType reply)
    {
        int fanIn = (int)Math.Clamp(stage.RoomTokens / stage.MaxReplyTokens, 2, MaxMerged);
        // Replies that are merged are kept so short that each merge fits the window.
        int partTokens = (int)Math.Min(stage.MaxReplyTokens, Math.Max(64, (stage.RoomTokens - trees.Max(tree => TokenEstimate.OfText(tree.Question)) - 64) / fanIn - 24));
        bool quotes = ReplyGuide.HoldsQuote(reply);
        foreach (var tree in trees)
            tree.Cut(stage.RoomTokens);
        int votes = stage.Votes, lastVotes = votes - 1;
        stage.RequireBudget(trees.Sum(tree => Bound(tree.Runs.Count, fanIn) + lastVotes));

        // Each level asks for all trees at once; a tree of one run is answered at the first.
        for (bool isFirst = true; ;)
        {
            var questions = trees.SelectMany(tree => tree.Runs.Select(run => (Tree: tree, Run: run)))
                .Where(question => isFirst || question.Tree.Answer is null).ToArray();
            AskItem[] asked = [.. questions.Select(question => new AskItem(
                isFirst ? question.Tree.Question : $"{question.Tree.Question}\n\n{MergeNote}", AskItems.Data(ListValue.Of(question.Run)), "", quotes && question.Tree.Runs.Count == 1 ? question.Tree.Source : null))];
            stage.RequireRoom(asked);
            int later = trees.Where(tree => tree.Answer is null).Sum(tree => Bound(tree.Runs.Count, fanIn) - tree.Runs.Count + (tree.Runs.Count == 1 ? 0 : lastVotes));
            // Only the last level of a tree has the type that was asked for; the levels below give text to merge.
            var values = new Value?[asked.Length];
            foreach (bool isLast in new[] { true, false })
            {
                int[] places = [.. Enumerable.Range(0, asked.Length).Where(place => questions[place].Tree.Runs.Count == 1 == isLast)];
                if (places.Length == 0)
                    continue;

                AskItem[] part = [.. places.Select(place => asked[place])];
                var plan = new AskPlan(part, [.. part.Select((_, place) => new[] { place })], "", isLast ? reply : RlmType.Text) { MaxReplyTokens = isLast ? null : partTokens, Votes = isLast ? votes : 1 };
                var replies = await stage.AskAsync(plan, keepCalls: later + (isLast ? asked.Length - places.Length : 0)).ConfigureAwait(false);
                for (int i = 0; i < places.Length; i++)
                    values[places[i]] = replies[i];
            }

            // A window that is smaller than it was said to be: such runs are halved, and the level is asked again, for which the other replies are there.
            var tooLong = Enumerable.Range(0, asked.Length).Where(place => values[place] is FailedValue { IsTooLong: true } && questions[place].Run.Length > 1).ToArray();
            if (tooLong.Length > 0 && stage.CallsLeft > later + (3 * tooLong.Length))
            {
                foreach (int place in tooLong)
                    questions[place].Tree.Halve(questions[place].Run);
                continue;
            }

            stage.CountFailed([.. Enumerable.Range(0, asked.Length).Where(place => questions[place].Tree.Runs.Count > 1).Select(place => values[place])]);
            isFirst = false;
            foreach (var tree in trees.Where(tree => tree.Answer is null))
                tree.Take([.. Enumerable.Range(0, asked.Length).Where(place => questions[place].Tree == tree).Select(place => values[place]!)], fanIn);
            if (trees.All(tree => tree.Answer is not null))
                return [.. trees.Select(tree => tree.Answer)];
        }
    }

    /// <summary>Calls of a tree with so many runs at the bottom.</summary>
    private static int Bound(int runs, int fanIn)
    {
        int calls = runs;
        while (runs > 1)
        {
            runs = (runs + fanIn - 1) / fanIn;
            calls += runs;
        }

        return calls;
    }

    private sealed class Tree(string question, Value[] items)
    {
        public string Question => question;

        /// <summary>The text that quotes must occur in.</summary>
        public TextValue Source { get => field ??= AskItems.JoinedSource(items); private set; }

        /// <summary>The items of each call of the level that is next.</summary>
        public List<Value[]> Runs { get; private set; } = [];

        public Value? Answer { get; private set; }

        /// <summary>Cuts the items into runs that fit one call each; an item that is too large for itself is refused later.</summary>
        public void Cut(long roomTokens)
        {
            long room = roomTokens - TokenEstimate.OfText(question), tokens = 0;
            var run = new List<Value>();
            foreach (var item in items)
            {
                long itemTokens = TokenEstimate.OfText(AskItems.Data(item)) + 24;
                if (run.Count > 0 && tokens + itemTokens > room)
                {
                    Runs.Add([.. run]);
                    run.Clear();
                    tokens = 0;
                }

                run.Add(item);
                tokens += itemTokens;
            }

            Runs.Add([.. run]);
        }

        /// <summary>Makes two runs of one.</summary>
        public void Halve(Value[] run)
        {
            int place = Runs.IndexOf(run);
            Runs[place] = run[..(run.Length / 2)];
            Runs.Insert(place + 1, run[(run.Length / 2)..]);
        }

        /// <summary>Takes the replies of a level: the answer if there was one run, else the runs of the next level.</summary>
        public void Take(Value[] replies, int fanIn)
        {
            if (replies.Length == 1)
            {
                Answer = replies[0];
                return;
            }

            var usable = replies.Where(reply => reply is not FailedValue).ToArray();
            if (usable.Length == 0)
                Answer = replies[0];
            else
                Runs = [.. usable.Chunk(fanIn)];
        }
    }
}
