using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Asking.Paid;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Planning;

/// <summary>
/// Tells what a program would spend, and spends nothing: it goes the way of the executor, evaluates what is free and known, takes replies
/// that the run holds, and bounds the rest by how many items there are at most.
/// </summary>
/// <param name="run">The run that the program would be part of; it is only read.</param>
/// <param name="models">The models of its paid stages.</param>
/// <param name="variables">Its variables.</param>
internal sealed class Planner(RunContext run, SubModels models, VariableTable variables)
{
    private readonly RunContext _planning = run.ForPlanning();
    private readonly List<BoundStage> _bound = [];
    private readonly List<SpendingStage> _stages = [];
    private readonly HashSet<CallKey> _planned = [];
    private readonly List<(string? Model, string Prefix)> _unknownPrompts = [];
    private readonly Dictionary<VariableSymbol, SourceText> _sources = [];
    private readonly PlanLimits _limits = new(run);
    private readonly HashSet<CallKey> _questions = [];

    // A long chain of them is walked once.
    private readonly HashSet<VariableSymbol> _restOnNoReplies = [];
    private bool _mayHaveStopped;
    private bool _mayHaveAskedAnything;

    /// <summary>Takes note of what the planner comes by; null for nobody, so that what no call depends on is not evaluated.</summary>
    public ProgramTrace? Trace { get; init; }

    private SubModels Models => field ??= models.ForPlanning(_planning);

    /// <summary>The plan of a program without errors.</summary>
    public async Task<PlannedProgram> PlanAsync(BoundProgram program, SourceText source, CancellationToken cancellationToken)
    {
        variables.Cancellation.Token = cancellationToken;
        var planned = new PlannedVariables(variables.Values, models.TokenFactor, variables.Cancellation)
        {
            Operators = OperatorTable.ByName,
            MaxLabels = MostLabels(program),
            Clock = run.Clock,
        };
        Diagnostic? stopsAt = null;
        foreach (var statement in Trace is null ? UpToLastPaid(program.Statements) : program.Statements)
        {
            try
            {
                stopsAt = await PlanAsync(statement, source, planned).ConfigureAwait(false);
            }
            catch (EvaluationException exception)
            {
                stopsAt = new Diagnostic(exception.Descriptor, exception.Span, exception.Message, exception.Help);
            }
            catch (TextException exception)
            {
                stopsAt = new Diagnostic(RuntimeDiagnostics.UnreadableText, statement.Span, exception.Message);
            }

            if (stopsAt is not null || statement is BoundAnswer)
                break;
        }

        if (stopsAt is null)
            Trace?.Drop(program.Statements, planned.Has, source);
        return new PlannedProgram(_bound, _limits.Judge(new SpendingPlan(_stages) { StopsAt = stopsAt, Writes = WritesOf(program) }));
    }

    private IReadOnlyList<string> WritesOf(BoundProgram program) =>
        [.. run.Options.Tools.Where(tool => tool.Effect == RlmToolEffect.Writes).Select(tool => tool.Name)
            .Intersect(program.Pipelines.SelectMany(BoundTree.Expressions).SelectMany(BoundTree.Descendants)
                .OfType<BoundCall>().Where(call => call.Function.IsTool).Select(call => call.Function.Name))];

    /// <summary>Plans a statement and what it needs; gives what stops the program there.</summary>
    private async Task<Diagnostic?> PlanAsync(BoundStatement statement, SourceText source, PlannedVariables planned)
    {
        switch (statement)
        {
            case BoundLet let:
                _sources[let.Symbol] = source;
                return null;

            case BoundAssert assert:
                await ComputeAsync(BoundTree.Variables([assert.Condition]), source, planned).ConfigureAwait(false);
                if (!planned.IsKnown(assert.Condition) || (run.Options.SampleItems is not null && !RestsOnNoReplies(BoundTree.Variables([assert.Condition]))))
                    _mayHaveStopped = true;
                else if (Reading.AsBool(ValueOf(assert.Condition, planned)) != true)
                    return new Diagnostic(RuntimeDiagnostics.AssertFailed, assert.Span, $"`{assert.ConditionText}` does not hold");
                return null;

            default:
                var pipeline = PipelineOf(statement)!;
                await ComputeAsync(BoundTree.Variables(pipeline), source, planned).ConfigureAwait(false);
                Trace?.Begin(statement is BoundAnswer ? "answer" : "show");
                var value = await PlanAsync(pipeline, source, planned).ConfigureAwait(false);
                if (value.Known is { } known)
                    ListValue.Keep(known);
                return null;
        }
    }

