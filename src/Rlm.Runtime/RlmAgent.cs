using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Root;
using Rlm.Runtime.Telemetry;

namespace Rlm;

/// <summary>
/// The root loop: a model that answers a question about texts by writing programs over them (arXiv 2512.24601). An
/// agent is a description: any number of runs share it at the same time, each with a budget, replies and usage of its own.
/// </summary>
public sealed class RlmAgent : IRlmAgent
{
    private readonly IChatClient _root;
    private readonly IChatClient _sub;
    private readonly RlmOptions _options;
    private readonly CallPace _pace;

    /// <param name="root">The model that writes programs.</param>
    /// <param name="sub">The model of paid stages; null for the root.</param>
    /// <param name="options">Limits and settings; null for the defaults.</param>
    /// <exception cref="ArgumentException">An option, which is named, cannot be held to.</exception>
    public RlmAgent(IChatClient root, IChatClient? sub = null, RlmOptions? options = null)
        : this(root, sub ?? root, options ?? new RlmOptions(), null)
    {
    }

    private RlmAgent(IChatClient root, IChatClient sub, RlmOptions options, CallPace? pace)
    {
        ArgumentNullException.ThrowIfNull(root);
        OptionRules.Require(options);
        _root = root;
        _sub = sub;
        _options = options with { SampleItems = null };
        _pace = pace ?? new CallPace(options);
    }

    /// <summary>An agent of other models and settings that shares the requests and tokens a minute with this one.</summary>
    internal RlmAgent With(IChatClient root, IChatClient sub, RlmOptions options) => new(root, sub, options, _pace);

    /// <summary>This agent on the requests and tokens a minute of another, where they allow as many.</summary>
    internal RlmAgent WithPaceOf(RlmAgent other) => other._options.RequestsPerMinute == _options.RequestsPerMinute
        && other._options.TokensPerMinute == _options.TokensPerMinute ? new(_root, _sub, _options, other._pace) : this;

    /// <summary>Where its runs are written down; null for nowhere.</summary>
    internal RlmJournal? Journal => _options.Journal;

    /// <summary>Answers a question about one text, which programs know as <c>context</c>.</summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    public Task<RlmResult> AskAsync(string question, TextSource context, CancellationToken cancellationToken = default) =>
        AskAsync(question, VariablesOf(context), cancellationToken);

    /// <summary>Answers a question about variables.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    public Task<RlmResult> AskAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) =>
        RunStream.ResultAsync(AskStreamingAsync(question, variables, cancellationToken));

    /// <summary>Answers a question about one text, which programs know as <c>context</c>, with a value of a type.</summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text.</param>
    /// <param name="answer">The contract of the answer's type, as source generation makes it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <inheritdoc cref="AskAsync{T}(string, IReadOnlyList{RlmVariable}, JsonTypeInfo{T}, CancellationToken)"/>
    public Task<RlmResult<T>> AskAsync<T>(
        string question, TextSource context, JsonTypeInfo<T> answer, CancellationToken cancellationToken = default) =>
        AskAsync(question, VariablesOf(context), answer, cancellationToken);

    /// <summary>Answers a question about variables with a value of a type.</summary>
    /// <remarks>
    /// The root is told of the type. An answer that does not fit goes back to it with what is wrong; where none ever fits, the outcome is
    /// <see cref="RlmOutcome.NoAnswer"/> with the reasons, and there is no value. Enums are read by name in any case, dates as ISO 8601.
    /// </remarks>
    /// <typeparam name="T">The type: records, enums, lists, dictionaries, numbers, bool, dates, texts, nested as they are.</typeparam>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="answer">The contract of the answer's type, as source generation makes it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NotSupportedException">The type has no JSON schema.</exception>
    public async Task<RlmResult<T>> AskAsync<T>(
        string question, IReadOnlyList<RlmVariable> variables, JsonTypeInfo<T> answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(await RunStream.ResultAsync(AskStreamingAsync(question, variables, AnswerShape.Of(answer), cancellationToken))
            .ConfigureAwait(false), answer);
    }

