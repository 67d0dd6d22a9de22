using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Root;
using Rlm.Runtime.Shards;
using Rlm.Runtime.Telemetry;

namespace Rlm;

/// <summary>Compiles and runs programs over variables, and keeps their lets from one program to the next.</summary>
/// <remarks>
/// A session is one conversation: a second program at the same time throws <see cref="InvalidOperationException"/>. Each run has a budget
/// and usage of its own; replies are shared.
/// </remarks>
public sealed partial class RlmSession
{
    private const string Busy =
        "The session is in the middle of another program: a session is one conversation. Wait for its end, or make a session for each.";

    private readonly IChatClient _model;
    private readonly RlmOptions _options;
    private readonly VariableTable _variables;
    private readonly SessionGate _gate;
    private readonly CallPace _pace;
    private readonly ReplyCache _replies;
    private int _markedContexts = -1;
    private bool _hasReplies;

    /// <param name="model">The model of paid stages.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="options">Limits and settings; null for the defaults.</param>
    public RlmSession(IChatClient model, IReadOnlyList<RlmVariable> variables, RlmOptions? options = null)
        : this(model, new VariableTable(variables), new SessionGate(Busy), options ?? new RlmOptions(), null)
    {
    }

    private RlmSession(IChatClient model, VariableTable variables, SessionGate gate, RlmOptions options, RlmSession? earlier)
    {
        ArgumentNullException.ThrowIfNull(model);
        OptionRules.Require(options);
        _model = model;
        _options = options;
        _variables = variables;
        _gate = gate;
        _pace = earlier is not null && earlier._options.RequestsPerMinute == options.RequestsPerMinute
            && earlier._options.TokensPerMinute == options.TokensPerMinute ? earlier._pace : new CallPace(options);
        _replies = earlier is not null && earlier._options.Journal == options.Journal && earlier._options.Parts == options.Parts && earlier._options.RunsAsWritten == options.RunsAsWritten
            ? earlier._replies
            : new ReplyCache(ShardReplies.Of(options)) { IsShared = !options.RunsAsWritten };
        _hasReplies = earlier is { _hasReplies: true };
    }

    /// <summary>
    /// A session over the same variables and lets with a model and limits of its own: a program that was compiled in one of them
    /// runs in the other. So a host compiles first, and chooses a model and opens a journal for what <see cref="RlmProgram.IsPaid"/> says.
    /// With the same journal, or none, replies are shared, too.
    /// </summary>
    /// <param name="model">The model of paid stages.</param>
    /// <param name="options">Limits and settings; their <see cref="RlmOptions.Tools"/> are ignored for those of this session.</param>
    public RlmSession With(IChatClient model, RlmOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(model, _variables, _gate, options with { Tools = _options.Tools }, this);
    }

