using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>What becomes of a stage's items without a usable reply, as its <c>or</c> says.</summary>
/// <param name="stage">The stage.</param>
/// <param name="text">The stage as written, cut to one line.</param>
/// <param name="evaluation">Takes what the answer lost.</param>
internal sealed class FailedItems(BoundStage stage, string text, EvaluationContext evaluation)
{
    /// <summary>The share of items without anything to ask about from which on an answer is doubtful.</summary>
    private const double TellingShare = 0.1;

    /// <summary>After how many calls without a usable reply the stage ended; null where it went on.</summary>
    public int? CallsInVain { get; set; }

    /// <summary>Whether the program says what becomes of failed items that are not left out.</summary>
    public bool AreReplaced => AreFatal || stage.Find(Slots.Or) is BoundExpression;

    /// <summary>Whether a failed item ends the statement, so that every item has to be asked about.</summary>
    public bool AreFatal => stage.Find(Slots.Or) is "fail";

    /// <summary>Whether failed items are to be left out.</summary>
    public bool AreSkipped => stage.Find(Slots.Or) is "skip";

    /// <summary>What <c>or</c> makes of failed items: they stay, become a value, or end the statement.</summary>
    /// <exception cref="EvaluationException">No item was answered, and the program does not say what stands for it.</exception>
    public Value[] Replace(Value?[] values)
    {
        RequireAny(values, isHandled: AreReplaced || AreSkipped);
        Count(values);
        return Fill(values);
    }

    /// <summary>Puts what <c>or</c> says in the place of failed items, and counts nothing.</summary>
    public Value[] Fill(Value?[] values)
    {
        var replacement = stage.Find(Slots.Or) is BoundExpression substitute ? ExpressionEvaluator.Evaluate(substitute, null, evaluation) : null;
        for (int i = 0; i < values.Length; i++)
            values[i] = values[i] is FailedValue && replacement is not null ? replacement : values[i] ?? NoneValue.Instance;
        return values!;
    }

    /// <summary>Remembers that the calls ran out before the items did.</summary>
    /// <exception cref="EvaluationException">Every item has to have a reply.</exception>
    public void CountUnasked(int unasked, int items)
    {
        string lost = $"{Amount.Of(unasked, items, "item")} {Amount.Agree(unasked, "{was|were}")} not asked about, since the calls ran out";
        if (AreFatal)
            throw new EvaluationException(stage.Span, lost, "leave `or fail` out to go on without them") { Descriptor = RuntimeDiagnostics.OverBudget };
        evaluation.Lose(new RlmLoss(RlmLossKind.LimitReached, $"{text}: {lost}") { Count = unasked, Of = items });
    }

    /// <summary>Throws where no item was answered: what would be computed of nothing is not an answer.</summary>
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

        string which = CallsInVain is { } calls
            ? $"stopped after {Amount.Of(calls, "call")}, of which none gave a reply that can be used"
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

    private string Remedy => !stage.Has(Slots.Prompt)
        ? "say behind the field what it names, put fewer names into a call with `pack 20`, or ask another model; "
            + "`or VALUE` goes on without replies"
        : stage.Find(Slots.As) is null && !stage.Operator.Is(OperatorTraits.Filters)
        ? "look at one item with `first 1`, reword the prompt, or ask another model; `or VALUE` goes on without replies"
        : "say in the prompt what to reply with, ask for `as text` of one item with `first 1` and look, or ask another model; "
            + "`or VALUE` goes on without replies";

    /// <summary>Remembers failed items, which make the answer partial; with <c>or fail</c> they end the statement.</summary>
    public void Count(Value?[] values)
    {
        int failed = values.Count(value => value is FailedValue);
        if (failed == 0)
            return;

        // A limit that ran out is what to raise; other failures may come from it.
        var first = values.OfType<FailedValue>().FirstOrDefault(value => value.IsOverLimit) ?? values.OfType<FailedValue>().First();
        string reason = ReasonOf(first);
        if (AreFatal)
        {
            throw new EvaluationException(
                stage.Span, $"{Amount.Of(failed, values.Length, "item")} failed: {reason}", "leave `or fail` out to go on without them")
            {
                Descriptor = first.IsOverLimit ? RuntimeDiagnostics.OverBudget : RuntimeDiagnostics.NoUsableReply,
            };
        }

        string why = CallsInVain is { } calls ? $"stopped after {Amount.Of(calls, "call")} of no use: {reason}" : reason;
        string lost = $"{text}: {Amount.Of(failed, values.Length, "item")} failed: {why}";
        const string remedy = "ask about those alone in other words (`where FIELD is failed`), or say what stands for them with `or VALUE`";
        var loss = first.IsOverLimit
            ? new RlmLoss(RlmLossKind.LimitReached, lost)
            : new RlmLoss(RlmLossKind.FailedItems, lost, remedy);
        evaluation.Lose(loss with { Count = failed, Of = values.Length });
    }

    /// <summary>Tells of items without anything to be asked about: what a model says of them is made up.</summary>
    public void CountBlank(int blank, int items)
    {
        string told = $"{text}: {Amount.Of(blank, items, "item")} {Amount.Agree(blank, "{holds|hold}")} nothing to be asked about";
        if (blank < items * TellingShare)
            evaluation.Note(told);
        else
            evaluation.Lose(new RlmLoss(RlmLossKind.ValuesUnread, told, "leave them out before, as with `where FIELD != \"\"`") { Count = blank, Of = items });
    }

    /// <summary>Tells of replies that were to cite and cite nothing: nobody can look up what they rest on.</summary>
    /// <param name="values">What was read of the replies.</param>
    /// <param name="isPart">Whether the replies are merged: one may have found nothing to say, so that it is noted alone.</param>
    public void CountUncited(Value?[] values, bool isPart)
    {
        int uncited = values.Count(value => value is not (null or NoneValue or FailedValue) && Provenance.CitedIn(value).Count == 0);
        if (uncited > 0)
        {
            string told = $"{text}: {Amount.Of(uncited, values.Length, isPart ? "partial result" : "reply")} {Amount.Agree(uncited, "{cites|cite}")} nothing";
            if (isPart)
            {
                evaluation.Note(told);
                return;
            }

            const string remedy = "ask about fewer items, or `as text?` where the data may not say: none needs no citation";
            evaluation.Lose(new RlmLoss(RlmLossKind.Uncited, told, remedy) { Count = uncited, Of = values.Length });
        }
    }

    /// <summary>Remembers why the stage's result is partial though no item of it failed.</summary>
    public void CountPartial(string reason) => evaluation.Lose(new RlmLoss(RlmLossKind.LimitReached, $"{text}: {reason}"));
}
