using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Runs;

/// <summary>The programs of a session: they run over the same variables, on the same calls, and share replies.</summary>
internal sealed class ReplPrograms : IDisposable
{
    private const string Name = "repl";

    private readonly PreparedRun _prepared;
    private readonly RunArguments _run;
    private readonly OutputArguments _output;
    private readonly CliHost _host;
    private readonly CallBudget _budget;
    private readonly RlmJournal? _journal;
    private readonly List<string> _done = [];
    private RlmSession _session;
    private TimeSpan _elapsed;
    private bool _isConnected;

    public ReplPrograms(PreparedRun prepared, RunArguments run, OutputArguments output, CliHost host, IReadOnlyList<RlmVariable> variables)
    {
        (_prepared, _run, _output, _host) = (prepared, run, output, host);
        _budget = new CallBudget(run.Options.MaxCalls);
        _journal = prepared.OpenJournal();
        _session = new RlmSession(prepared.Models.Sub, variables, prepared.Options with { Journal = _journal });
    }

    /// <summary>The programs that ran without an error, in their order.</summary>
    public IReadOnlyList<string> Done => _done;

    /// <summary>The last of them, where it ended in a value that was shown; null where it did not.</summary>
    public string? Last { get; private set; }

    /// <summary>What may stand at a place of a program.</summary>
    public IReadOnlyList<RlmCompletion> Complete(string text, int position) => _session.Complete(text, position);

    /// <summary>Whether a text is a program without errors.</summary>
    public bool Compiles(string text) => !_session.Compile(text, Name).HasErrors;

    /// <summary>Runs a program; gives the exit code that it alone would have.</summary>
    public async Task<int> RunAsync(string text, string name, CancellationToken cancellationToken)
    {
        var program = await CompileAsync(text, name, cancellationToken).ConfigureAwait(false);
        var reporter = new RunReporter(_host, _prepared.Status, isByHand: true, _output, _run.Options.Strict);
        _journal?.Begin(_prepared.DescribeRun(program.Source));
        var result = await reporter.ReadAsync(_session.RunStreamingAsync(program, cancellationToken)).ConfigureAwait(false)
            ?? throw new InvalidOperationException("The run ended without a result.");
        _elapsed += result.Usage.Elapsed;
        if (result.Outcome is RlmOutcome.Answered or RlmOutcome.Completed)
        {
            _done.Add(text);
            Last = program.EndsInValue ? text : null;
        }

        return ResultPrinter.Print(result, _prepared.Status, reporter);
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
        ResultPrinter.PrintExplanation(explanation, shards: null, program.Source, null, isJson: false, _host);
        return ExitCodes.Answered;
    }

    /// <summary>What is spent and left.</summary>
    public string DescribeBudget() => UsageText.Of(_budget.Usage with { Elapsed = _elapsed });

    public void Dispose() => _prepared.Close(_journal);

    /// <summary>Compiles a program, to be run on what is left; the first one that asks a model connects to it.</summary>
    private async Task<RlmProgram> CompileAsync(string text, string name, CancellationToken cancellationToken)
    {
        var program = _session.Compile(text, name);
        if (program.IsPaid && !_isConnected)
        {
            await _prepared.ConnectAsync(_run.Model.OfStages, isPaid: true, cancellationToken)
                .ConfigureAwait(false);
            _isConnected = true;
        }

        _session = _session.With(_prepared.Models.Sub, _prepared.OptionsOf(_journal, _budget));
        return program;
    }
}
