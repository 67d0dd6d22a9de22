using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Planning;

/// <summary>What a planner came by on its way through a program, for somebody who wants to know how it would run.</summary>
internal sealed class ProgramTrace
{
    private readonly List<ExplainedStage> _stages = [];
    private readonly List<string> _remarks = [];
    private readonly List<string> _dropped = [];
    private string _statement = "";

    /// <summary>What was seen, with the plan that came of it.</summary>
    public RlmExplanation Explain(SpendingPlan plan) => new([.. _stages], plan) { Dropped = [.. _dropped] };

    /// <summary>Goes on with the pipeline of another statement.</summary>
    public void Begin(string statement) => _statement = statement;

    /// <summary>The pipeline of a variable, which has no name where it stands in brackets.</summary>
    public void Begin(VariableSymbol symbol) =>
        Begin(symbol.Name.All(static c => c == '_' || char.IsLetterOrDigit(c)) ? $"let {symbol.Name}" : "in brackets");

    /// <summary>Says something of the source or stage that is taken next.</summary>
    public void Remark(string text) => _remarks.Add(text);

    /// <summary>Takes the source of the pipeline.</summary>
    /// <returns>The value, which may be read again.</returns>
    public PlannedValue TakeSource(BoundPipeline pipeline, SourceText source, PlannedValue value) =>
        Take(new ExplainedStage(_statement, TextOf(pipeline.Source, source), ValueCard.TypeText(pipeline.Source.Type)), value);

    /// <summary>Takes the next stage.</summary>
    /// <param name="pipeline">Its pipeline, in the order of the program.</param>
    /// <param name="stages">The stages in the order of the run.</param>
    /// <param name="index">Which of them it is.</param>
    /// <param name="source">The program.</param>
    /// <param name="value">What it gives.</param>
    /// <param name="spending">What it spends; null for nothing.</param>
    /// <returns>The value, which may be read again.</returns>
    public PlannedValue TakeStage(
        BoundPipeline pipeline, IReadOnlyList<BoundStage> stages, int index, SourceText source, PlannedValue value, SpendingStage? spending = null)
    {
        var stage = stages[index];
        var passed = stages.Skip(index + 1).FirstOrDefault(later => later.Operator.IsPaid && pipeline.Stages.TakeWhile(other => other != stage).Contains(later));
        if (passed is not null)
            _remarks.Insert(0, $"moved before `{PaidStages.TextOf(source, passed.Span)}`, which then has fewer items to pay for");

        // What is moved keeps its items as they are, which have not the fields yet that it was written behind.
        string input = passed is null ? ValueCard.TypeText(stage.Input) : _stages[^1].Output;
        return Take(
            new ExplainedStage(_statement, PaidStages.TextOf(source, stage.Span), passed is null ? ValueCard.TypeText(stage.Output) : input)
            {
                Input = input,
                Spending = spending,
            },
            value);
    }

    // A stage that opens a statement is about `context`, which is not written.
    private static string TextOf(BoundExpression expression, SourceText source) =>
        expression.Span.Length == 0 && expression is BoundVariable variable ? variable.Symbol.Name : PaidStages.TextOf(source, expression.Span);

    /// <summary>What becomes of the calls of a paid stage whose prompts are known.</summary>
    /// <param name="plan">What it asks.</param>
    /// <param name="calls">How many calls that takes.</param>
    public void RemarkCalls(StagePlan plan, long calls)
    {
        long items = plan.Calls.Sum(part => (long)part.Items.Count), repeats = plan.Calls.Sum(part => part.Repeats?.Count ?? 0);
        long held = plan.Calls.Sum(part => part.Held?.Found.Count ?? 0), asked = plan.Calls.Sum(part => (long)part.AskedItems);
        long made = plan.Calls.Sum(part => (long)part.CallCount), votes = plan.Calls.Select(static part => part.Votes).FirstOrDefault(1);
        if (repeats > 0)
            _remarks.Add($"{Amount.Of(repeats, items, "item")} {Amount.Agree(repeats, "{asks|ask}")} the same as an earlier one, and {Amount.Agree(repeats, "{takes|take}")} its reply");
        if (held > 0)
            _remarks.Add($"{Amount.Of(held, items, "item")} {Amount.Agree(held, "{was|were}")} asked about before");
        if (asked > made / votes)
            _remarks.Add($"{Amount.Of(asked, "item")} go into {Amount.Of(made / votes, "call")}");
        if (votes > 1)
            _remarks.Add($"each call is made {votes} times, for the votes");
        if (made + plan.Later.Calls - calls is > 0 and var free)
            _remarks.Add($"{Amount.Of(free, made, "call")} {Amount.Agree(free, "{is|are}")} the same as another, or {Amount.Agree(free, "{has|have}")} a reply already");
    }

    /// <summary>The stage ends when a later one has all that it takes.</summary>
    public void RemarkTaker(BoundStage taker, SourceText source) =>
        _remarks.Add($"asks in order, and ends when `{PaidStages.TextOf(source, taker.Span)}` has its items");

    /// <summary>What of the program is not computed.</summary>
    public void Drop(IReadOnlyList<BoundStatement> statements, Func<VariableSymbol, bool> isComputed, SourceText source)
    {
        int answer = statements.TakeWhile(static statement => statement is not BoundAnswer).Count();
        foreach (var let in statements.Take(answer).OfType<BoundLet>().Where(let => !isComputed(let.Symbol)))
            _dropped.Add($"`{PaidStages.TextOf(source, let.Span)}` is not computed: nothing that runs needs it");
        foreach (var statement in statements.Skip(answer + 1))
            _dropped.Add($"`{PaidStages.TextOf(source, statement.Span)}` is not run: it stands behind the answer");
    }

    private PlannedValue Take(ExplainedStage stage, PlannedValue value)
    {
        if (value.Known is { } known)
            value = PlannedValue.Of(ListValue.Keep(known));
        _stages.Add(stage with
        {
            Items = value.Known is ListValue list ? list.ReadAll().Count : value.Known is null ? value.MaxItems : null,
            IsExact = value.Known is not null,
            Remarks = [.. _remarks],
        });
        _remarks.Clear();
        return value;
    }
}
