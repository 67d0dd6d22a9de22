using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Runs checked programs one after another over the same variables. A let is computed when it is first needed, once.</summary>
internal sealed class ProgramExecutor(RunContext run, SubModels models, VariableTable variables)
{
    /// <summary>As many values as a turn can show whatever their size.</summary>
    private const int LeastShown = 3;

    /// <summary>Whether what is free goes on after a statement that shows a value fails, for somebody who reads all that a program shows at once.</summary>
    public bool ShowsOn { get; init; }

    /// <summary>Checks and runs a program. What stops it is in the outcome; the lets above it are kept.</summary>
    /// <exception cref="ModelException">The model cannot be used at all.</exception>
    /// <exception cref="LimitReachedException">Tokens or money ran out.</exception>
    public Task<ProgramOutcome> RunAsync(SourceText source, CancellationToken cancellationToken) =>
        RunAsync(variables.Compile(source, run.Options.RulesAt(run.Depth)), cancellationToken);

    /// <summary>The same of a program that is checked already.</summary>
    public async Task<ProgramOutcome> RunAsync(RlmProgram program, CancellationToken cancellationToken)
    {
        var source = program.Source;
        if (program.Diagnostics.Count > 0)
            EmitDiagnostics(program.Diagnostics, source);
        if (program.HasErrors)
            return await RunFreeAsync(program, cancellationToken).ConfigureAwait(false);

        if (run.Consent is { } consent)
        {
            var planned = await new Planner(run, models, variables).PlanAsync(program.Bound!, source, cancellationToken).ConfigureAwait(false);
            await consent.AskAsync(planned.Plan, planned.Stages, run.Budget.Left, cancellationToken).ConfigureAwait(false);
        }

        return await RunAsync(
            program.Bound!.Statements,
            new ProgramOutcome { Diagnostics = program.Diagnostics },
            source,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Runs what is sound and free of a program, up to its answer.</summary>
    public Task<ProgramOutcome> RunFreeAsync(RlmProgram program, CancellationToken cancellationToken) =>
        RunAsync(
            program.Sound.TakeWhile(static statement => statement is not BoundAnswer).Where(IsFree),
            new ProgramOutcome { Diagnostics = program.Diagnostics, WasRun = false },
            program.Source,
            cancellationToken);

    private async Task<ProgramOutcome> RunAsync(
        IEnumerable<BoundStatement> statements, ProgramOutcome outcome, SourceText source, CancellationToken cancellationToken)
    {
        var pipelines = new PipelineExecutor(run, models, variables, source);
        var done = new List<BoundStatement>();
        bool isStopped = false;
        foreach (var statement in statements)
        {
            if (isStopped && !MayGoOnWith(statement))
                continue;

            var evaluation = NewEvaluation(cancellationToken);
            Diagnostic? failure = null;
            try
            {
                outcome = await RunAsync(statement, outcome, pipelines, evaluation).ConfigureAwait(false);
            }
            catch (EvaluationException exception)
            {
                failure = new Diagnostic(exception.Descriptor, exception.Span, exception.Message, exception.Help);
                outcome = outcome with { IsOverBudget = outcome.IsOverBudget || exception.IsBudget };
            }
            catch (TextException exception)
            {
                failure = new Diagnostic(RuntimeDiagnostics.UnreadableText, statement.Span, exception.Message);
            }

            if (failure is not null)
            {
                outcome = StopAt(outcome, source, failure);
                if (!ShowsOn || statement is not BoundShow)
                    break;

                isStopped = true;
                continue;
            }

            done.Add(statement);
            outcome = outcome with { Notes = [.. outcome.Notes, .. EmitNotes(evaluation)] };
            if (outcome.Answer is not null)
                break;
        }

        return outcome.HasErrors ? outcome with { Kept = TellKept(done) } : outcome;
    }

    /// <summary>Whether a statement behind one that failed may show its value all the same.</summary>
    private bool MayGoOnWith(BoundStatement statement) => statement is BoundLet
        || (statement is BoundShow show && IsFree(statement) && !variables.FindMissing(BoundTree.Variables(show.Value)).Any(variables.HasFailed));

    /// <summary>What ran before an error: how many statements, and which lets a next program may use.</summary>
    private string? TellKept(List<BoundStatement> done)
    {
        string[] names = [.. done.OfType<BoundLet>().Where(let => !variables.HasFailed(let.Symbol)).Select(let => let.Symbol.Name)
            .Where(name => name.All(static c => c == '_' || char.IsLetterOrDigit(c))).Distinct().Select(name => $"`{name}`")];
        return done.Count == 0
            ? null
            : $"{Amount.Of(done.Count, "statement")} before the error ran{(names.Length > 0 ? $"; kept: {string.Join(", ", names)}" : "")}";
    }

    /// <summary>
    /// Whether a statement of a program that has an error may run: it asks no model and calls no tool, itself or through its
    /// variables. A let computes nothing yet.
    /// </summary>
    private bool IsFree(BoundStatement statement)
    {
        IReadOnlyList<BoundPipeline> pipelines = statement is BoundShow show ? [show.Value] : [];
        BoundExpression[] conditions = statement is BoundAssert assert
            ? [assert.Condition, .. assert.Message is null ? [] : (BoundExpression[])[assert.Message]]
            : [];
        var needed = variables.FindMissing(pipelines.SelectMany(pipeline => BoundTree.Variables(pipeline))
            .Concat(BoundTree.Variables(conditions))).Select(symbol => symbol.Definition!);
        return pipelines.Concat(needed).All(pipeline => !pipeline.IsPaid && !CallsTool(BoundTree.Expressions(pipeline)))
            && !CallsTool(conditions);
    }

    private static bool CallsTool(IEnumerable<BoundExpression> expressions) =>
        expressions.SelectMany(BoundTree.Descendants).Any(expression => expression is BoundCall { Function.IsTool: true });

    private async Task<ProgramOutcome> RunAsync(
        BoundStatement statement, ProgramOutcome outcome, PipelineExecutor pipelines, EvaluationContext evaluation)
    {
        switch (statement)
        {
            case BoundLet let:
                variables.Define(let.Symbol, pipelines.Source);
                return outcome;

            case BoundAssert assert:
                BoundExpression[] expressions = assert.Message is null ? [assert.Condition] : [assert.Condition, assert.Message];
                await ComputeAsync(BoundTree.Variables(expressions), assert.Span, pipelines, evaluation).ConfigureAwait(false);
                var start = variables.TakeStart(assert.Condition);
                if (start is not null)
                    evaluation.GoOnFrom(start.Evaluation);
                if (Reading.AsBool(start?.Value ?? ExpressionEvaluator.Evaluate(assert.Condition, null, evaluation)) == true)
                    return outcome;

                if (evaluation.Losses.Concat(variables.LossesOf(BoundTree.Variables(expressions))).Any(loss => loss.Kind == RlmLossKind.Sampled))
                {
                    evaluation.Note($"`{assert.ConditionText}` does not hold for the sample, which does not tell whether it does for all items: the run goes on");
                    return outcome;
                }

                string? message = assert.Message is null
                    ? null
                    : ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(assert.Message, null, evaluation));
                throw new EvaluationException(
                    assert.Span,
                    $"`{assert.ConditionText}` does not hold{(message is null ? "" : $": {message}")}",
                    Sides(assert.Condition, evaluation) ?? evaluation.Notes.LastOrDefault(note => note.StartsWith("all: ", StringComparison.Ordinal)))
                { Descriptor = RuntimeDiagnostics.AssertFailed };

            case BoundShow show:
                var shown = Show(
                    show.Value, await ResultAsync(show.Value, pipelines, evaluation).ConfigureAwait(false), pipelines.Source, evaluation);
                var whole = TextOf(shown.Value);
                var told = new ValueShown
                {
                    At = run.Elapsed,
                    Schema = shown.Schema,
                    Text = shown.Preview,
                    Preview = shown.Preview,
                    IsCut = whole is null,
                    Forms = Write(shown.Value, show.Value.Type),
                };
                run.Emit(whole is null ? told : told with { Written = whole });
                return outcome with
                {
                    Shown = [.. outcome.Shown, shown],
                    ShownLosses = [.. outcome.ShownLosses, .. evaluation.Losses, .. variables.LossesOf(BoundTree.Variables(show.Value))],
                };

            case BoundAnswer answer:
                var value = await ResultAsync(answer.Value, pipelines, evaluation).ConfigureAwait(false);
                var rendered = run.Options.Shape is { } shape ? ShapeAnswer(shape, value, answer.Value.Span)
                    : TextOf(value) ?? throw MakeTooLongError(answer.Value.Span);
                var places = AnswerSources.Find(value);
                return outcome with
                {
                    Answer = rendered,
                    Forms = run.Options.Shape is null ? Write(value, answer.Value.Type) : null,
                    Citations = [.. places.Select(static place => place.Cite)],
                    Quotes = [.. places.Select(AnswerSources.Quote)],
                    Losses = [.. evaluation.Losses, .. variables.LossesOf(BoundTree.Variables(answer.Value))],
                };

            default:
                throw new InvalidOperationException($"No execution for {statement.GetType().Name}.");
        }
    }

    private WrittenForms Write(Value value, RlmType type) => new(value, type, run.Options.Formats, run.Options.TableColumns);

    /// <summary>The value that a statement shows or answers with, which a failed item never is.</summary>
    private async Task<Value> ResultAsync(BoundPipeline pipeline, PipelineExecutor pipelines, EvaluationContext evaluation)
    {
        var value = ListValue.Keep(await EvaluateAsync(pipeline, pipelines, evaluation).ConfigureAwait(false));
        evaluation.CheckStages();
        return Unknown.FindSole(value) is not { } failed ? value
            : throw new EvaluationException(
                pipeline.Span,
                $"the value is a failed item: {failed.Reason}",
                "leave failed items out with `where FIELD is not failed`, or ask again in other words")
            {
                Descriptor =
                    RuntimeDiagnostics.NoUsableReply
            };
    }

    /// <summary>A value as an answer; null where it is longer than one may be.</summary>
    private WrittenText? TextOf(Value value)
    {
        using var text = new Utf8Writer(run.Options.MaxAnswerChars);
        ValueRenderer.WriteAnswer(text, value);
        return text.IsOver ? null : text.ToText();
    }

    private EvaluationException MakeTooLongError(SourceSpan span) => new(
        span,
        Invariant($"the answer has more than {run.Options.MaxAnswerChars:N0} characters ({run.Options.NameOf(nameof(RlmOptions.MaxAnswerChars))})"),
        "answer with less: `count` it, or take the `first 100`")
    {
        Descriptor = RuntimeDiagnostics.UnfitAnswer,
    };

    private static WrittenText ShapeAnswer(AnswerShape shape, Value value, SourceSpan span)
    {
        var (json, problem) = shape.Read(value);
        return json is not null ? new(json) : throw new EvaluationException(span, $"{problem}; the answer must be {shape.Notation}", shape.HowToWrite)
        {
            Descriptor = RuntimeDiagnostics.UnfitAnswer,
        };
    }

    private EvaluationContext NewEvaluation(CancellationToken cancellationToken)
    {
        variables.Cancellation.Token = cancellationToken;
        return new EvaluationContext(variables.Values, variables.Cancellation)
        {
            Operators = OperatorTable.ByName,
            Tools = run.Tools,
            TokenFactor = models.TokenFactor,
            Clock = run.Clock,
        };
    }

    private async Task<Value> EvaluateAsync(BoundPipeline pipeline, PipelineExecutor pipelines, EvaluationContext evaluation)
    {
        await ComputeAsync(BoundTree.Variables(pipeline), pipeline.Span, pipelines, evaluation).ConfigureAwait(false);
        return await pipelines.EvaluateAsync(pipeline, evaluation).ConfigureAwait(false);
    }

    /// <summary>Computes the variables that have no value yet, those that they need first.</summary>
    private async Task ComputeAsync(
        IEnumerable<VariableSymbol> needed, SourceSpan span, PipelineExecutor pipelines, EvaluationContext statement)
    {
        foreach (var symbol in variables.FindMissing(needed))
        {
            var evaluation = NewEvaluation(statement.CancellationToken);
            var executor = new PipelineExecutor(run, models, variables, variables.SourceOf(symbol));
            try
            {
                var value = ListValue.Keep(await executor.EvaluateAsync(symbol.Definition!, evaluation).ConfigureAwait(false));
                evaluation.CheckStages();
                variables.Set(symbol, value, evaluation.Losses);
            }
            catch (EvaluationException exception)
            {
                if (!exception.IsBudget)
                    variables.MarkFailed(symbol);
                if (executor.Source == pipelines.Source)
                    throw;

                // The place is in an earlier program; what is pointed at is where its let is needed.
                throw new EvaluationException(
                    span, $"`{symbol.Name}`: {exception.Message}", exception.Help)
                { Descriptor = exception.Descriptor };
            }

            run.Readings.Add(evaluation.Readings);
            foreach (string note in evaluation.Notes)
                statement.Note(note);
        }
    }

    /// <summary>The two sides of a comparison that does not hold, which is what somebody wants to know next.</summary>
    private static string? Sides(
        BoundExpression condition,
        EvaluationContext evaluation) => condition is BoundBinary
        {
            Operator: >= Dsl.Syntax.BinaryOperator.Equal
            and <= Dsl.Syntax.BinaryOperator.GreaterOrEqual
        } binary
        ? $"the left side is {Side(binary.Left, evaluation)}, the right side is {Side(binary.Right, evaluation)}"
        : null;

    private static string Side(BoundExpression side, EvaluationContext evaluation) =>
        $"`{Preview.Of(ValueRenderer.InTemplate(ExpressionEvaluator.Evaluate(side, null, evaluation)), 80)}`";

    private ShownValue Show(BoundPipeline pipeline, Value value, SourceText source, EvaluationContext evaluation)
    {
        string statement = source.TextAt(pipeline.Span);
        string preview = Preview.Of(pipeline.Type, value, run.Options.MaxShownChars / LeastShown, ShownMatches.Of(pipeline, evaluation));
        if (value is ListValue)
            return new ShownValue(statement, value, preview.Split('\n', 2)[0], preview);

        string type = ValueCard.TypeText(pipeline.Type);
        string schema = value is TextValue text ? $"{type}, {Amount.Of(text.LengthBytes, "byte")}" : type;
        return new ShownValue(statement, value, schema, $"{schema}\n{preview}");
    }

    private IReadOnlyList<string> EmitNotes(EvaluationContext evaluation)
    {
        // Before the notes, which may look at texts a second time.
        run.Readings.Add(evaluation.Readings);
        var notes = evaluation.Notes;
        foreach (string note in notes)
            run.Emit(new NoteAdded { At = run.Elapsed, Text = note });
        return notes;
    }

    private void EmitDiagnostics(IReadOnlyList<Diagnostic> diagnostics, SourceText source) => run.Emit(
        new DiagnosticsFound { At = run.Elapsed, Diagnostics = diagnostics, Rendered = DiagnosticRenderer.Render(diagnostics, source) });

    private ProgramOutcome StopAt(ProgramOutcome outcome, SourceText source, Diagnostic diagnostic)
    {
        EmitDiagnostics([diagnostic], source);
        return outcome with { Diagnostics = [.. outcome.Diagnostics, diagnostic] };
    }
}
