namespace Rlm.Cli.Tests.Queues;

/// <summary>Runs and workers of the command line over one queue, at a model server on loopback.</summary>
internal sealed class WorkersTests
{
    private const string Program = "lines | map llm \"Say {it}\" pack 1 | join \"\\n\"";
    private static readonly string[] Lines = [.. Enumerable.Range(1, 20).Select(number => $"item {number}")];

    private readonly MemoryQueueServer _server = new();

    private CliSetup Setup => new()
    {
        Queues = _server,
        Environment = new Dictionary<string, string> { ["RLM_WORKERS"] = "postgres://me@127.0.0.1/rlm", ["OPENAI_API_KEY"] = "sk-of-the-worker" },
    };

    [Test]
    public async Task Run_Workers_AnswerInOrderWithTheirKey()
    {
        await using var model = new LoopbackModelServer(request => request.LastUserText.Contains("item", StringComparison.Ordinal)
            ? $"yes {Lines.Last(line => request.LastUserText.Contains(line, StringComparison.Ordinal))}" : "no");
        using var stop = new CancellationTokenSource();
        var worker = Setup.RunAsync(["worker", "--base-url", model.OpenAiUrl.ToString(), "--slots", "4", "--name", "w1"], stop.Token);
        var run = await (Setup with { Input = string.Join('\n', Lines) }).RunAsync(["run", Program, "--model", "m", "--no-journal"]);
        await stop.CancelAsync();
        var worked = await worker;

        Assert.That(run.Output.TrimEnd('\n').Split('\n'), Is.EqualTo(Lines.Select(line => $"yes {line}")), run.Error);
        Assert.That(run.Error, Does.Contain("using m at the workers of memory"));
        Assert.That((worked.Code, worked.ErrorLines[^1]), Is.EqualTo((0, "rlm: 20 calls made")));
        Assert.That(model.Received.Select(request => request.Headers["authorization"]).Distinct(), Is.EqualTo(new[] { "Bearer sk-of-the-worker" }));
        var left = await _server.Queue.CollectAsync("", [], withStanding: true);
        Assert.That(left.Standing, Is.Empty);
    }

    [Test]
    public async Task Run_StoppedAndResumed_PaysNothingAgain()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        var gate = new TaskCompletionSource();
        await using var model = new LoopbackModelServer(_ => new LoopbackReply { Body = "yes", Gate = gate.Task });
        using CancellationTokenSource stop = new(), interruption = new();
        var worker = Setup.RunAsync(["worker", "--base-url", model.OpenAiUrl.ToString(), "--slots", "4", "--name", "w1"], stop.Token);
        string[] args = ["run", Program, "-c", TestFiles.NewFile("item 1\nitem 2\nitem 3\n"), "--model", "m", "-q", "--journal", journal];
        var stopped = Setup.RunAsync(args, interruption.Token);
        while (model.Requests == 0 && !stopped.IsCompleted)
            await Task.Delay(5);
        await interruption.CancelAsync();
        var first = await stopped;
        gate.SetResult();
        var second = await Setup.RunAsync([.. args, "--resume"]);
        await stop.CancelAsync();
        await worker;