    /// <summary>What an assert asks for, evaluated once for all plans and the run.</summary>
    private Value ValueOf(BoundExpression condition, PlannedVariables planned)
    {
        if (variables.FindStart(condition) is { } start)
            return start.Value;

        var evaluation = planned.NewEvaluation();
        var value = ExpressionEvaluator.Evaluate(condition, null, evaluation);
        if (RestsOnNoReplies(BoundTree.Variables([condition])))
            variables.KeepStart(condition, new EvaluatedStart(value, 0, evaluation));
        return value;
    }

    private bool RestsOnNoReplies(IEnumerable<VariableSymbol> needed)
    {
        foreach (var symbol in VariableTable.FindMissing(needed, symbol => variables.Has(symbol) || _restOnNoReplies.Contains(symbol)))
        {
            if (symbol.Definition!.IsPaid)
                return false;

            // All that it needs was before it.
            _restOnNoReplies.Add(symbol);
        }

        return true;
    }

    private async Task ComputeAsync(IEnumerable<VariableSymbol> needed, SourceText source, PlannedVariables planned)
    {
        foreach (var symbol in VariableTable.FindMissing(needed, planned.Has))
        {
            var own = _sources.GetValueOrDefault(symbol) ?? variables.SourceOf(symbol);
            Trace?.Begin(symbol);
            try
            {
                planned.Set(symbol, await PlanAsync(symbol.Definition!, own, planned).ConfigureAwait(false));
            }
            catch (EvaluationException exception) when (own != source)
            {
                // The place is in an earlier program.
                throw new EvaluationException(
                    default, $"`{symbol.Name}`: {exception.Message}", exception.Help)
                { Descriptor = exception.Descriptor };
            }
        }
    }

    private async Task<PlannedValue> PlanAsync(BoundPipeline pipeline, SourceText source, PlannedVariables planned)
    {
        var evaluation = planned.NewEvaluation();
        var paidStages = new PaidStages(_planning, Models, source);
        var stages = StageOrder.Of(pipeline, run.Options);
        var (value, first) = Start(pipeline, stages, source, planned);
        for (int i = first; i < stages.Count; i++)
        {
            if (!stages[i].Operator.IsPaid)
            {
                value = PlannedStage.Evaluate(value, stages[i], planned, evaluation);
                value = Trace?.TakeStage(pipeline, stages, i, source, value) ?? value;
                continue;
            }

            int? taker = FirstItems.FindTaker(stages, i);
            if (taker is { } ending)
                Trace?.RemarkTaker(stages[ending], source);
            var wanted = taker is { } place && stages.Skip(i + 1).Take(place - i).All(planned.IsKnown)
                ? FirstItems.Of(stages, i, place, evaluation)
                : null;
            var paid = paidStages.Of(stages[i], evaluation, wanted);
            value = value.Known is { } known && planned.IsKnown(stages[i])
                ? await PlanKnownAsync(ListValue.Keep(known), paid, mayEndEarly: taker is not null).ConfigureAwait(false)
                : PlanPending(value, paid, planned, evaluation);
            value = Trace?.TakeStage(pipeline, stages, i, source, value, _stages[^1]) ?? value;
            _mayHaveStopped |= stages[i].Find(Slots.Or) is "fail" && value.Known is null;
        }

        return value;
    }

    /// <summary>
    /// The value in front of the first paid stage, and which stage that is. What is known is evaluated once, for all plans and the run,
    /// unless it rests on replies, which the run reads for itself.
    /// </summary>
    private (PlannedValue Value, int Stages) Start(
        BoundPipeline pipeline, IReadOnlyList<BoundStage> stages, SourceText source, PlannedVariables planned)
    {
        if (Trace is null && variables.FindStart(pipeline) is { } start)
            return (PlannedValue.Of(start.Value), start.Stages);

        var evaluation = planned.NewEvaluation();
        var value = planned.Of(pipeline.Source, evaluation);
        value = Trace?.TakeSource(pipeline, source, value) ?? value;
        int free = 0;
        for (; free < stages.Count && !stages[free].Operator.IsPaid; free++)
        {
            value = PlannedStage.Evaluate(value, stages[free], planned, evaluation);
            value = Trace?.TakeStage(pipeline, stages, free, source, value) ?? value;
        }

        if (value.Known is { } known && RestsOnNoReplies(BoundTree.Variables(pipeline)))
        {
            var settled = ListValue.Keep(known);
            variables.KeepStart(pipeline, new EvaluatedStart(settled, free, evaluation));
            value = PlannedValue.Of(settled);
        }

        return (value, free);
    }

