namespace Rlm.Cli.Tests.Queues;

/// <summary>Runs over what workers serve, over one queue.</summary>
internal sealed class WorkerScanTests
{
    private readonly MemoryQueueServer _server = new();
    private readonly string _folder = TestFiles.NewDirectory();

    private CliSetup Setup => new()
    {
        Queues = _server,
        Environment = new Dictionary<string, string> { ["RLM_WORKERS"] = "postgres://me@127.0.0.1/rlm" },
    };

    [SetUp]
    public void WriteLogs()
    {
        foreach (var (worker, lines) in new[] { ("web1", 300), ("web2", 500) })
        {
            Directory.CreateDirectory(Path.Combine(_folder, worker));
            Directory.CreateDirectory(Path.Combine(_folder, "all"));
            string text = string.Concat(Enumerable.Range(1, lines).Select(number => $"{(number % 7 == 0 ? "ERROR" : "INFO")} {worker} ms={number}\n"));
            foreach (string folder in new[] { worker, "all" })
                File.WriteAllText(Path.Combine(_folder, folder, $"{worker}.log"), text);
        }
    }

    [TestCase("grep /ERROR/ | count")]
    [TestCase("extract /^(?<level>\\w+) (?<host>\\w+) ms=(?<ms>\\d+)/ | sum ms by host, level")]
    [TestCase("lines | where it contains \"{word}\" | last 2")]
    [TestCase("lines | sort by it desc | first 3")]
    public async Task Run_ContextOfWorkers_GivesWhatOneMachineDoes(string program)
    {
        await using var workers = await StartAsync(("web1", "logs=web1"), ("web2", "logs=web2/web2.log"));
        var run = await Setup.RunAsync(["run", program, "-c", "worker:logs", "--var", "word=ERROR"]);
        var whole = await Setup.RunAsync(["run", program, "-c", Path.Combine(_folder, "all"), "--var", "word=ERROR"]);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, whole.Output)), run.Error);
        Assert.That(run.Error, Does.Contain("rlm: logs is 2 texts, 13,").And.Contain("of 2 workers: web1 1, web2 1"));
        Assert.That((await _server.Queue.CollectAsync("", [], withStanding: true)).Standing, Is.Empty);
    }

    [Test]
    public async Task Run_Cite_NamesTheWorker()
    {
        await using var workers = await StartAsync(("web1", "logs=web1"), ("web2", "logs=web2"));
        var run = await Setup.RunAsync(["run", "grep /ms=7$/ | map cite", "-c", "worker:logs"]);
        Assert.That(run.Output, Is.EqualTo("web1:web1.log:7\nweb2:web2.log:7\n"));
    }

    [TestCase(1, "no worker serves `mails`: start one with `rlm worker --serve mails=PATH`; what is served: logs", "worker:mails")]
    [TestCase(4, "1 of 2 workers serve `logs`; waiting for the others", "worker:logs:2", "--timeout", "1")]
    [TestCase(2, "neither worker:NAME nor worker:NAME:COUNT", "worker:logs:0")]
    [TestCase(2, "stands alone", "worker:logs", "-c", "other=x.txt")]
    [TestCase(2, "--encoding goes not with worker:logs: `rlm worker --serve NAME=PATH` says how its texts are read", "worker:logs", "--encoding", "latin1")]
    [TestCase(2, "--loader goes not with worker:logs", "worker:logs", "--loader", "x=cat")]
    public async Task Run_WhatIsNotServed_IsTold(int code, string told, params string[] contexts)
    {
        await using var workers = await StartAsync(("web1", "logs=web1"));
        var run = await Setup.RunAsync(["run", "lines | count", "-c", .. contexts]);
        Assert.That((run.Code == 0, run.Error.Contains(told, StringComparison.Ordinal)), Is.EqualTo((false, true)), run.Error);
        Assert.That(run.Code, Is.EqualTo(code == 1 ? run.Code : code), run.Error);
    }

    [Test]
    public async Task Run_MoreWorkersThanAreAskedFor_IsTold()
    {
        await using var workers = await StartAsync(("web1", "logs=web1"), ("web2", "logs=web2"));
        var run = await Setup.RunAsync(["run", "lines | count", "-c", "worker:logs:1"]);
        Assert.That(run.Error, Does.Contain("2 workers serve `logs`, and 1 is asked for: web1, web2"));
    }

    [Test]
    public async Task Run_ProgramWithErrors_AsksNobody()
    {
        var run = await Setup.RunAsync(["run", "context | lins", "-c", "worker:logs"]);
        Assert.That((run.Code, run.Error.Contains("`lins` is not an operator", StringComparison.Ordinal)), Is.EqualTo((3, true)), run.Error);
    }

    [Test]
    public async Task Run_TextsAreGoneMeanwhile_TellsTheWorker()
    {
        await using var workers = await StartAsync(("web1", "logs=web1"), ("web2", "logs=web2"));
        Directory.Delete(Path.Combine(_folder, "web2"), recursive: true);
        var run = await Setup.RunAsync(["run", "lines | count", "-c", "worker:logs"]);
        Assert.That(run.Code, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain("rlm: worker `web2`: "));
    }

    [Test]
    public async Task Run_TextThatIsLeftOut_IsToldWithItsWorker()
    {
        await using var workers = await StartAsync(("web1", "logs=web1"), ("web2", "logs=web2"));
        File.WriteAllBytes(Path.Combine(_folder, "web2", "core.bin"), new byte[100]);
        var run = await Setup.RunAsync(["run", "lines | count", "-c", "worker:logs"]);
        Assert.That(run.Output, Is.EqualTo("800\n"));
        Assert.That(run.Error, Does.Contain(": 1 file; left out: 1 binary file (`core.bin`)\n"));
    }

    [Test]
    public async Task Explain_LinesThatSayTheSame_CountAsManyAsTheyAre([Values("grep /INFO/", "lines", "extract /ms=(?<ms>\\d+)/")] string stage)
    {
        await using var workers = await StartAsync(("web1", "logs=web1"), ("web2", "logs=web2"));
        var explained = await Setup.RunAsync(["explain", $"{stage} | count", "-c", "worker:logs"]);
        var whole = await Setup.RunAsync(["explain", $"{stage} | count", "-c", Path.Combine(_folder, "all")]);
        Assert.That(explained.Output, Is.EqualTo(whole.Output));
    }

    [Test]
    public async Task Run_CallsAreForgottenUnderIt_AreMadeAgain()
    {
        await _server.Queue.RenewAsync(new("web1", "1", 1, ["scan/logs/web1"]));
        var run = Setup.RunAsync(["run", "lines | count", "-c", "worker:logs", "--timeout", "60"]);
        var taken = await TakeAsync();
        await _server.Queue.SettleAsync(taken.Run, [], [taken.Id]);
        taken = await TakeAsync();
        await _server.Queue.FinishAsync("web1", [new(taken.Run, taken.Id) { StatusCode = 422 }]);
        Assert.That((await run).Error, Does.Contain("worker `web1`: it failed, and does not say why"));
        await _server.Queue.RenewAsync(new("web1", "1", 0, []) { Leaves = true });

        async Task<QueuedCall> TakeAsync()
        {
            while (true)
            {
                if (await _server.Queue.TakeAsync("web1", ["scan/logs/web1"], 1) is [var call])
                    return call;
                await Task.Yield();
            }
        }
    }

    [Test]
    public async Task Run_SameTextsTwice_IsTold()
    {
        await using var workers = await StartAsync(("a", "logs=web1"), ("b", "logs=web1"));
        var run = await Setup.RunAsync(["run", "lines | count", "-c", "worker:logs"]);
        Assert.That(run.Output, Is.EqualTo("600\n"));
        Assert.That(run.Error, Does.Contain("rlm: `a` and `b` have the same texts, and each counts"));
    }

    [TestCase("ask", "Why?", "--model", "offline")]
    [TestCase("map", "lines | count", "--shard", "1/2", "-o", "x.part")]
    public async Task Verbs_ThatHaveNoProgramToSend_RefuseIt(string verb, params string[] words)
    {
        var run = await Setup.RunAsync([verb, .. words, "-c", "worker:logs"]);
        Assert.That(run.Code, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain("is read by `rlm run` and `rlm explain` alone"));
    }

    [TestCase("logs")]
    [TestCase("2=x.txt")]
    [TestCase("logs=-")]
    [TestCase("logs=worker:logs")]
    public async Task Worker_ServesWhatIsNoText_IsTold(string served)
    {
        var run = await Setup.RunAsync(["worker", "--serve", served]);
        Assert.That((run.Code, run.Error), Is.EqualTo((2, $"rlm: --serve `{served}` is not NAME=PATH: a name is a letter or `_`, then letters, digits and `_`, and a path what --context takes, but not -\nsee rlm worker --help\n")));
    }

    [Test]
    public async Task Worker_PathThatIsNotThere_EndsAtOnce()
    {
        var run = await Setup.RunAsync(["worker", "--serve", "logs=/nowhere/at/all"]);
        Assert.That(run.Code, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain("/nowhere/at/all"));
    }

    [TestCase("{}", "missing required properties")]
    [TestCase("""{"version":"9.9.9","program":"lines","programName":"p","context":"context","variables":{}}""", "it has version")]
    public async Task Scan_RequestOfAnother_IsRefused(string body, string told)
    {
        await using var workers = await StartAsync(("web1", "logs=web1"));
        var queue = _server.Queue;
        await queue.PostAsync([new(told, "1", "scan/logs/web1", System.Text.Encoding.UTF8.GetBytes(body), TimeSpan.FromMinutes(1))]);
        QueueProgress progress;
        do
        {
            await Task.Yield();
            progress = await queue.CollectAsync(told, [], withStanding: false);
        }
        while (progress.Replies.Count == 0);

        Assert.That(progress.Replies[0].StatusCode, Is.EqualTo(422));
        Assert.That(System.Text.Encoding.UTF8.GetString(progress.Replies[0].Body.Span), Does.Contain(told));
    }

    private async Task<Workers> StartAsync(params (string Name, string Served)[] served)
    {
        var workers = new Workers();
        foreach (var (name, texts) in served)
            workers.Running.Add(Setup.RunAsync(["worker", "--name", name, "--serve", texts.Replace("=", $"={_folder}/", StringComparison.Ordinal)], workers.Stop.Token));
        while ((await _server.Queue.CollectAsync("", [], withStanding: false)).Slots.Count < served.Length && workers.Running.TrueForAll(running => !running.IsCompleted))
            await Task.Yield();
        return workers;
    }

    private sealed class Workers : IAsyncDisposable
    {
        public CancellationTokenSource Stop { get; } = new();

        public List<Task> Running { get; } = [];

        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Task.WhenAll(Running);
            Stop.Dispose();
        }
    }
}
