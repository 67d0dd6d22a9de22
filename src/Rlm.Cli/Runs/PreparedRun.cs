using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Cli.Queues;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Runs;

/// <summary>What <c>ask</c> and <c>run</c> share: the time, the contexts, the models with their prices, and the journal.</summary>
internal sealed class PreparedRun : IDisposable
{
    /// <summary>That of --parallel.</summary>
    private const int MostParallel = 1_024;

    private readonly RunArguments _run;
    private readonly CliHost _host;
    private readonly RlmJournal? _replay;
    private RlmOptions _options;
    private HttpMessageInvoker? _http;
    private ICallQueue? _queue;
    private string? _journalPath;

    /// <param name="run">Options and journal.</param>
    /// <param name="output">How it is told.</param>
    /// <param name="host">The process around it.</param>
    /// <param name="replay">The journal to replay; null for a run with models.</param>
    /// <exception cref="MisuseException">Somebody is to be asked whom nobody can ask.</exception>
    public PreparedRun(RunArguments run, OutputArguments output, CliHost host, RlmJournal? replay)
    {
        (_run, _options, _host, _replay) = (run, ValueFormat.AddTo(run.Options, output, host), host, replay);
        _journalPath = run.JournalPath;
        Time = new TimeLimit(run.Options.Timeout);
        host.LimitHeap(run.Options);
        Status = new StatusWriter(host, output);
        Consent.RequireTerminal(run.Consent, host);
    }

    public TimeLimit Time { get; }

    public StatusWriter Status { get; }

    /// <summary>The models; offline before <see cref="ConnectAsync"/>.</summary>
    public ModelConnection Models { get; private set; } = ModelConnection.Offline();

    /// <summary>The model whose replies are there already, in the parts of shards; null for none.</summary>
    public JournalModel? PaidModel { get; init; }

    /// <summary>What requests to models go through; null before <see cref="ConnectAsync"/>.</summary>
    public HttpMessageInvoker? Http => _http;

    /// <summary>The options, with prices and models once these are connected.</summary>
    public RlmOptions Options => _options with { Models = Models.ByName };

    /// <summary>Opens the contexts; standard input is opened by whoever needs it.</summary>
    public Task<IReadOnlyList<RlmVariable>> LoadAsync(ContextArguments contexts, CancellationToken cancellationToken) =>
        ContextLoader.LoadAsync(contexts, _host, Status.Tell, Time, cancellationToken);