    /// <summary>The same, giving what happens while it happens, the result last.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, to be enumerated once: the run begins with it.</returns>
    /// <exception cref="ArgumentException">Two variables have one name.</exception>
    public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) =>
        StreamAsync(question, variables, _options, cancellationToken);

    /// <summary>The same with an answer of a shape: <see cref="RlmResult.Answer"/> is JSON of it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, to be enumerated once: the run begins with it.</returns>
    /// <exception cref="ArgumentException">Two variables have one name.</exception>
    public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, AnswerShape shape, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return StreamAsync(question, variables, _options with { Shape = shape }, cancellationToken);
    }

    private IAsyncEnumerable<RlmEvent> StreamAsync(
        string question, IReadOnlyList<RlmVariable> variables, RlmOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        RlmVariable.RequireDistinct(variables);
        var identity = RunIdentity.OfAgent(_root);
        return RunStream.RunAsync(identity, options, options.Journal, _pace, replies: null, variables, async (run, token) =>
        {
            IReadOnlyList<RlmVariable> there = [.. variables.Where(variable => variable.IsThere)];
            return Judge(await RunAsync(run, question, there, token).ConfigureAwait(false));
        }, cancellationToken);
    }

    /// <summary>Begins a conversation about one text, which programs know as <c>context</c>.</summary>
    /// <param name="context">The text.</param>
    /// <param name="cancellationToken">Ends the opening; throws <see cref="OperationCanceledException"/>.</param>
    public Task<RlmConversation> StartAsync(TextSource context, CancellationToken cancellationToken = default) =>
        StartAsync(VariablesOf(context), cancellationToken);

    /// <summary>Begins a conversation: questions about the same variables, each of which knows the earlier ones. Spends nothing.</summary>
    /// <param name="variables">The variables, each name once; deferred ones are opened.</param>
    /// <param name="cancellationToken">Ends the opening; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">Two variables have one name.</exception>
    public async Task<RlmConversation> StartAsync(IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default)
    {
        RlmVariable.RequireDistinct(variables);
        RlmVariable[] there = await Task.Run(() => variables.Where(variable => variable.IsThere).ToArray(), cancellationToken)
            .ConfigureAwait(false);
        return new RlmConversation(this, there);
    }

    internal IAsyncEnumerable<RlmEvent> AskNextAsync(
        string question, RlmConversation conversation, AnswerShape? shape, CancellationToken cancellationToken)
    {
        var (options, memory) = (_options with { Shape = shape }, conversation.Memory);
        return RunStream.RunAsync(
            RunIdentity.OfAgent(_root), options, options.Journal, _pace, conversation.Replies, conversation.Variables, async (run, token) =>
        {
            using var pass = await conversation.Gate.EnterAsync(run, token).ConfigureAwait(false);
            var result = Judge(await RunAsync(run, question, conversation.Variables, token, memory).ConfigureAwait(false));
            if (result is { Outcome: RlmOutcome.Answered, Answer: { } answer })
                memory.Add(new RlmExchange(question, answer));
            return result;
        }, cancellationToken);
    }

    private RlmResult Judge(RlmResult result) =>
        _root.GetService(typeof(IResultJudge)) is IResultJudge judge ? judge.JudgeRoot(result) : result;

    private async Task<RlmResult> RunAsync(
        RunContext run, string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken, RootMemory? memory = null)
    {
        run.Options.Journal?.WriteContexts(variables, run.Clock);
        run.Emit(new RunStarted { At = run.Elapsed, Question = question, PromptVersion = RootPrompt.VersionOf(_options) });
        var root = new ModelCaller(_root, run, ModelCaller.Root, writesPrograms: true);
        try
        {
            if (DirectRoute.Fits(question, variables, _options, root))
                return await DirectRoute.AnswerAsync(run, _root, question, variables, memory?.TellEarlier(), cancellationToken)
                    .ConfigureAwait(false);

            memory ??= new RootMemory(new VariableTable(variables));
            var models = new SubModels(_sub, run) { RootModel = _root, Children = new ChildRoots(_root, _sub) };
            return await new RootLoop(run, root, models).RunAsync(question, VariableCards.Of(variables, memory.Variables), memory, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LimitReachedException exception)
        {
            return new RlmResult { Outcome = RlmOutcome.LimitReached, Reasons = [exception.Message], Usage = run.Usage };
        }
    }

    private static RlmVariable[] VariablesOf(TextSource context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return [RlmVariable.Text("context", context)];
    }
}
