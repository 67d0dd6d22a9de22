using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Commands;

/// <summary>The programs of a session: they run over the same variables, on the same calls, and share replies.</summary>
internal sealed class ReplPrograms : IDisposable
{
    private const string Name = "repl";

    private readonly PreparedRun _prepared;
    private readonly RunArguments _run;
    private readonly CliHost _host;
    private readonly CallBudget _budget;
    private readonly List<string> _done = [];
    private RlmSession _session;
    private CancellationTokenSource? _running;
    private RlmUsage _spent = new();
    private bool _isConnected;

    public ReplPrograms(PreparedRun prepared, RunArguments run, CliHost host, IReadOnlyList<RlmVariable> variables)
    {
        (_prepared, _run, _host) = (prepared, run, host);
        _budget = new CallBudget(run.Options.MaxCalls);
        _session = new RlmSession(prepared.Models.Sub, variables, run.Options with { Budget = _budget });
        host.CatchInterrupt(Stop);
    }

    /// <summary>The programs that ran without an error, in their order.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>What may stand at a place of a program.</summary>
    public IReadOnlyList<RlmCompletion> Complete(string text, int position) => _session.Complete(text, position);

    /// <summary>Runs a program; gives the exit code that it alone would have. Ctrl-C stops it, and what it has computed stays.</summary>
    public async Task<int> RunAsync(string text, string name, CancellationToken cancellationToken)
    {
        var program = await CompileAsync(text, name, cancellationToken).ConfigureAwait(false);
        var reporter = new RunReporter(_host, _prepared.Status, isByHand: true, isJson: false);
        using var running = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _running = running;
        try
        {
            var result = await reporter.ReadAsync(_session.RunStreamingAsync(program, running.Token)).ConfigureAwait(false)
                ?? throw new InvalidOperationException("The run ended without a result.");
            var usage = result.Usage;
            _spent = _spent with
            {
                InputTokens = _spent.InputTokens + usage.InputTokens,
                OutputTokens = _spent.OutputTokens + usage.OutputTokens,
                CachedInputTokens = _spent.CachedInputTokens + usage.CachedInputTokens,
                Elapsed = _spent.Elapsed + usage.Elapsed,
                CostUsd = usage.CostUsd is { } cost ? (_spent.CostUsd ?? 0) + cost : _spent.CostUsd,
            };
            if (result.Outcome is RlmOutcome.Answered or RlmOutcome.Completed)
                _done.Add(text);
            return ResultPrinter.Print(result, _host, _prepared.Status, reporter);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            _prepared.Status.Warn("stopped; what was computed before stays");
            return ExitCodes.Interrupted;
        }
        finally
        {
            _running = null;
            _prepared.Status.ClearStatus();
        }
    }

    /// <summary>Tells how a program would run.</summary>
    public async Task<int> ExplainAsync(string text, CancellationToken cancellationToken)
    {
        var program = await CompileAsync(text, Name, cancellationToken).ConfigureAwait(false);
        if (program.Diagnostics.Count > 0)
            _prepared.Status.WriteBlock(DiagnosticRenderer.Render(program.Diagnostics, program.Source), isDiagnostics: true);
        if (program.HasErrors)
            return ExitCodes.ProgramErrors;

        var explanation = await _session.ExplainAsync(program, cancellationToken).ConfigureAwait(false);
        ResultPrinter.PrintExplanation(explanation, program.Source, null, isJson: false, _host);
        return ExitCodes.Answered;
    }

    /// <summary>What is spent and left.</summary>
    public string DescribeBudget() => UsageText.Of(_spent with { Calls = _budget.Used, CallsLeft = _budget.Left });

    public void Dispose() => _host.CatchInterrupt(null);

    /// <summary>Compiles a program; the first one that asks a model connects to it.</summary>
    private async Task<RlmProgram> CompileAsync(string text, string name, CancellationToken cancellationToken)
    {
        var program = _session.Compile(text, name);
        if (!program.IsPaid || _isConnected)
            return program;

        await _prepared.ConnectAsync(_run.Model with { Model = _run.Model.SubModel ?? _run.Model.Model, SubModel = null }, isPaid: true, cancellationToken)
            .ConfigureAwait(false);
        _isConnected = true;
        _session = _session.With(_prepared.Models.Sub, _prepared.Options with { Budget = _budget });
        return program;
    }

    private bool Stop()
    {
        var running = _running;
        running?.Cancel();
        return true;
    }
}