        Assert.That((first.Code, second.Code, second.Output), Is.EqualTo((ExitCodes.Interrupted, 0, "yes\nyes\nyes\n")), second.Error);
        Assert.That(model.Requests, Is.EqualTo(3));
        using var kept = RlmJournal.Read(journal);
        Assert.That((await _server.Queue.CollectAsync(kept.LastRun!.QueueRun!, [], withStanding: true)).Standing, Is.Empty);
    }

    [Test]
    public async Task Run_FreeProgram_AsksNoQueue()
    {
        var run = await (Setup with { Input = "a\nb" }).RunAsync(["run", "lines | count"]);
        Assert.That((run.Code, run.Output, run.Error.Contains("memory", StringComparison.Ordinal)), Is.EqualTo((0, "2\n", false)));
    }

    [Test]
    public async Task Run_ProgramOfWorkersIsMissing_NeedsItOnlyForWhatIsPaid()
    {
        var setup = Setup with { Queues = null, Input = "a\nb" };
        var free = await setup.RunAsync(["run", "lines | count"]);
        Assert.That((free.Code, free.Output), Is.EqualTo((0, "2\n")), free.Error);
        foreach (string[] args in new[] { new[] { "run", Program, "--model", "m" }, ["run", "lines | count", "-c", "worker:logs"], ["worker"], ["workers"] })
        {
            var run = await setup.RunAsync(args);
            Assert.That((run.Code == 0, run.Error.Contains("rlm-worker is not there, the program that works with queues of calls: take it from", StringComparison.Ordinal)), Is.EqualTo((false, true)), run.Error);
        }
    }

    [Test]
    public async Task Run_DryRun_NeedsNoWorker()
    {
        var run = await (Setup with { Input = "a\nb" }).RunAsync(["run", Program, "--model", "m", "--dry-run"]);
        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.Contain("2 calls"));
    }

    [TestCase("--workers needs the name of the model")]
    [TestCase("--base-url goes not with --workers", "--model", "m", "--base-url", "http://127.0.0.1:1/v1")]
    public async Task Run_WhatDoesNotFit_IsTold(string told, params string[] options)
    {
        var run = await (Setup with { Input = "a\nb" }).RunAsync(["run", Program, .. options]);
        Assert.That(run.Code, Is.Not.Zero);
        Assert.That(run.Error, Does.Contain(told));
    }

    [Test]
    public async Task Run_Password_IsNotInTheJournal()
    {
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        var run = await (Setup with { Input = "a" }).RunAsync(
            ["run", Program, "--model", "m", "--workers", "postgres://me:hidden@127.0.0.1/rlm", "--journal", journal, "--timeout", "1"]);
        Assert.That(run.Code, Is.EqualTo(4), run.Error);
        string kept = await File.ReadAllTextAsync(journal);
        Assert.That(kept, Does.Contain("--workers=postgres://me@127.0.0.1/rlm").And.Contain("\"queueRun\":\"").And.Not.Contain("hidden"));
        Assert.That(run.Error, Does.Contain("no worker is there").And.Not.Contain("hidden"));
    }

    [Test]
    public async Task Workers_List_TellsWhoIsThereAndWhatWaits()
    {
        var list = await Setup.RunAsync(["workers"]);
        Assert.That(list.Output, Is.EqualTo(
            """
            WORKER  SLOTS  UNDER WAY  MADE  FAILED  A MINUTE  SEEN      VERSION  STATE
            w1      32     3          120   2       60.4      2 s ago   1.2.3    takes calls
            w2      0      0          0     0       0         90 s ago  1.2.3    silent

            RUN  OWNER  WAITING  UNDER WAY  LAPSED  REPLIES  OLDEST
            r1   me     4        3          1       2        12 s

            """.ReplaceLineEndings("\n")));
        var json = await Setup.RunAsync(["workers", "list", "--json"]);
        Assert.That(json.Output, Does.StartWith("""{"workers":[{"name":"w1","version":"1.2.3","slots":32,"underWay":3,"made":120,"failed":2,"perMinute":60.4,""").And.EndWith("""
            "runs":[{"name":"r1","owner":"me","waiting":4,"underWay":3,"lapsed":1,"replies":2,"oldestSeconds":12.4}]}
            """.TrimStart() + "\n"));
    }

    [TestCase(0, "10 calls forgotten", "forget", "r1")]
    [TestCase(2, "there is no run `r2` of yours", "forget", "r2")]
    [TestCase(2, "needs a RUN", "forget")]
    [TestCase(2, "none of init, list and forget", "make")]
    [TestCase(2, "--lease is of rlm workers init", "list", "--lease", "5s")]
    [TestCase(0, "ready, 5 s", "init", "--lease", "5s")]
    public async Task Workers_Actions_AreDoneOrTold(int code, string told, params string[] args)
    {
        var run = await Setup.RunAsync(["workers", .. args]);
        Assert.That(run.Code, Is.EqualTo(code));
        Assert.That(run.Error, Does.Contain(told));
    }

    [Test]
    public async Task Workers_NoAddress_IsTold()
    {
        var run = await (Setup with { Environment = new Dictionary<string, string>() }).RunAsync(["workers"]);
        Assert.That((run.Code, run.Error), Is.EqualTo((2, "rlm: nothing says where the queue is: --workers postgres://USER@HOST/DATABASE, or RLM_WORKERS in the environment\n")));
    }

    [Test]
    public async Task Worker_NoEndpoint_IsTold()
    {
        var setup = Setup with { Environment = new Dictionary<string, string> { ["RLM_WORKERS"] = "postgres://me@127.0.0.1/rlm" } };
        var run = await setup.RunAsync(["worker"]);
        Assert.That(run.Code, Is.EqualTo(5));
        Assert.That(run.Error, Does.StartWith("rlm: nothing says where the models of this worker are: set --base-url, or "));
    }
}
