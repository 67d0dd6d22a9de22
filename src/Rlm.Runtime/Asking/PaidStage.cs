using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>A paid stage in one evaluation: its arguments, its model, and what becomes of failed items.</summary>
internal sealed partial class PaidStage(BoundStage stage, string text, RunContext run, ModelCaller caller, EvaluationContext evaluation)
{
    /// <summary>
    /// What a pack holds where the program does not say it: rows that a model answers one to one. Texts are longer than other scalars,
    /// and those about long rows are no small ones.
    /// </summary>
    private const int MaxAutoRows = 40, MaxAutoTexts = 20;
    private const long MaxAutoTokens = 6_000, MaxAutoTextTokens = 2_000;

    /// <summary>Most rows of a pack that is proposed: with more, models lose count.</summary>
    private const int MaxProposedRows = 100;
    private const long PromptReserveTokens = 1_000;
    private const int RowNumberTokens = 4;

    private int? _callsInVain;

    public BoundStage Bound => stage;

    public EvaluationContext Evaluation => evaluation;

    /// <summary>How many items the stage behind this one takes from the start; null for all.</summary>
    public int? Wanted { get; init; }

    /// <summary>Tokens of data that fit one call beside prompt and reply.</summary>
    public long RoomTokens =>
        Math.Max(256, (long)((caller.Traits.WindowTokens - MaxReplyTokens - PromptReserveTokens) / caller.TokenFactor));

    public int MaxReplyTokens => caller.MaxReplyTokens;

    /// <summary>How many times each item is asked about.</summary>
    public int Votes => StageArguments.FindCount(stage, Slots.Votes, null, evaluation) ?? 1;

    /// <summary>The type after <c>as</c> with its labels looked up, or the default.</summary>
    public RlmType ReplyType(RlmType otherwise) => stage.Find(Slots.As) is { } type ? WithLabels(type) : otherwise;

    public int CallsLeft => run.Budget.Left;

    /// <summary>Throws where fewer calls are left than a stage of several levels makes in all.</summary>
    public void RequireBudget(int calls)
    {
        if (run.Budget.Left < calls)
            throw BudgetRefusal.Make(stage, text, calls, null, run);
    }

    /// <summary>The value of each item of the plan, in order.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="isEnough">
    /// Told the values of the items up to the first one that was not asked about, after each round of calls; true ends the stage. Null
    /// asks about everything at once.
    /// </param>
    /// <param name="keepCalls">Calls that the stage makes later, which re-asks may not take.</param>
    public async Task<Value?[]> AskAsync(AskPlan plan, Func<IEnumerable<Value?>, bool>? isEnough = null, int keepCalls = 0)
    {
        var calls = new StageCalls(run, caller, text, stage, plan, keepCalls);
        var values = await calls.AskAsync(isEnough, evaluation.CancellationToken).ConfigureAwait(false);
        if (calls.ShortVotes is > 0 and var missing)
            evaluation.Note(
                $"{text}: {Amount.Of(missing, values.Length, "item")} {Amount.Agree(missing, "{was|were}")} decided by fewer votes "
                + "than asked for, since tokens or money ran out");
        if (calls.CutReplies is > 0 and var cut)
            evaluation.Note(
                Invariant(
                    $"{text}: {Amount.Of(cut, values.Length, "reply")} {Amount.Agree(cut, "{was|were}")} ")
                + Invariant($"cut off at {plan.MaxReplyTokens ?? MaxReplyTokens:N0} tokens; ask for fewer words"));
        _notHeld.AddRange(calls.NotHeld);
        _callsInVain ??= calls.CallsInVain;
        return values;
    }

    /// <summary>
    /// The calls about items, each prompt once, packed as <c>pack</c> says or, for labels and other scalars, as many as good sense allows.
    /// </summary>
    /// <param name="items">The items.</param>
    /// <param name="known">The places of those that can be asked about, in order; null for all.</param>
    /// <param name="sharedInstruction">The prompt of a call about several items.</param>
    /// <param name="reply">The type of a reply.</param>
    public AskPlan Plan(IReadOnlyList<AskItem> items, IReadOnlyList<int>? known, string sharedInstruction, RlmType reply)
    {
        var repeats = new RepeatFinder(items, ReplyGuide.HoldsQuote(reply));
        var asked = new List<int>();
        long room = Math.Max(1, RoomTokens - TokenEstimate.OfText(sharedInstruction));
        var (maxRows, maxTokens) = PackOf(reply, room);
        var calls = PackedCalls.Of(RowTokensOf(items, known ?? AllOf(items), repeats, asked), maxRows, maxTokens);
        return new AskPlan(items, asked.Count == items.Count ? calls : calls.At(asked), sharedInstruction, reply)
        {
            Repeats = repeats.Found,
            AskedItems = asked.Count,
            MostRows = Math.Clamp(MaxReplyTokens / ReplyGuide.TokensOf(reply), 1, MaxProposedRows),
            CallsWhenPacked = pack => PackedCalls.Of(RowTokensOf(items, asked, null, []), pack, room).Count,
            Votes = Votes,
        };
    }

