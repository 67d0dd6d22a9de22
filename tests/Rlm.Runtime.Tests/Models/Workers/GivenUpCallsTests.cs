using System.Collections;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Tests.Journal;

namespace Rlm.Runtime.Tests.Models.Workers;

/// <summary>
/// A run that stops while a worker has its call, or when the reply has come and is not in the journal yet: nothing is paid twice by whoever
/// asks the same next.
/// </summary>
internal sealed class GivenUpCallsTests : JournalFileFixture
{
    private const string Program = "answer context | lines | map llm \"Say {it}\" pack 1";
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    private readonly FakeTimeProvider _clock = new();
    private MemoryCallQueue _queue = null!;
    private CancellationTokenSource _stop = null!;

    [SetUp]
    public async Task MakeQueue()
    {
        (_queue, _stop) = (new(Lease), new());
        await new PlayedWorker(_queue, "w", 8).RenewAsync();
    }

    [TearDown]
    public void DisposeStop() => _stop.Dispose();

    [Test]
    public async Task Stop_ReplyIsThereAndNotRead_StaysForTheRunThatGoesOn()
    {
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        using (var calls = Open())
        {
            var run = RunAsync(Connect(calls), journal);
            await FinishAsync(await TakeAsync(), whenRead: _stop.Cancel);
            Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        }

        await RequireHeldAsync();
    }

    [Test]
    public async Task Stop_ClientOfTheHostHasTheReply_StaysForTheRunThatGoesOn()
    {
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        using (var calls = Open())
        {
            var run = RunAsync(new StoppingClient(Connect(calls), _stop), journal);
            await FinishAsync(await TakeAsync());
            Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        }

        await RequireHeldAsync();
    }

    [Test]
    public async Task Stop_ReplyComesLater_StaysForTheRunThatGoesOn()
    {
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        using (var calls = Open())
        {
            var run = RunAsync(Connect(calls), journal);
            var call = await TakeAsync();
            await _stop.CancelAsync();
            Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
            await FinishAsync(call);
        }

        await RequireHeldAsync();
    }

    [Test]
    public async Task Run_JournalIsClosedBeforeTheReplyIsWritten_StaysForTheRunThatGoesOn()
    {
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        using (var calls = Open())
        {
            var run = RunAsync(Connect(calls), journal);
            await FinishAsync(await TakeAsync(), whenRead: journal.Dispose);
            Assert.That(async () => await run, Throws.InstanceOf<ObjectDisposedException>());
        }

        await RequireHeldAsync();
    }

    [Test]
    public async Task Run_TimeEndsInFlight_StaysForTheRunThatGoesOn()
    {
        QueuedCall call;
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        using (var calls = Open())
        {
            var run = RunAsync(Connect(calls), journal, new() { Timeout = TimeSpan.FromSeconds(60), TimeProvider = _clock });
            call = await TakeAsync();
            _clock.Advance(TimeSpan.FromSeconds(60));
            Assert.That((await run).Result.IsPartial || (await run).Result.Outcome == RlmOutcome.LimitReached, Is.True);
        }

        await FinishAsync(call);
        await RequireHeldAsync();
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Ask_TheSameAgainInTheProcess_TakesTheReplyOfTheCallThatWasGivenUp(bool comesFirst)
    {
        using var calls = Open();
        var client = Connect(calls);
        var left = client.GetResponseAsync("item 1", cancellationToken: _stop.Token);
        var call = await TakeAsync();
        await _stop.CancelAsync();
        await ((Task)left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (comesFirst)
            await FinishAsync(call);
        var again = client.GetResponseAsync("item 1");
        if (!comesFirst)
            await FinishAsync(call);
        Assert.That((await again).Text, Is.EqualTo("reply to item 1"));
        Assert.That(await _queue.TakeAsync("w", [PlayedWorker.Path], 1), Is.Empty);
    }

    [Test]
    public async Task Stop_RunThatNobodyGoesOnWith_LeavesNothing()
    {
        using (var calls = Open(isResumable: false))
        {
            var run = RunAsync(Connect(calls), journal: null);
            await FinishAsync(await TakeAsync(), whenRead: _stop.Cancel);
            Assert.That(async () => await run, Throws.InstanceOf<OperationCanceledException>());
        }

        Assert.That(await ListStandingAsync(), Is.Empty);
    }

    [Test]
    public async Task Retry_AttemptThatFailed_IsForgottenOnceTheJournalHasIt()
    {
        using var journal = RlmJournal.Create(JournalPath, JournalSync.Off);
        using var calls = Open();
        var run = RunAsync(Connect(calls), journal);
        var failed = await TakeAsync();
        await _queue.FinishAsync("w", [new(failed.Run, failed.Id) { StatusCode = 500 }]);
        var second = await TakeAsync();
        while ((await ListStandingAsync()).Contains(failed.Id))
            await Task.Yield();
        await FinishAsync(second);
        Assert.That((await run).Answer, Is.EqualTo("reply to item 1"));
    }

    private QueuedCalls Open(bool isResumable = true) => new(_queue) { Run = "run", IsResumable = isResumable };

    private static IChatClient Connect(QueuedCalls calls) => ModelEndpoint.ForWorkers("test-model").CreateClient(calls, ModelClients.Fast);

    private Task<ProgramRun> RunAsync(IChatClient client, RlmJournal? journal, RlmOptions? options = null) =>
        ProgramRun.RunAsync(Program, ProgramRun.Items(1), client, (options ?? new()) with { Journal = journal }, _stop.Token);

    /// <summary>The call that the run has posted.</summary>
    private async Task<QueuedCall> TakeAsync()
    {
        while (true)
        {
            if (await _queue.TakeAsync("w", [PlayedWorker.Path], 1) is [var call])
                return call;
            await Task.Yield();
        }
    }

    private Task FinishAsync(QueuedCall call, Action? whenRead = null)
    {
        var reply = PlayedWorker.Answer(call);
        return _queue.FinishAsync("w", [reply with { Headers = new WatchedHeaders(reply.Headers, whenRead ?? (() => { })) }]);
    }

    private async Task<IReadOnlyList<string>> ListStandingAsync() => (await _queue.CollectAsync("run", [], withStanding: true)).Standing;

    /// <summary>The run that goes on ends without a worker, and leaves nothing behind.</summary>
    private async Task RequireHeldAsync()
    {
        using (var journal = RlmJournal.Resume(JournalPath, JournalSync.Off))
        using (var calls = Open())
        {
            using var noneCame = new CancellationTokenSource(TimeSpan.FromSeconds(20));
            var run = await ProgramRun.RunAsync(Program, ProgramRun.Items(1), Connect(calls), new() { Journal = journal }, noneCame.Token);
            Assert.That(run.Answer, Is.EqualTo("reply to item 1"));
            calls.IsResumable = false;
        }

        Assert.That(await ListStandingAsync(), Is.Empty);
    }

    /// <summary>Headers that tell when they are read, which is before the body is.</summary>
    private sealed class WatchedHeaders(IReadOnlyList<(string Name, string Value)> headers, Action whenRead) : IReadOnlyList<(string Name, string Value)>
    {
        public int Count => headers.Count;

        public (string Name, string Value) this[int index] => headers[index];

        public IEnumerator<(string Name, string Value)> GetEnumerator()
        {
            whenRead();
            return headers.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class StoppingClient(IChatClient client, CancellationTokenSource stop) : DelegatingChatClient(client)
    {
        public override async Task<ChatResponse> GetResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            await stop.CancelAsync();
            cancellationToken.ThrowIfCancellationRequested();
            return response;
        }
    }
}
