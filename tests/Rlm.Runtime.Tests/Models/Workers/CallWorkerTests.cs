using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Models.Workers;

/// <summary>Workers, over a queue in memory, at a model server on loopback.</summary>
internal sealed class CallWorkerTests
{
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    [Test]
    public async Task Run_Calls_AreMadeWithTheWorkersAddressAndKey()
    {
        await using var server = new LoopbackModelServer(request => $"yes, {request.LastUserText}");
        await using var setup = new Setup(server);
        var response = await setup.Client.GetResponseAsync("Hello?");

        Assert.That((response.Text, response.Usage!.InputTokenCount), Is.EqualTo(("yes, Hello?", 11)));
        Assert.That(server.Received.Single().Headers["authorization"], Is.EqualTo($"Bearer {ModelClients.Key}"));
        Assert.That(server.Received.Single().Model, Is.EqualTo("test-model"));
    }

    [Test]
    public async Task Run_AnthropicsModel_IsCalledByItsProtocol()
    {
        await using var server = new LoopbackModelServer("yes");
        await using var setup = new Setup(server, ModelProvider.Anthropic, "claude-test");
        Assert.That((await setup.Client.GetResponseAsync("Hello?")).Text, Is.EqualTo("yes"));
        Assert.That(server.Received.Single().IsAnthropic, Is.True);
    }

    [Test]
    public async Task Run_FailedAttempt_IsMadeAgainByTheRunAlone()
    {
        await using var server = new LoopbackModelServer(
            LoopbackReply.Error(429, """{"error":{"message":"slower"}}""", ("retry-after-ms", "1")), LoopbackReply.Error(500), LoopbackReply.ResetInBody(), "yes");
        await using var setup = new Setup(server);
        Assert.That((await setup.Client.GetResponseAsync("Hello?")).Text, Is.EqualTo("yes"));
        Assert.That(server.Requests, Is.EqualTo(4));
        Assert.That(setup.Worker.Finished, Is.EqualTo(4));
    }