    /// <summary>Has workers look for what a program asks for in what they serve; of one with errors, gives what they are told by.</summary>
    /// <exception cref="MisuseException">Nothing says where the queue is.</exception>
    /// <exception cref="TextException">Nobody serves it, or what a worker has cannot be read.</exception>
    public async Task<IReadOnlyList<RlmVariable>> ScanAsync(
        WorkerContext context, IReadOnlyList<VariableArgument> variables, string program, string name, CancellationToken cancellationToken)
    {
        IReadOnlyList<RlmVariable> known = [RlmVariable.Documents(context.Name, []), .. ContextLoader.LoadVariables(variables)];
        var compiled = new RlmSession(Models.Sub, known, new RlmOptions { OptionNames = RunArguments.OptionNames, MaxDepth = Options.MaxDepth }).Compile(program, name);
        if (compiled.HasErrors)
            return known;

        var request = new ScanRequest(RlmCli.Version, program, name, context.Name, variables.ToDictionary(variable => variable.Name, variable => variable.Value));
        string url = QueueChoice.Require(_run.FindQueue(_host), _host);
        var union = await Time.RunAsync(
            "workers looked through what they serve",
            async token => await new WorkerScan(await OpenQueueAsync(url, token).ConfigureAwait(false), Status.Tell, Options.TimeProvider)
                .RunAsync(context, compiled, request, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return union.Variables;
    }

    /// <summary>Chooses the models and finds their prices.</summary>
    /// <param name="arguments">Which models.</param>
    /// <param name="isPaid">Whether one is asked.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    /// <exception cref="ModelException">No model can be chosen.</exception>
    /// <exception cref="MisuseException">Money is limited, and nobody knows the price.</exception>
    public async Task ConnectAsync(ModelArguments arguments, bool isPaid, CancellationToken cancellationToken)
    {
        if (_replay?.LastRun is { } last)
            Models = ModelConnection.Replay(last);
        else if (isPaid && _run.FindQueue(_host) is { } url)
            Models = await JoinWorkersAsync(arguments, url, cancellationToken).ConfigureAwait(false);
        else if (isPaid)
            Models = await ModelConnection.OpenAsync(arguments, PaidModel, _host, _http = ModelHttp.CreateClient(), Status, cancellationToken)
                .ConfigureAwait(false);

        _options = RunPrices.Add(_options, _run, _host);
        RunPrices.RequireKnown(_options, Models);
        if (isPaid)
            KeepJournal();
    }

    /// <summary>Has workers make the calls; a run that only tells what it would spend needs none.</summary>
    private async Task<ModelConnection> JoinWorkersAsync(ModelArguments arguments, string url, CancellationToken cancellationToken)
    {
        if (_run.Consent is ConsentMode.DryRun or ConsentMode.Explain)
            return ModelConnection.OfWorkers(arguments, _host, _http = ModelHttp.CreateClient(), Status, Server.Display(url));

        var queue = await OpenQueueAsync(url, cancellationToken).ConfigureAwait(false);
        _http = new QueuedCalls(queue, Status.Tell);
        if (!_run.IsParallelGiven)
        {
            var there = await queue.CollectAsync("", [], withStanding: false, cancellationToken).ConfigureAwait(false);
            int most = there.Slots.Where(path => ScanRequest.TryReadPath(path.Key) is null).Select(path => path.Value).DefaultIfEmpty(0).Max();
            // As many as the workers make, and some that are ready when one is done.
            _options = _options with { Parallel = Math.Clamp(most * 5 / 4, _options.Parallel ?? 1, MostParallel) };
        }

        return ModelConnection.OfWorkers(arguments, _host, _http, Status, Server.Display(url));
    }

    private IQueueServer Server => _host.RequireQueues();

    private async Task<ICallQueue> OpenQueueAsync(string url, CancellationToken cancellationToken) =>
        _queue ??= await Server.OpenForRunAsync(url, cancellationToken).ConfigureAwait(false);

    /// <summary>Tells what a program would spend; reads the journal that goes on, if there is one.</summary>
    public async Task<T> PlanAsync<T>(Func<RlmOptions, Task<T>> plan)
    {
        using var journal = OpenJournal();
        return await plan(_options with { Journal = journal, Models = Models.ByName }).ConfigureAwait(false);
    }

    /// <summary>Opens the journal, reads the events of <paramref name="start"/>, and closes the journal whatever happens.</summary>
    /// <param name="program">The program of a run by hand; null where a model writes them.</param>
    /// <param name="reporter">Tells the events.</param>
    /// <param name="tellPlan">Takes the plan of a run that only tells.</param>
    /// <param name="start">Starts the run.</param>
    /// <param name="cancellationToken">Interrupts the run.</param>
    /// <returns>The result, or null for a run that was interrupted, which has been told.</returns>
    public async Task<RlmResult?> RunAsync(
        SourceText? program, RunReporter reporter, Action<SpendingPlan> tellPlan, Func<RlmOptions, IAsyncEnumerable<RlmEvent>> start,
        CancellationToken cancellationToken)
    {
        RlmJournal? journal = null;
        try
        {
            journal = _replay is null ? OpenJournal() : null;
            journal?.Begin(DescribeRun(program));
            var options = Time.ApplyTo(_options with
            {
                Confirm = Consent.For(_run.Consent, tellPlan, _host, Status),
                Journal = _replay ?? journal,
                Models = Models.ByName,
                CallEvents = Status.HasStatusLine,
            });
            var result = _replay is null
                ? await reporter.ReadAsync(start(options)).ConfigureAwait(false)
                : await ReplayAsync(_replay, reporter, start(options with { Timeout = null })).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (_http is QueuedCalls queued && result is { Outcome: RlmOutcome.Answered or RlmOutcome.Completed, IsPartial: false })
                queued.IsResumable = false;
            if (result is { ModelFailure: { } failure, Reasons: [var reason, ..] })
                throw new ModelException(failure, reason);
            if (result is { Outcome: RlmOutcome.LimitReached or RlmOutcome.Failed } && _run.JournalPath is null && _journalPath is not null)
                Status.Tell(HowToGoOn());
            return result ?? throw new InvalidOperationException("The run ended without a result.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Close(journal);
            Status.Warn($"interrupted; {HowToGoOn()}");
            return null;
        }
        finally
        {
            Close(journal);
        }
    }

    /// <summary>What was spent before an end, and how to go on.</summary>
    public string HowToGoOn()
    {
        if (_journalPath is null)
            return "no journal holds its replies: --journal FILE keeps them";

        string way = RunsFolder.Find(_host, _run.JournalFolder)?.Owns(_journalPath) == true
            ? $"`rlm runs resume {Path.GetFileNameWithoutExtension(_journalPath)}` goes on"
            : $"the same command with --resume goes on from {_journalPath}";
        return JournalAccount.Read(_journalPath).Runs is [.., var run] && run.Calls + run.RootCalls > 0
            ? Invariant($"{Amount.Of(run.Calls + run.RootCalls, "call")}, {Amount.Of(run.InputTokens + run.OutputTokens, "token")}{(run.CostUsd is { } usd ? $", {UsageText.Of(usd)}" : "")} were spent at most; {way}")
            : way;
    }

    /// <summary>The options of one of several runs on one budget: what the earlier ones have spent is taken off its limits.</summary>
    /// <param name="journal">The journal of all of them; null for none.</param>
    /// <param name="budget">The budget of all of them.</param>
    public RlmOptions OptionsOf(RlmJournal? journal, CallBudget budget) => _options with
    {
        Confirm = Consent.For(_run.Consent, _ => { }, _host, Status),
        Journal = journal,
        Models = Models.ByName,
        CallEvents = Status.HasStatusLine,
        Budget = budget,
        UsageBefore = budget.Usage,
    };

    /// <summary>What a run is asked to do, as a journal keeps it.</summary>
    /// <param name="program">The program of a run by hand; null where a model writes them.</param>
    public JournalRun DescribeRun(SourceText? program) => new(
        _run.Line, Directory.GetCurrentDirectory(), program?.Content, program?.Name, JournalModel.Of(Models.Root), JournalModel.Of(Models.Sub))
    {
        QueueRun = (_http as QueuedCalls)?.Run,
    };

    public void Dispose()
    {
        _http?.Dispose();
        if (_queue is not null)
            _queue.DisposeAsync().AsTask().Wait();
    }

    /// <summary>The journal of the run; null for none. A run that only tells what it would spend reads one and writes none.</summary>
    public RlmJournal? OpenJournal() => _run switch
    {
        _ when _journalPath is null => null,
        { Consent: ConsentMode.DryRun or ConsentMode.Explain, Resume: false } => null,
        { Consent: ConsentMode.DryRun or ConsentMode.Explain } => RlmJournal.Read(_journalPath),
        { Resume: true } => Prepare(RlmJournal.Resume(_journalPath, _run.Sync)),
        _ => Prepare(RlmJournal.Create(_journalPath, _run.Sync)),
    };

    private RlmJournal Prepare(RlmJournal journal)
    {
        journal.KeepsPrompts = _run.KeepsPrompts;
        if (_http is not QueuedCalls queued)
            return journal;
        queued.IsResumable = true;
        // What an earlier process of the same run has posted waits under its name.
        queued.Run = journal.LastRun?.QueueRun ?? queued.Run;
        return journal;
    }

    /// <summary>Takes a place for the journal of a run with real models that was given none.</summary>
    private void KeepJournal()
    {
        if (_journalPath is not null || _replay is not null || _run.KeepsNone || _run.Consent is ConsentMode.DryRun or ConsentMode.Explain
            || Models is { Root: OfflineChatClient, Sub: OfflineChatClient } or { IsReplay: true })
        {
            return;
        }

        try
        {
            _journalPath = RunsFolder.Find(_host, _run.JournalFolder)?.Begin(_options.TimeProvider.GetLocalNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Status.Tell($"no journal is kept: {exception.Message}");
        }
    }

    /// <summary>An answer is not lost for a disk that fails behind it.</summary>
    public void Close(RlmJournal? journal)
    {
        try
        {
            journal?.Dispose();
        }
        catch (IOException exception)
        {
            Status.Warn(exception.Message);
        }
    }

    /// <summary>A run that time cut short asks here for a reply that never came; what came of it is in the journal.</summary>
    private async Task<RlmResult> ReplayAsync(RlmJournal journal, RunReporter reporter, IAsyncEnumerable<RlmEvent> events)
    {
        var recorded = journal.LastResult!;
        var result = await reporter.ReadAsync(events).ConfigureAwait(false);
        if (!Models.HasMissed)
            return result! with { Usage = recorded.Usage with { Readings = result.Usage.Readings } };
        return recorded.Outcome is not (RlmOutcome.Answered or RlmOutcome.Completed)
            ? recorded
            : throw new IOException(
                "the journal does not hold every reply of the run: it is damaged, or this rlm asks otherwise than the one that wrote it");
    }
}
