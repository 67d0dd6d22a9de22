using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;
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
    {
        ArgumentNullException.ThrowIfNull(root);
        _root = root;
        _sub = sub ?? root;
        _options = options ?? new RlmOptions();
        OptionRules.Require(_options);
        _pace = new CallPace(_options);
    }

    /// <summary>Answers a question about one text, which programs know as <c>context</c>.</summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ModelException">The root failed. A sub-call that fails makes its item fail.</exception>
    public Task<RlmResult> AskAsync(string question, TextSource context, CancellationToken cancellationToken = default) =>
        AskAsync(question, [RlmVariable.Text("context", context)], cancellationToken);

    /// <summary>Answers a question about variables.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ModelException">The root failed. A sub-call that fails makes its item fail.</exception>
    public async Task<RlmResult> AskAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default)
    {
        RlmResult? result = null;
        await foreach (var happened in AskStreamingAsync(question, variables, cancellationToken).ConfigureAwait(false))
            result = (happened as RunFinished)?.Result ?? result;
        return result!;
    }

    /// <summary>The same, giving what happens while it happens, the result last.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, to be enumerated once: the run begins with it.</returns>
    /// <exception cref="ArgumentException">Two variables have one name.</exception>
    public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        RlmVariable.RequireDistinct(variables);
        var identity = RunIdentity.OfAgent(_root);
        return RunStream.RunAsync(identity, _options, _options.Journal, _pace, replies: null, variables, async (run, token) =>
        {
            IReadOnlyList<RlmVariable> there = [.. variables.Where(variable => variable.IsThere)];
            return Judge(await RunAsync(run, question, there, token).ConfigureAwait(false));
        }, cancellationToken);
    }

    private RlmResult Judge(RlmResult result) =>
        _root.GetService(typeof(IResultJudge)) is IResultJudge judge ? judge.JudgeRoot(result) : result;

    private async Task<RlmResult> RunAsync(
        RunContext run, string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken)
    {
        run.Options.Journal?.WriteContexts(variables, run.Clock);
        run.Emit(new RunStarted(run.Elapsed, question, RootPrompt.VersionOf(_options)));
        var root = new ModelCaller(_root, run, ModelCaller.Root);
        try
        {
            if (DirectRoute.Fits(question, variables, _options, root))
                return await AnswerDirectlyAsync(run, root, question, variables, cancellationToken).ConfigureAwait(false);

            return await new RootLoop(run, root, new SubModels(_sub, run)).RunAsync(question, variables, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (LimitReachedException exception)
        {
            return new RlmResult { Outcome = RlmOutcome.LimitReached, Reasons = [exception.Message], Usage = run.Usage };
        }
    }

    private async Task<RlmResult> AnswerDirectlyAsync(
        RunContext run, ModelCaller root, string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken)
    {
        var messages = DirectRoute.Messages(question, variables, _options, run.Clock);
        await RootConsent.RequireAsync(run, root, messages, turn: 1, turns: 1, cancellationToken).ConfigureAwait(false);
        var reply = await root.CallAsync(messages, isShared: false, run.Meter.AddRootCall, cancellationToken).ConfigureAwait(false);
        string answer = reply.Text.Trim();
        bool isAnswered = answer.Length > 0 && !reply.IsRefused;
        return new RlmResult
        {
            Outcome = isAnswered ? RlmOutcome.Answered : RlmOutcome.NoAnswer,
            Answer = isAnswered ? answer : null,
            IsPartial = isAnswered && reply.IsCut,
            Reasons = reply.IsRefused ? [$"the model refused: {answer}"]
                : !isAnswered ? ["the model's reply was empty"]
                : reply.IsCut ? ["the reply was cut off where its tokens ran out"]
                : [],
            Usage = run.Usage,
        };
    }
}
