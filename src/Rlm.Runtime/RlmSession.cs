using Microsoft.Extensions.AI;
using Rlm.Dsl;
using Rlm.Dsl.Text;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Events;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Models.Offline;
using Rlm.Runtime.Planning;

namespace Rlm.Runtime;

/// <summary>Runs programs over variables, and keeps their lets from one program to the next. One program at a time.</summary>
public sealed class RlmSession
{
    private readonly IChatClient _model;
    private readonly RlmOptions _options;
    private readonly VariableTable _variables;
    private readonly RunLimits _limits;
    private readonly IReadOnlyList<RlmVariable> _contexts;
    private bool _hasMarks;

    /// <param name="model">The model of paid stages.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="options">Limits and settings; null for the defaults.</param>
    public RlmSession(IChatClient model, IReadOnlyList<RlmVariable> variables, RlmOptions? options = null)
    {
        _model = model;
        _contexts = variables;
        _options = options ?? new RlmOptions();
        _variables = new VariableTable(variables);
        _limits = new RunLimits(_options) { Replies = new ReplyCache(_options.Journal) };
    }

    /// <summary>Checks a program against the variables without running it.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    public RlmProgram Check(string program, string name = "program") => RlmProgram.Compile(new SourceText(program, name), _variables.Environment(_options.Tools));

    /// <summary>Runs a program and gives what happens, the result last. Of a program with errors only the free statements before the first one run; their lets are kept.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ModelException">The model cannot be used at all.</exception>
    public IAsyncEnumerable<RlmEvent> RunAsync(string program, string name = "program", CancellationToken cancellationToken = default) =>
        RunStream.RunAsync(_limits, _options, _contexts, async (run, token) =>
        {
            int before = run.Usage.Calls;
            var result = await RunAsync(run, new SourceText(program, name), token).ConfigureAwait(false);
            return result.Usage.Calls > before ? OfflineVerdict.OfSubCalls(result, _model) : result;
        }, cancellationToken);

    /// <summary>Tells what a program would spend, and spends nothing. What is free is evaluated, as far as the calls depend on it; tools are not called.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the planning; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The program has errors, which <see cref="Check"/> tells.</exception>
    public async Task<SpendingPlan> PlanAsync(string program, string name = "program", CancellationToken cancellationToken = default)
    {
        var compiled = Check(program, name);
        if (compiled.HasErrors)
            throw new ArgumentException($"The program has errors: {compiled.Diagnostics[0].Message}", nameof(program));

        MarkContexts();
        bool isFresh = _options.ResetBetweenRuns;
        var run = new RunContext(
            _options, isFresh ? new CallBudget(_options.MaxCalls) : _limits.Budget, isFresh ? new UsageMeter() : _limits.Meter, _limits.Pace, _limits.Replies!, _ => { });
        var planner = new Planner(run, new SubModels(_model, run), _variables);
        return (await Task.Run(() => planner.PlanAsync(compiled.Bound!, compiled.Source, cancellationToken), cancellationToken).ConfigureAwait(false)).Plan;
    }

    private void MarkContexts()
    {
        if (!_hasMarks)
            _options.Journal?.WriteContexts(_contexts);
        _hasMarks = true;
    }

    private async Task<RlmResult> RunAsync(RunContext run, SourceText program, CancellationToken cancellationToken)
    {
        MarkContexts();
        run.Emit(new ProgramStarted(run.Elapsed, program.Content));
        var executor = new ProgramExecutor(run, new SubModels(_model, run), _variables);
        try
        {
            var outcome = await executor.RunAsync(program, cancellationToken).ConfigureAwait(false);
            if (outcome.Kept is { } kept)
                run.Emit(new NoteAdded(run.Elapsed, kept));
            RlmLoss[] losses = [.. outcome.Losses.Concat(outcome.ShownLosses).Distinct()];
            return new RlmResult
            {
                Outcome = outcome.IsOverBudget ? RlmOutcome.LimitReached
                    : outcome.IsFailed ? RlmOutcome.Failed
                    : outcome.HasErrors ? RlmOutcome.ProgramErrors : RlmOutcome.Answered,
                Answer = outcome.HasErrors ? null : outcome.Answer,
                IsPartial = losses.Length > 0,
                Losses = losses,
                Reasons = outcome.HasErrors ? [.. outcome.Diagnostics.Select(diagnostic => diagnostic.Message)] : [.. losses.Select(loss => loss.Text)],
                Notes = outcome.Kept is null ? outcome.Notes : [.. outcome.Notes, outcome.Kept],
                Citations = outcome.Citations,
                Diagnostics = outcome.Diagnostics,
                Program = program.Content,
                Usage = run.Usage,
            };
        }
        catch (LimitReachedException exception)
        {
            return new RlmResult { Outcome = RlmOutcome.LimitReached, Reasons = [exception.Message], Program = program.Content, Usage = run.Usage };
        }
    }
}