    /// <summary>A stage whose prompts are known: its calls, or its result where every reply is there.</summary>
    private async Task<PlannedValue> PlanKnownAsync(Value input, PaidStage stage, bool mayEndEarly)
    {
        var evaluator = PaidOperatorTable.Find(stage.Bound.Operator.Name);
        var plan = evaluator.PlanOf(input, stage);
        var spending = new StageSpending(stage, _planning.Replies);
        bool asksRoots = stage.Bound.AsksRoots && plan.Later.Calls > 0;
        bool isHeld = !asksRoots && plan.Calls.All(calls => stage.CountNew(calls) == 0);
        if (isHeld && await EvaluateHeldAsync(evaluator, input, stage).ConfigureAwait(false) is { } held)
        {
            Add(stage, SpendingCertainty.Exactly, default, reserves: 0, AsksNothing(plan));
            return PlannedValue.Of(held);
        }

        // Rows that an earlier stage asks the same of are asked about once.
        bool isShared = plan.Calls.Any(calls => MayBeMade(stage, calls))
            | plan.Calls.Any(calls => calls.Held is { } rows && !_questions.Add(rows.Question));
        bool onlyAgain = isHeld && plan.Later.Calls == 0;
        var amounts = onlyAgain
            ? spending.ReasksOf(plan, _planned)
            : plan.Calls.Aggregate(plan.Later, (sum, calls) => sum + spending.AmountsOf(calls, _planned));
        Trace?.RemarkCalls(plan, onlyAgain ? plan.Calls.Sum(part => (long)part.CallCount) : amounts.Calls);
        bool isExact = !isShared && !_mayHaveStopped && plan.Later.Calls == 0 && !mayEndEarly;
        Add(stage, isExact ? SpendingCertainty.Exactly : SpendingCertainty.AtMost, amounts, reserves: onlyAgain ? 0 : amounts.Least is { } least ? mayEndEarly ? Math.Min(1, least) : least : mayEndEarly ? Math.Min(amounts.Calls, stage.Votes) : amounts.Calls, AsksNothing(plan));
        _mayHaveAskedAnything |= asksRoots;
        if (plan.Later.Calls > 0)
            _unknownPrompts.Add((stage.Bound.Find(Slots.Model), spending.PromptPrefix));
        return evaluator.ResultOf(PlannedValue.Of(input).MeasureTexts(), stage);
    }

    /// <summary>A stage whose prompts rest on replies that are not there yet.</summary>
    private PlannedValue PlanPending(PlannedValue value, PaidStage stage, PlannedVariables planned, EvaluationContext evaluation)
    {
        var evaluator = PaidOperatorTable.Find(stage.Bound.Operator.Name);
        var input = value.MeasureTexts();
        string? waits = planned.WaitsFor(stage.Bound);
        bool isBounded = stage.Bound.LabelVariables.All(planned.IsKnown)
            && stage.Bound.Arguments.All(
                argument => argument.Slot.Kind != SlotKind.Amount || planned.IsKnown((BoundExpression)argument.Value));
        var spending = new StageSpending(stage, _planning.Replies);
        var amounts = isBounded ? evaluator.BoundOf(spending.PromptOf(TakeSample(input, stage), planned, evaluation), stage) : null;
        if (amounts is { } known)
        {
            _mayHaveAskedAnything |= stage.Bound.AsksRoots && known.Calls > 0;
            Add(stage, SpendingCertainty.AtMost, known, reserves: 0);
        }
        else
        {
            _bound.Add(stage.Bound);
            _mayHaveAskedAnything |= stage.Bound.AsksRoots;
            _stages.Add(new SpendingStage(stage.Text, SpendingCertainty.NotKnown) { KnownAfter = waits ?? input.After });
        }

        _unknownPrompts.Add((stage.Bound.Find(Slots.Model), spending.PromptPrefix));
        return evaluator.ResultOf(input, stage);
    }

