using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking.Children;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>A paid stage in one evaluation: its arguments, its model, and its calls.</summary>
/// <param name="stage">The stage.</param>
/// <param name="text">The stage as written, cut to one line.</param>
/// <param name="run">The run.</param>
/// <param name="callers">Its model, and those that its child roots may ask.</param>
/// <param name="evaluation">The evaluation.</param>
internal sealed class PaidStage(
    BoundStage stage, string text, RunContext run, IReadOnlyList<ModelCaller> callers, EvaluationContext evaluation)
{
    private const long PromptReserveTokens = 1_000;

    private readonly List<CallNotHeld> _notHeld = [];

    public BoundStage Bound => stage;

    /// <summary>The stage as written, cut to one line.</summary>
    public string Text => text;

    public ModelCaller Caller => callers[0];

    /// <summary>All models that it may ask.</summary>
    public IReadOnlyList<ModelCaller> Callers => callers;

    /// <summary>Who asks child roots for it; null for nobody, as in a plan.</summary>
    public IChildRoots? Children { get; init; }

    /// <inheritdoc cref="IChildRoots.TokensOfPrompt"/>
    public long RootPromptTokens { get; init; }

    /// <summary>The model that <c>with model</c> names; null for none.</summary>
    public string? ModelName => stage.Find(Slots.Model);

    /// <summary>The prices of what it may ask; null for one that nobody knows.</summary>
    public TokenPrice?[] Prices => [.. callers.Select(static caller => caller.Price)];

    /// <summary>The calls that child roots share.</summary>
    public int CallsToShare => run.CallsToShare;

    public EvaluationContext Evaluation => evaluation;

    /// <summary>How its items are cut into calls.</summary>
    public ItemPacker Packer => field ??= new(this);

    /// <summary>What becomes of failed items.</summary>
    public FailedItems Failed { get; } = new(stage, text, evaluation);

    /// <summary>How much it asks at most.</summary>
    public StageBounds Bounds => field ??= new(this, Packer);

    /// <summary>The first few items that are wanted of the stage; null for all.</summary>
    public FirstItems? Wanted { get; init; }

    /// <summary>Which of its items are asked about; null for all.</summary>
    public StageSample? Sample { get; init; }

    /// <summary>The calls that a plan came to and that nobody has a reply of.</summary>
    public IReadOnlyList<CallNotHeld> NotHeld => _notHeld;

    /// <summary>Tokens of data that fit one call beside prompt and reply.</summary>
    public long RoomTokens =>
        Math.Max(256, (long)((Caller.Traits.WindowTokens - MaxReplyTokens - PromptReserveTokens) / Caller.TokenFactor));

    public int MaxReplyTokens => Caller.MaxReplyTokens;

    /// <summary>The longest reply as tokens are estimated.</summary>
    public long ReplyTokens => (long)(MaxReplyTokens / Caller.TokenFactor);

    /// <inheritdoc cref="RlmOptions.RunsAsWritten"/>
    public bool IsAsWritten => run.Options.RunsAsWritten;

    /// <summary>Whether replies outlive the run.</summary>
    public bool IsJournaled => run.Journal is not null;

    /// <summary>How many times each item is asked about.</summary>
    public int Votes => StageArguments.FindCount(stage, Slots.Votes, null, evaluation) ?? 1;

    /// <summary>How many items are asked about first, as examples for the others; null for none.</summary>
    public int? Calibration => StageArguments.FindCount(stage, Slots.Calibrate, null, evaluation);

    /// <summary>How many items are shown beside each, on either side.</summary>
    public int Reach => StageArguments.FindCount(stage, Slots.Neighbours, null, evaluation) ?? 0;

    /// <summary>Whether replies are to cite what they rest on.</summary>
    public bool Cites => stage.Has(Slots.Citations);

    /// <summary>Throws since nothing that is asked about comes from a text.</summary>
    public void RefuseCitations() => throw new EvaluationException(
        stage.FindArgument(Slots.Citations)!.Span, $"what `{text}` asks about was computed, and comes from no text that could be cited",
        "leave `with citations` out, or ask about the lines or rows of a context");

    /// <summary>The type after <c>as</c> with its labels looked up, or the default.</summary>
    public RlmType ReplyType(RlmType otherwise) => stage.Find(Slots.As) is { } type ? WithLabels(type) : otherwise;

    public int CallsLeft => run.Budget.Left;

    /// <summary>How many calls of a plan have no reply yet.</summary>
    public int CountNew(AskPlan plan) => plan.CountNew(Caller, run.Replies);

    /// <summary>The rows that the run has replies of, where the stage asks about rows in packs.</summary>
    public HeldRows HoldRows(string instruction, RlmType reply) => new(
        [.. Enumerable.Range(0, Votes).Select(
            sample => Caller.KeyOf(AskPrompt.ForItem(new AskItem(instruction, "", null), reply, null), null, sample))],
        run.Replies.Rows);

    /// <summary>Throws where fewer calls are left than a stage of several levels makes in all.</summary>
    public void RequireBudget(int calls)
    {
        if (run.Budget.Left < calls)
            throw BudgetRefusal.Make(stage, text, calls, null, run);
    }

    /// <summary>The value of each item of the plan, in order; of a stage that ended early those before the first that was not asked about.</summary>
    /// <param name="plan">What to ask.</param>
    /// <param name="isEnough">
    /// Told these values after each round of calls; true ends the stage. Null asks about everything at once.
    /// </param>
    /// <param name="keepCalls">Calls that the stage makes later, which re-asks may not take.</param>
    public async Task<Value?[]> AskAsync(AskPlan plan, Func<ArraySegment<Value?>, bool>? isEnough = null, int keepCalls = 0)
    {
        var calls = new StageCalls(run, Caller, text, stage, plan, keepCalls);
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
        if (plan.Cites)
            Failed.CountUncited(values, isPart: plan.Items is [{ Check: CitationCheck { IsPart: true } }, ..]);
        if (plan.BlankItems > 0)
            Failed.CountBlank(plan.BlankItems, plan.Items.Count);
        if (calls.Unasked > 0)
            Failed.CountUnasked(calls.Unasked, plan.Items.Count);
        _notHeld.AddRange(calls.NotHeld);
        Failed.CallsInVain ??= calls.CallsInVain;
        return values;
    }

    /// <summary>The same by child roots.</summary>
    /// <param name="pieces">How many pieces there are.</param>
    /// <param name="questionAt">What is asked about one of them; null for one that cannot be asked about.</param>
    /// <param name="isEnough">As for <see cref="AskAsync"/>.</param>
    /// <param name="otherwise">The type of an answer where the program does not say it.</param>
    public Task<Value?[]> AskChildrenAsync(
        int pieces, Func<int, ChildQuestion?> questionAt, Func<ArraySegment<Value?>, bool>? isEnough, RlmType otherwise) =>
        new ChildStage(this, run, Children!, new ChildAnswer(ReplyType(otherwise)), pieces, questionAt).AskAsync(isEnough, evaluation.CancellationToken);

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
            ? [.. list.Items.Select(item => Reading.AsText(item)?.ToString().ReplaceLineEndings(" ") ?? "").Where(label => label.Length > 0).Distinct()]
            : [];
        return labels.Length > 0
            ? labels
            : throw new EvaluationException(stage.Span, $"`{name}` holds no labels", $"write `let {name} = [\"a\", \"b\"]`");
    }
}