    /// <summary>
    /// The tokens of each item that is asked about as one of many in a packed call. Each is made, measured and let go; one that is too
    /// large for the window is refused.
    /// </summary>
    private IEnumerable<long> RowTokensOf(IReadOnlyList<AskItem> items, IEnumerable<int> places, RepeatFinder? repeats, List<int> asked)
    {
        string? instruction = null;
        long instructionTokens = 0;
        foreach (int place in places)
        {
            var item = items[place];
            if (repeats?.TryAdd(place, item) == true)
                continue;
            if (instruction != item.Instruction)
                (instruction, instructionTokens) = (item.Instruction, TokenEstimate.OfText(item.Instruction));
            long row = TokenEstimate.OfText(item.Data);
            RequireRoom(place, instructionTokens + row);
            asked.Add(place);
            yield return row + RowNumberTokens;
        }
    }

    private static IEnumerable<int> AllOf(IReadOnlyList<AskItem> items) => Enumerable.Range(0, items.Count);

    /// <summary>How many rows and how many tokens of rows one call takes.</summary>
    private (int MaxRows, long MaxTokens) PackOf(RlmType reply, long room)
    {
        int? asked = StageArguments.FindCount(stage, Slots.Pack, null, evaluation);
        bool isAuto = stage.Has(Slots.PackAuto), isText = !isAuto && reply.Required == RlmType.Text;
        int rows = !isAuto && !IsSmall(reply.Required) ? 1
            : (int)Math.Clamp(MaxReplyTokens / ReplyGuide.TokensOf(reply), 1, isText ? MaxAutoTexts : MaxAutoRows);
        return (asked ?? rows, asked is null ? Math.Min(isText ? MaxAutoTextTokens : MaxAutoTokens, room) : room);
    }

    /// <summary>Whether a reply is small: a scalar, but for a text that the program does not ask for, which may be of any length.</summary>
    private bool IsSmall(RlmType reply) =>
        reply is LabelType || reply == RlmType.Bool || reply == RlmType.Number || reply == RlmType.Date
        || (reply == RlmType.Text && stage.Find(Slots.As) is not null);

