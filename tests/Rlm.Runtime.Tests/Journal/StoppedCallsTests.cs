using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Journal;

/// <summary>
/// A call that is stopped in flight may be charged: the journal tells what the limits count, and a run that goes on asks such a call again.
/// </summary>
internal sealed class StoppedCallsTests : JournalFileFixture
{
    private const string Program = "answer context | lines | map llm \"Say {it}\" pack 1 or \"lost\"";
    private const string Context = "a\nb\nc\nd";
    private static readonly TokenPrice Price = new(10, 100);

    private FakeTimeProvider _clock = new();

    [SetUp]
    public void StartClock() => _clock = new FakeTimeProvider();

    [Test]
    public async Task Run_TimeEndsInFlight_IsAccountedReplayedAndAskedAgain()
    {
        ProgramRun run;
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
            run = await ProgramRun.RunAsync(
                Program, Context, StallsAt(2, () => _clock.Advance(TimeSpan.FromSeconds(60))), Options(journal));

        Assert.That(run.Answer, Is.EqualTo("reply to a\nreply to b\nlost\nlost"));
        RequireSame(run.Result.Usage);
        Assert.That(File.ReadLines(JournalPath).Last(), Does.StartWith("{\"event\":\"end\",\"atMs\":60000,"));

        using (var journal = RlmJournal.Replay(JournalPath))
        {
            var replay = await ProgramRun.RunAsync(Program, Context, new ScriptedChatClient(), Options(journal));
            Assert.That(
                (replay.Answer, replay.Result.Usage with { Elapsed = default, Readings = [] }),
                Is.EqualTo((run.Answer, run.Result.Usage with { Elapsed = default, Readings = [] })));
        }

        await RequireAskedAgainAsync();
    }

    [Test]
    public async Task Run_CancelledInFlight_IsAccountedAndAskedAgain()
    {
        using var stop = new CancellationTokenSource();
        int calls;
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        {
            var client = StallsAt(2, stop.Cancel);
            Assert.That(
                async () => await ProgramRun.RunAsync(Program, Context, client, Options(journal), stop.Token),
                Throws.InstanceOf<OperationCanceledException>());
            calls = client.CallCount;
        }

        var account = JournalAccount.Read(JournalPath).Runs.Single();
        Assert.That((account.Calls, account.FailedCalls), Is.EqualTo((calls, 1)));
        Assert.That(account.Failures, Is.EqualTo(new[] { "the run was stopped before the reply had come" }));
        // Its prompt and the longest reply: the most that it may have been.
        Assert.That(account.OutputTokens, Is.GreaterThan(1_000));
        await RequireAskedAgainAsync();
    }

    [Test]
    public async Task Ask_TimeEndsInTheRootsCall_IsAccountedAndReplayed()
    {
        RootRun run;
        using (var journal = RlmJournal.Create(JournalPath, JournalSync.Off))
        {
            var root = new ScriptedChatClient(async (call, cancellationToken) =>
            {
                if (call.Index == 1)
                {
                    _clock.Advance(TimeSpan.FromSeconds(60));
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                }

                return ScriptedChatClient.Response(RootRun.Fenced("show context"), call);
            });
            run = await RootRun.AskAsync(root, Context, Options(journal) with { DirectTokens = 0 });
        }

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.LimitReached));
        RequireSame(run.Result.Usage);

        using var held = RlmJournal.Replay(JournalPath);
        var replay = await RootRun.AskAsync(new ScriptedChatClient(), Context, Options(held) with { DirectTokens = 0 });
        Assert.That((replay.Result.Outcome, string.Join('\n', replay.Result.Reasons), replay.Result.Usage with { Elapsed = default, Readings = [] }),
            Is.EqualTo((run.Result.Outcome, string.Join('\n', run.Result.Reasons), run.Result.Usage with { Elapsed = default, Readings = [] })));
    }

    [Test]
    public async Task Ask_TimeEndsBehindAHeldAnswer_TheAnswerStandsAsPartial()
    {
        var root = new ScriptedChatClient(async (call, cancellationToken) =>
        {
            if (call.Index == 1)
            {
                _clock.Advance(TimeSpan.FromSeconds(60));
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            return ScriptedChatClient.Response(RootRun.Fenced("answer context | parse jsonl | count"), call);
        });

        var run = await RootRun.AskAsync(root, "{\"a\": 1}\nno json\n", Options(null) with { DirectTokens = 0 });

        Assert.That((run.Result.Outcome, run.Result.Answer, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Answered, "1", true)));
        Assert.That(run.Result.Reasons[0], Is.EqualTo("the time limit of 30 s is over (Timeout)"));
    }

    private void RequireSame(RlmUsage usage)
    {
        var account = JournalAccount.Read(JournalPath).Runs.Single();
        Assert.That(
            (account.Calls, account.InputTokens, account.OutputTokens), Is.EqualTo((usage.Calls, usage.InputTokens, usage.OutputTokens)));
        Assert.That(account.OutputTokens, Is.GreaterThan(1_000), "the stopped call counts as the most that it may have been");
    }

    private async Task RequireAskedAgainAsync()
    {
        var model = new ScriptedChatClient(Reply);
        using var journal = RlmJournal.Resume(JournalPath, JournalSync.Off);
        var resumed = await ProgramRun.RunAsync(Program, Context, model, Options(journal));
        Assert.That((resumed.Answer, model.CallCount), Is.EqualTo(("reply to a\nreply to b\nreply to c\nreply to d", 2)));
    }

    private RlmOptions Options(RlmJournal? journal) =>
        new() { Journal = journal, Timeout = TimeSpan.FromSeconds(30), TimeProvider = _clock, Parallel = 1, MaxCalls = 10, Price = Price };

    private static ScriptedChatClient StallsAt(int index, Action stop) => new(async (call, cancellationToken) =>
    {
        if (call.Index == index)
        {
            stop();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return ScriptedChatClient.Response(Reply(call), call);
    });

    private static string Reply(ScriptedCall call) => $"reply to {call.LastText.Split("<data>\n")[1][0]}";
}