    private static PlannedValue TakeSample(PlannedValue input, PaidStage stage) => stage.Sample is not { } sample ? input
        : input with { MaxItems = Math.Min(input.MaxItems ?? long.MaxValue, sample.Most(stage.Packer.LimitsOf(stage.ReplyType(RlmType.Text), stage.RoomTokens).MaxRows)) };

    /// <summary>Whether there is nothing to ask about. Rows whose values are there were asked about before.</summary>
    private static bool AsksNothing(StagePlan plan) => plan.Later.Calls == 0 && plan.Calls.All(part => part.CallCount == 0 && part.Held is not { Found.Count: > 0 });

    private void Add(PaidStage stage, SpendingCertainty certainty, CallAmounts amounts, long reserves, bool asksNothing = false)
    {
        _bound.Add(stage.Bound);
        _stages.Add(amounts.Of(stage.Text, certainty, stage.Prices) with { AsksNothing = asksNothing });
        _limits.Add(_stages[^1], reserves, amounts.Least ?? amounts.Calls);
    }

    /// <summary>The stage's result by the replies that there are; null where one is missing.</summary>
    private static async Task<Value?> EvaluateHeldAsync(IPaidOperator evaluator, Value input, PaidStage stage)
    {
        try
        {
            var result = ListValue.Keep(await evaluator.EvaluateAsync(input, stage).ConfigureAwait(false));
            return stage.NotHeld.Count > 0 ? null : result;
        }
        catch (EvaluationException) when (stage.NotHeld.Count > 0)
        {
            return null;
        }
    }

    /// <summary>Whether a stage whose prompts nobody knows yet may have made one of the calls; child roots ask what they want.</summary>
    private bool MayBeMade(PaidStage stage, AskPlan calls) => _mayHaveAskedAnything || _unknownPrompts.Any(other =>
        other.Model == stage.Bound.Find(Slots.Model)
            && (calls.SharedInstruction.TrimStart().StartsWith(other.Prefix, StringComparison.Ordinal)
            || calls.Items.Any(item => item.Instruction.TrimStart().StartsWith(other.Prefix, StringComparison.Ordinal))));

    /// <summary>The statements up to the last one that may ask; what stands behind it spends nothing.</summary>
    private IReadOnlyList<BoundStatement> UpToLastPaid(IReadOnlyList<BoundStatement> statements)
    {
        int last = -1;
        for (int i = 0; i < statements.Count; i++)
        {
            IEnumerable<VariableSymbol> needed = statements[i] switch
            {
                BoundAssert assert => BoundTree.Variables([assert.Condition]),
                var other => PipelineOf(other) is { } pipeline ? BoundTree.Variables(pipeline) : [],
            };
            if (PipelineOf(statements[i])?.IsPaid == true
                || VariableTable.FindMissing(needed, variables.Values.ContainsKey).Any(symbol => symbol.Definition!.IsPaid))
                last = i;
        }

        return [.. statements.Take(last + 1)];
    }

    private static BoundPipeline? PipelineOf(BoundStatement statement) => statement switch
    {
        BoundAnswer answer => answer.Value,
        BoundShow show => show.Value,
        _ => null,
    };

    /// <summary>
    /// Most labels that a stage of this or an earlier program chooses among; null where a variable holds them that is not there yet.
    /// </summary>
    private long? MostLabels(BoundProgram program)
    {
        var pipelines = program.Statements.Select(PipelineOf)
            .Concat(program.Statements.OfType<BoundLet>().Select(let => let.Symbol.Definition))
            .Concat(variables.Symbols.Select(symbol => symbol.Definition)).OfType<BoundPipeline>();
        long? most = 0;
        foreach (var stage in pipelines.SelectMany(pipeline => pipeline.Stages).Where(stage => stage.Find(Slots.As) is not null))
        {
            most = most is { } soFar && LabelsOf(stage.Get(Slots.As)) is { } labels ? Math.Max(soFar, labels) : null;
            foreach (var variable in stage.LabelVariables)
                most = most is { } now && variables.Values.TryGetValue(variable, out var value)
                    && value is ListValue { KnownCount: { } count } ? Math.Max(now, count) : null;
        }

        return most;
    }

    private static long? LabelsOf(RlmType type) => type.Required switch
    {
        LabelType label => label.Labels?.Count ?? 0,
        ListType list => LabelsOf(list.Item),
        RecordType record => record.Fields.Select(field => LabelsOf(field.Type)).DefaultIfEmpty(0).Max(),
        _ => 0,
    };
}