    /// <summary>Checks a program against the variables that there are now, and opens the deferred ones that it reads.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <returns>The program with its diagnostics, to be run or planned as often as wanted; no exception for a bad one.</returns>
    public RlmProgram Compile(string program, string name = "program")
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(name);
        using var pass = _gate.Enter();
        return CompileInside(program, name);
    }

    /// <summary>Finds what may stand at a place of a program that is being written, with the variables that there are now.</summary>
    /// <param name="program">The program.</param>
    /// <param name="position">The place, in UTF-16 characters.</param>
    /// <returns>As <see cref="RlmLanguage.Complete(string, int, IEnumerable{string})"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the program.</exception>
    public IReadOnlyList<RlmCompletion> Complete(string program, int position)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var pass = _gate.Enter();
        return _variables.Complete(program, position, _options.RulesAt(0));
    }

    /// <summary>Tells what a word of a program is, with the variables that there are now.</summary>
    /// <param name="program">The program.</param>
    /// <param name="position">A place in the word, or right behind it, in UTF-16 characters.</param>
    /// <returns>As <see cref="RlmLanguage.DescribeWord(string, int, IEnumerable{string})"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The place is outside the program.</exception>
    public RlmWord? DescribeWord(string program, int position)
    {
        ArgumentNullException.ThrowIfNull(program);
        using var pass = _gate.Enter();
        return _variables.DescribeWord(program, position, _options.RulesAt(0));
    }

    /// <summary>The names of the lets that a program may use, in the order in which they were defined; one that failed is not among them.</summary>
    public IReadOnlyList<string> Kept
    {
        get
        {
            using var pass = _gate.Enter();
            return _variables.Kept;
        }
    }

    /// <summary>
    /// The cards of the host's variables, as a root sees them: type, size and some lines, and how to read what looks like a table. Opens
    /// the deferred ones; one that has nothing has no card.
    /// </summary>
    /// <exception cref="TextException">A text cannot be read.</exception>
    public string Describe()
    {
        using var pass = _gate.Enter();
        return VariableCards.Of(_variables.OpenAll(), _variables);
    }

    /// <summary>Compiles a program and runs it, as <see cref="RunStreamingAsync(RlmProgram, CancellationToken)"/> does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<RlmEvent> RunStreamingAsync(string program, string name = "program", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(name);
        return StreamAsync(() => CompileInside(program, name), _options, cancellationToken);
    }

    /// <summary>
    /// Runs a program and gives what happens, the result last. Of a program with errors only the free statements before the first
    /// one run; their lets are kept.
    /// </summary>
    /// <param name="program">A program that this session compiled, or one over the same variables.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program was compiled elsewhere.</exception>
    public IAsyncEnumerable<RlmEvent> RunStreamingAsync(RlmProgram program, CancellationToken cancellationToken = default)
    {
        RequireOwn(program);
        return StreamAsync(() => program, _options, cancellationToken);
    }

    /// <summary>Compiles a program and runs it, as <see cref="RunAsync(RlmProgram, CancellationToken)"/> does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    public Task<RlmResult> RunAsync(string program, string name = "program", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(name);
        return RunAsync(() => CompileInside(program, name), cancellationToken);
    }

    /// <summary>
    /// Runs a program and gives its result alone. Without an <c>answer</c> the last value that it shows is the answer, whatever
    /// <see cref="RlmOptions.Verbosity"/> is; where it shows none, the outcome is <see cref="RlmOutcome.Completed"/>.
    /// </summary>
    /// <param name="program">A program that this session compiled, or one over the same variables.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program was compiled elsewhere.</exception>
    public Task<RlmResult> RunAsync(RlmProgram program, CancellationToken cancellationToken = default)
    {
        RequireOwn(program);
        return RunAsync(() => program, cancellationToken);
    }

    /// <summary>Compiles a program and runs it, as <see cref="RunAsync{T}(RlmProgram, JsonTypeInfo{T}, CancellationToken)"/> does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="answer">The contract of the answer's type, as source generation makes it.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NotSupportedException">The type has no JSON schema.</exception>
    public Task<RlmResult<T>> RunAsync<T>(
        string program, JsonTypeInfo<T> answer, string name = "program", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(answer);
        ArgumentNullException.ThrowIfNull(name);
        return RunAsync(shape => CompileInside(program, name, shape), answer, cancellationToken);
    }

    /// <summary>
    /// Runs a program whose answer, or last value that it shows, must be a value of a type. One of another type ends the run with
    /// <see cref="RlmOutcome.ProgramErrors"/>, before anything is spent where the program's types say so.
    /// </summary>
    /// <typeparam name="T">The type: records, enums, lists, dictionaries, numbers, bool, dates, texts, nested as they are.</typeparam>
    /// <param name="program">A program that this session compiled, or one over the same variables.</param>
    /// <param name="answer">The contract of the answer's type, as source generation makes it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program was compiled elsewhere.</exception>
    /// <exception cref="NotSupportedException">The type has no JSON schema.</exception>
    public Task<RlmResult<T>> RunAsync<T>(RlmProgram program, JsonTypeInfo<T> answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        RequireOwn(program);
        return RunAsync(_ => program, answer, cancellationToken);
    }

    /// <summary>
    /// The same for a type that has no contract: what the generator of <see cref="RlmPipelineAttribute"/> methods calls.
    /// </summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="program">The program.</param>
    /// <param name="schema">The JSON schema of the answer.</param>
    /// <param name="read">Makes the answer of its JSON; what it throws is why the answer does not fit.</param>
    /// <param name="name">What diagnostics call the program.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The schema is none.</exception>
    public Task<RlmResult<T>> RunAsync<T>(
        string program, string schema, Func<JsonElement, T> read, string name = "program", CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(program);
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(read);
        ArgumentNullException.ThrowIfNull(name);
        return RunAsync(
            shape => CompileInside(program, name, shape), AnswerShape.Of(schema, read), json => read(JsonElement.Parse(json)), cancellationToken);
    }

    /// <summary>Compiles a program and plans it, as <see cref="PlanAsync(RlmProgram, CancellationToken)"/> does.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the planning; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program has errors, which <see cref="Compile"/> tells.</exception>
    public Task<SpendingPlan> PlanAsync(string program, string name = "program", CancellationToken cancellationToken = default) =>
        PlanAsync(Compile(program, name), cancellationToken);

    /// <summary>
    /// Tells what a program would spend, and spends nothing. What is free is evaluated, as far as the calls depend on it; tools are
    /// not called.
    /// </summary>
    /// <param name="program">A program that this session compiled, or one over the same variables.</param>
    /// <param name="cancellationToken">Ends the planning; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program has errors, or was compiled elsewhere.</exception>
    public Task<SpendingPlan> PlanAsync(RlmProgram program, CancellationToken cancellationToken = default) =>
        PlanAsync(program, null, cancellationToken);

    /// <summary>
    /// Tells how a program would run, stage by stage, with the plan of it, and spends nothing. What is free is evaluated; tools are not
    /// called.
    /// </summary>
    /// <param name="program">A program that this session compiled, or one over the same variables.</param>
    /// <param name="cancellationToken">Ends it; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program has errors, or was compiled elsewhere.</exception>
    public async Task<RlmExplanation> ExplainAsync(RlmProgram program, CancellationToken cancellationToken = default)
    {
        var trace = new ProgramTrace();
        return trace.Explain(await PlanAsync(program, trace, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// What is known of a program without its variables: the types, the order of the stages, and which are paid. No stage has items or
    /// numbers.
    /// </summary>
    /// <param name="program">A program without errors, as <see cref="RlmProgram.Compile(string, string)"/> gives it.</param>
    /// <exception cref="ArgumentException">The program has errors.</exception>
    public static RlmExplanation Outline(RlmProgram program)
    {
        RequireNoErrors(program);
        return new ProgramOutline(program.Source).Explain(program.Bound!);
    }

    private async Task<SpendingPlan> PlanAsync(RlmProgram program, ProgramTrace? trace, CancellationToken cancellationToken)
    {
        RequireSound(program);
        using var pass = await _gate.EnterAsync(null, cancellationToken).ConfigureAwait(false);
        var run = new RunContext(_options, _options.Journal, _options.CreateRunBudget(), _options.CreateMeter(), _pace, _replies, _ => { });
        MarkContexts(run);
        await ShardCalls.TakeAsync(run, ModelsOf(run), program, _variables, _model, cancellationToken).ConfigureAwait(false);
        var planner = new Planner(run, ModelsOf(run), _variables) { Trace = trace };
        return (await Task.Run(() => planner.PlanAsync(program.Bound!, program.Source, cancellationToken), cancellationToken)
            .ConfigureAwait(false)).Plan;
    }

    private RlmProgram CompileInside(string program, string name, AnswerShape? shape = null) =>
        _variables.Compile(new SourceText(program, name), _options.RulesAt(0) with { Shape = shape });

    private SubModels ModelsOf(RunContext run) => new(_model, run) { Children = new ChildRoots(_model, _model) };

    private void RequireOwn(RlmProgram program)
    {
        ArgumentNullException.ThrowIfNull(program);
        if (program.Owner != _variables)
            throw new ArgumentException(
                $"`{program.Source.Name}` was not compiled by this session: its variables are others.", nameof(program));
    }

    /// <summary>Writes down which texts are read, and once more when a program has opened another.</summary>
    private void MarkContexts(RunContext run)
    {
        if (_markedContexts != _variables.Contexts.Count)
            _options.Journal?.WriteContexts(_variables.Contexts, run.Clock);
        _markedContexts = _variables.Contexts.Count;
    }

    private async Task<RlmResult> RunAsync(Func<RlmProgram> compile, CancellationToken cancellationToken)
    {
        ValueShown? shown = null;
        RlmResult? result = null;
        var options = _options with { Verbosity = RlmVerbosity.Detailed, CallEvents = false };
        await foreach (var happened in StreamAsync(compile, options, cancellationToken).ConfigureAwait(false))
        {
            shown = happened is ValueShown { Root: null } value ? value : shown;
            result = (happened as RunFinished)?.Result;
        }

        return ShownAnswer.Add(result!, shown, _options);
    }

    private Task<RlmResult<T>> RunAsync<T>(
        Func<AnswerShape, RlmProgram> compile, JsonTypeInfo<T> answer, CancellationToken cancellationToken) =>
        RunAsync(compile, AnswerShape.Of(answer), json => JsonSerializer.Deserialize(json, answer), cancellationToken);

    private async Task<RlmResult<T>> RunAsync<T>(
        Func<AnswerShape, RlmProgram> compile, AnswerShape shape, Func<string, T?> read, CancellationToken cancellationToken)
    {
        var options = _options with { Verbosity = RlmVerbosity.Quiet, Shape = shape };
        var result = await RunStream.ResultAsync(StreamAsync(() => compile(shape), options, cancellationToken)).ConfigureAwait(false);
        return new RlmResult<T>(result, read);
    }

    private IAsyncEnumerable<RlmEvent> StreamAsync(Func<RlmProgram> compile, RlmOptions options, CancellationToken cancellationToken) =>
        RunStream.RunAsync(RunIdentity.OfProgram(_model), options, options.Journal, _pace, _replies, _variables.Contexts,
            async (run, token) =>
        {
            using var pass = await _gate.EnterAsync(run, token).ConfigureAwait(false);
            var program = compile();
            await ShardCalls.TakeAsync(run, ModelsOf(run), program, _variables, _model, token).ConfigureAwait(false);
            var result = await RunAsync(run, program, token).ConfigureAwait(false);
            _hasReplies |= result.Usage.Calls > 0 || run.Meter.HeldCalls > 0;
            return _hasReplies && RestsOnReplies(program) && _model.GetService(typeof(IResultJudge)) is IResultJudge judge
                ? judge.JudgeSubCalls(result)
                : result;
        }, cancellationToken);

    /// <summary>Whether a program asks a model, or reads what an earlier one has asked it: a reply that is held is one all the same.</summary>
    private static bool RestsOnReplies(RlmProgram program) => program.IsPaid || (program.Bound is { } bound
        && VariableTable.FindMissing(bound.Pipelines.SelectMany(BoundTree.Variables), static symbol => symbol.Definition is null)
            .Any(static symbol => symbol.Definition is { IsPaid: true }));

    private async Task<RlmResult> RunAsync(RunContext run, RlmProgram program, CancellationToken cancellationToken)
    {
        MarkContexts(run);
        run.Emit(new ProgramStarted { At = run.Elapsed, Text = program.Source.Content });
        var executor = new ProgramExecutor(run, ModelsOf(run), _variables);
        try
        {
            var outcome = await executor.RunAsync(program, cancellationToken).ConfigureAwait(false);
            if (run.Options.Shape is { } shape)
                outcome = outcome.AnswerWithShown(shape, program.Source);
            if (outcome.Kept is { } kept)
                run.Emit(new NoteAdded { At = run.Elapsed, Text = kept });
            return outcome.ToResult(program.Source, run.Usage);
        }
        catch (LimitReachedException exception)
        {
            return new RlmResult
            {
                Outcome = RlmOutcome.LimitReached,
                Reasons = [exception.Message],
                Program = program.Source.Content,
                Usage = run.Usage
            };
        }
    }
}