    /// <summary>What <c>or</c> makes of failed items: they stay, become a value, or end the statement.</summary>
    /// <exception cref="EvaluationException">No item was answered, and the program does not say what stands for it.</exception>
    public Value[] WithFallback(Value?[] values)
    {
        var substitute = stage.Find(Slots.Or) as BoundExpression;
        RequireAny(values, isHandled: ReplacesFailed || SkipsFailed);
        CountFailed(values);
        var replacement = substitute is null ? null : ExpressionEvaluator.Evaluate(substitute, null, evaluation);
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] is FailedValue && replacement is not null ? replacement : values[i] ?? NoneValue.Instance;
        return values!;
    }

    /// <summary>Throws where no item was answered: what would be computed of nothing is no answer.</summary>
    private void RequireAny(Value?[] values, bool isHandled)
    {
        FailedValue[] failed = [.. values.OfType<FailedValue>()];
        if (failed.Length == 0 || values.Any(value => value is not (null or FailedValue)))
            return;

        if (failed.FirstOrDefault(value => value.IsOverLimit) is { } stopped)
        {
            throw new EvaluationException(
                stage.Span, stopped.Reason, "answer with what the variables hold; counting, filtering and sorting are free")
            {
                Descriptor = RuntimeDiagnostics.OverBudget,
            };
        }

        if (isHandled)
            return;

        string which = _callsInVain is { } calls
            ? Invariant($"stopped after {calls:N0} calls, of which none gave a reply that can be used")
            : $"no usable reply for {(failed.Length == 1 ? "its item" : Invariant($"any of {failed.Length:N0} items"))}";
        throw new EvaluationException(stage.Span, $"`{text}` {which}: {ReasonOf(failed[0])}", Remedy)
        {
            Descriptor = RuntimeDiagnostics.NoUsableReply,
        };
    }

    /// <summary>Why an item failed, with the start of the reply that could not be used, marked as data.</summary>
    private static string ReasonOf(FailedValue failed) =>
        failed.Reply?.Trim() is { Length: > 0 } reply && !failed.Reason.Contains(reply, StringComparison.Ordinal)
            ? $"{failed.Reason}; the reply: <reply>{PromptMarkers.Defuse(reply.ReplaceLineEndings(" "))}</reply>"
            : failed.Reason;

    private string Remedy => stage.Find(Slots.As) is null && !stage.Operator.Is(OperatorTraits.Filters)
        ? "look at one item with `first 1`, reword the prompt, or ask another model; `or VALUE` goes on without replies"
        : "say in the prompt what to reply with, ask for `as text` of one item with `first 1` and look, or ask another model; "
            + "`or VALUE` goes on without replies";

    /// <summary>Remembers failed items, which make the answer partial; with <c>or fail</c> they end the statement.</summary>
    public void CountFailed(Value?[] values)
    {
        int failed = values.Count(value => value is FailedValue);
        if (failed == 0)
            return;

        // A limit that ran out is what to raise; other failures may come from it.
        var first = values.OfType<FailedValue>().FirstOrDefault(value => value.IsOverLimit) ?? values.OfType<FailedValue>().First();
        string reason = ReasonOf(first);
        if (EndsWithFailed)
        {
            throw new EvaluationException(
                stage.Span, $"{Amount.Of(failed, values.Length, "item")} failed: {reason}", "leave `or fail` out to go on without them")
            {
                Descriptor = first.IsOverLimit ? RuntimeDiagnostics.OverBudget : RuntimeDiagnostics.NoUsableReply,
            };
        }

        string why = _callsInVain is { } calls ? Invariant($"stopped after {calls:N0} calls of no use: {reason}") : reason;
        string lost = $"{text}: {Amount.Of(failed, values.Length, "item")} failed: {why}";
        const string remedy = "ask about those alone in other words (`where FIELD is failed`), or say what stands for them with `or VALUE`";
        var loss = first.IsOverLimit
            ? new RlmLoss(RlmLossKind.LimitReached, lost)
            : new RlmLoss(RlmLossKind.FailedItems, lost, remedy);
        evaluation.Lose(loss with { Count = failed, Of = values.Length });
    }

    /// <summary>Remembers why the stage's result is partial though no item of it failed.</summary>
    public void CountPartial(string reason) => evaluation.Lose(new RlmLoss(RlmLossKind.LimitReached, $"{text}: {reason}"));

    /// <summary>Whether the program says what becomes of failed items that are not left out.</summary>
    public bool ReplacesFailed => EndsWithFailed || stage.Find(Slots.Or) is BoundExpression;

    /// <summary>Whether replies outlive the run.</summary>
    public bool IsJournaled => run.Options.Journal is not null;

    /// <summary>Whether a failed item ends the statement, so that every item has to be asked about.</summary>
    public bool EndsWithFailed => stage.Find(Slots.Or) is "fail";

    /// <summary>Whether failed items are to be left out.</summary>
    public bool SkipsFailed => stage.Find(Slots.Or) is "skip";

    /// <summary>Throws where an item is too large for the window: it is never cut in silence.</summary>
    public void RequireRoom(int place, AskItem item) =>
        RequireRoom(place, TokenEstimate.OfText(item.Instruction) + TokenEstimate.OfText(item.Data));

    /// <summary>Throws where an item of so many tokens is too large.</summary>
    public void RequireRoom(int place, long tokens)
    {
        if (tokens <= RoomTokens)
            return;

        string chunk = RoomTokens >= 9_000 ? "8k" : $"{RoomTokens * 3 / 4}";
        throw new EvaluationException(stage.Span, Invariant(
            $"item {place + 1:N0} has about {tokens:N0} tokens; {RoomTokens:N0} fit the model's window"),
            $"cut it first: `| chunk {chunk} tokens | map llm \"…\" | reduce llm \"…\"`");
    }

    private RlmType WithLabels(RlmType type) => type switch
    {
        OptionalType optional => WithLabels(optional.Inner).OrNone,
        ListType list => RlmType.ListOf(WithLabels(list.Item)),
        RecordType record => new RecordType([.. record.Fields.Select(field => field with { Type = WithLabels(field.Type) })]),
        LabelType { Variable: { } name } => new LabelType(LabelsOf(name), null),
        _ => type,
    };

    private string[] LabelsOf(string name)
    {
        var symbol = stage.LabelVariables.First(variable => variable.Name == name);
        string[] labels = evaluation.Lookup(symbol) is ListValue list
            ? [.. list.Items.Select(item => Reading.AsText(item)?.ToString() ?? "").Where(label => label.Length > 0).Distinct()]
            : [];
        return labels.Length > 0
            ? labels
            : throw new EvaluationException(stage.Span, $"`{name}` holds no labels", $"write `let {name} = [\"a\", \"b\"]`");
    }
}