    [Test]
    public async Task Run_NoReplyInTime_IsTold()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        await using var setup = new Setup(server, options: ModelClients.Fast with { Timeout = TimeSpan.FromMilliseconds(50), MaxAttempts = 2 });
        var failure = await ModelClients.FailAsync(setup.Client);
        Assert.That((failure.Failure, failure.Attempts), Is.EqualTo((ModelFailure.Timeout, 2)));
        Assert.That(failure.Message, Does.Contain("gave no whole reply within 0.05 s"));
    }

    [Test]
    public async Task Run_ReplyTooLong_IsTold()
    {
        await using var server = new LoopbackModelServer(new string('x', 5_000));
        await using var setup = new Setup(server, worker: new() { MaxReplyBytes = 4_096 });
        Assert.That((await ModelClients.FailAsync(setup.Client)).Failure, Is.EqualTo(ModelFailure.ReplyTooLarge));
    }

    [Test]
    public async Task Run_RefusedKey_EndsTheWorkerAndLeavesTheCallToAnother()
    {
        await using var wrong = new LoopbackModelServer(LoopbackReply.Error(401, """{"error":{"message":"no"}}"""));
        await using var right = new LoopbackModelServer("yes");
        await using var setup = new Setup(wrong);
        var reply = setup.Client.GetResponseAsync("Hello?");
        await setup.Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Assert.That(setup.Running.Exception!.InnerException, Is.TypeOf<ModelException>());
        Assert.That(setup.Running.Exception.InnerException!.Message, Does.Contain("refuses the worker's key (401)").And.Not.Contain(ModelClients.Key));
        Assert.That(reply.IsCompleted, Is.False);

        using var stop = new CancellationTokenSource();
        var other = setup.Start(right, stop.Token);
        Assert.That((await reply).Text, Is.EqualTo("yes"));
        Assert.That(wrong.Requests + right.Requests, Is.EqualTo(2));
        await stop.CancelAsync();
        await other;
    }

    [Test]
    public async Task Run_OtherRefusals_AreReplies()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(403, """{"error":{"message":"flagged"}}"""));
        await using var setup = new Setup(server);
        Assert.That((await ModelClients.FailAsync(setup.Client)).StatusCode, Is.EqualTo(403));
        Assert.That(setup.Running.IsCompleted, Is.False);
    }

    [Test]
    public async Task Run_AddressThatFailsAtOnce_LeavesTheCallsToOthers()
    {
        await using var bad = new LoopbackModelServer(_ => LoopbackReply.Error(500));
        await using var good = new LoopbackModelServer("yes");
        var told = new List<string>();
        var clock = new FakeTimeProvider();
        await using var setup = new Setup(
            bad, options: ModelClients.Fast with { MaxAttempts = 20 }, worker: new() { Slots = 4, Tell = told.Add, TimeProvider = clock });
        var replies = Enumerable.Range(0, 40).Select(number => setup.Client.GetResponseAsync($"Hello {number}?")).ToArray();
        while (bad.Requests < 8)
            await Task.Yield();
        using var stop = new CancellationTokenSource();
        var other = setup.Start(good, stop.Token);

        // Until its clock goes on, the first does nothing more than what it had.
        await Task.WhenAll(replies);
        Assert.That(bad.Requests, Is.InRange(8, 11));
        Assert.That(told, Has.Some.Matches<string>(line => line!.Contains("calls to", StringComparison.Ordinal) && line.EndsWith("failed (500); one at a time until one succeeds", StringComparison.Ordinal)));
        await stop.CancelAsync();
        await other;
    }

    [Test]
    public async Task Run_NameOfAnother_WaitsUntilItHasLeft()
    {
        await using var server = new LoopbackModelServer("yes");
        await using var setup = new Setup(server, worker: new() { Name = "twin" });
        var told = new TaskCompletionSource<string>();
        var clock = new FakeTimeProvider();
        using var stop = new CancellationTokenSource();
        var twin = new CallWorker(
            setup.Queue, new(ModelProvider.Common, server.OpenAiUrl, ""), ModelClients.Http, new() { Name = "twin", Slots = 7, Tell = line => told.TrySetResult(line), TimeProvider = clock })
            .RunAsync(stop.Token);

        Assert.That(await told.Task, Is.EqualTo("a worker `twin` is there already: this one waits until it has left, or was silent for 30 s; give each worker a name of its own"));
        Assert.That((await setup.Queue.CollectAsync("", [], withStanding: false)).Slots.Values, Is.EqualTo(new[] { 32 }));
        await setup.Stop.CancelAsync();
        await setup.Running;
        while (!(await setup.Queue.CollectAsync("", [], withStanding: false)).Slots.Values.Contains(7))
            clock.Advance(TimeSpan.FromSeconds(1));
        await stop.CancelAsync();
        await twin;
        Assert.That((await setup.Queue.CollectAsync("", [], withStanding: false)).Slots, Is.Empty);
    }

    [Test]
    public async Task Renew_AnotherHasTakenTheName_IsRefused()
    {
        var clock = new FakeTimeProvider();
        var queue = new MemoryCallQueue(Lease, clock);
        WorkerState first = new("twin", "1", 1, ["a"]) { Instance = "1" }, second = first with { Instance = "2", Slots = 5 };
        Assert.That((await queue.RenewAsync(first), await queue.RenewAsync(second), await queue.RenewAsync(first)), Is.EqualTo((true, false, true)));
        clock.Advance(Lease + TimeSpan.FromSeconds(1));
        Assert.That((await queue.CollectAsync("", [], withStanding: false)).Silent, Is.EqualTo(new[] { "a" }));
        Assert.That((await queue.RenewAsync(second), await queue.RenewAsync(first with { Leaves = true })), Is.EqualTo((true, false)));
        Assert.That((await queue.CollectAsync("", [], withStanding: false)).Slots["a"], Is.EqualTo(5));
    }

    [Test]
    public async Task Run_ProtocolOfNoWorker_IsTold()
    {
        await using var server = new LoopbackModelServer("yes");
        await using var setup = new Setup(server);
        var told = new TaskCompletionSource<string>();
        using var calls = new QueuedCalls(setup.Queue, line => told.TrySetResult(line));
        using var given = new CancellationTokenSource();
        var reply = ModelEndpoint.ForWorkers("claude-test").CreateClient(calls, ModelClients.Fast).GetResponseAsync("Hello?", cancellationToken: given.Token);
        Assert.That(await told.Task, Is.EqualTo("the workers that are there take no calls of v1/messages; they wait for one"));
        await given.CancelAsync();
        await ((Task)reply).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    [Test]
    public async Task Run_CallsThatWait_AreAsManyAsTheWorkersMakeAndAQuarter()
    {
        var gate = new TaskCompletionSource();
        await using var server = new LoopbackModelServer(_ => new LoopbackReply { Body = "yes", Gate = gate.Task });
        await using var setup = new Setup(server, worker: new() { Slots = 4 });
        var replies = Enumerable.Range(0, 20).Select(number => setup.Client.GetResponseAsync($"Hello {number}?")).ToArray();
        while (server.Requests < 4)
            await Task.Yield();
        for (int i = 0; i < 1_000; i++)
            await Task.Yield();

        var standing = await setup.Queue.CollectAsync(setup.Calls.Run, [], withStanding: true);
        Assert.That(standing.Standing, Has.Count.LessThanOrEqualTo(5));
        gate.SetResult();
        await Task.WhenAll(replies);
    }

    [Test]
    [Repeat(20)]
    public async Task Stop_CallUnderWay_ComesToItsEnd()
    {
        var gate = new TaskCompletionSource();
        await using var server = new LoopbackModelServer(_ => new LoopbackReply { Body = "yes", Gate = gate.Task });
        await using var setup = new Setup(server);
        var reply = setup.Client.GetResponseAsync("Hello?");
        while (server.Requests == 0)
            await Task.Yield();
        await setup.Stop.CancelAsync();
        Assert.That(setup.Running.IsCompleted, Is.False);
        gate.SetResult();
        Assert.That((await reply).Text, Is.EqualTo("yes"));
        await setup.Running;
        Assert.That((await setup.Queue.CollectAsync("", [], withStanding: false)).Slots, Is.Empty);
    }

    [TestCase("ask", 200, "done")]
    [TestCase("fail", 500, "InvalidOperationException: no")]
    [TestCase("hang", null, "")]
    public async Task Run_Handler_DoesTheCallsOfItsPath(string path, int? status, string body)
    {
        var queue = new MemoryCallQueue(Lease);
        using var stop = new CancellationTokenSource();
        var worker = new CallWorker(queue, new WorkerOptions
        {
            Handlers = new Dictionary<string, Func<QueuedCall, CancellationToken, Task<QueuedReply>>>
            {
                ["ask"] = (call, _) => Task.FromResult(new QueuedReply(call.Run, call.Id) { StatusCode = 200, Body = "done"u8.ToArray() }),
                ["fail"] = (_, _) => throw new InvalidOperationException("no"),
                ["hang"] = async (call, cancellationToken) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    return new(call.Run, call.Id);
                },
            },
        });
        var running = worker.RunAsync(stop.Token);
        await queue.PostAsync([new("run", "1", path, default, TimeSpan.FromMilliseconds(20)), new("run", "2", "elsewhere", default, Lease)]);
        QueueProgress progress;
        do
        {
            await Task.Yield();
            progress = await queue.CollectAsync("run", [], withStanding: true);
        }
        while (progress.Replies.Count == 0);

        var reply = progress.Replies.Single();
        Assert.That((reply.Id, reply.StatusCode, System.Text.Encoding.UTF8.GetString(reply.Body.Span)), Is.EqualTo(("1", status, body)));
        Assert.That(reply.Failure, Is.EqualTo(status is null ? ModelFailure.Timeout : (ModelFailure?)null));
        Assert.That(progress.Slots.Keys, Is.EquivalentTo(new[] { "ask", "fail", "hang" }));
        Assert.That(progress.Standing, Has.Member("2"));
        await stop.CancelAsync();
        await running;
    }

    [Test]
    public void Make_KeyThatIsNone_IsRefusedBeforeACallIsTaken() => Assert.That(
        () => new CallWorker(new MemoryCallQueue(Lease), new(ModelProvider.Common, new("http://127.0.0.1:1"), "", "two words"), ModelClients.Http),
        Throws.TypeOf<ModelException>());

    [Test]
    public void Send_RequestOfAnyKind_IsRefused()
    {
        using var calls = new QueuedCalls(new MemoryCallQueue(Lease));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://127.0.0.1:1");
        Assert.That(() => calls.SendAsync(request, CancellationToken.None), Throws.TypeOf<NotSupportedException>());
    }

    private sealed class Setup : IAsyncDisposable
    {
        private readonly WorkerOptions _options;

        public Setup(
            LoopbackModelServer server, ModelProvider? provider = null, string model = "test-model", ModelClientOptions? options = null, WorkerOptions? worker = null)
        {
            _options = worker ?? new();
            Calls = new QueuedCalls(Queue);
            Client = ModelEndpoint.ForWorkers(model).CreateClient(Calls, options ?? ModelClients.Fast);
            provider ??= ModelProvider.Common;
            var url = provider == ModelProvider.Anthropic ? server.AnthropicUrl : server.OpenAiUrl;
            Worker = new CallWorker(Queue, new(provider, url, "", ModelClients.Key), ModelClients.Http, _options);
            Running = Worker.RunAsync(Stop.Token);
        }

        public MemoryCallQueue Queue { get; } = new(Lease);

        public QueuedCalls Calls { get; }

        public IChatClient Client { get; }

        public CallWorker Worker { get; }

        public CancellationTokenSource Stop { get; } = new();

        public Task Running { get; }

        public Task Start(LoopbackModelServer server, CancellationToken stop) =>
            new CallWorker(Queue, new(ModelProvider.Common, server.OpenAiUrl, ""), ModelClients.Http, new()).RunAsync(stop);

        public async ValueTask DisposeAsync()
        {
            await Stop.CancelAsync();
            await Running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Calls.Dispose();
            Stop.Dispose();
        }
    }
}
