using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Budget;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>What a run's end of time leaves: the replies of a stage in progress, and nothing that would go on for long.</summary>
internal sealed class RunDeadlineTests
{
    private const string Reason = "the time limit of 60 s is over (Timeout)";

    private readonly string _path = Path.GetTempFileName();
    private readonly FakeTimeProvider _clock = new();

    [SetUp]
    public void Begin() => File.Delete(_path);

    [TearDown]
    public void End() => File.Delete(_path);

    [TestCase(1)]
    [TestCase(3)]
    public async Task MapLlm_TimeIsOver_KeepsTheRepliesThereAre(int parallel)
    {
        var run = await RunAsync(
            "answer context | lines | map llm \"Is it good?\"", Items(10), SlowAfter(4), Options with { Parallel = parallel });

        Assert.Multiple(() =>
        {
            Assert.That((run.Result.Outcome, run.Result.IsPartial), Is.EqualTo((RlmOutcome.Answered, true)));
            Assert.That(run.Answer!.Split('\n').Count(line => line == "yes"), Is.EqualTo(4));
            Assert.That(run.Result.Reasons, Is.EqualTo([$"map llm \"Is it good?\": 6 of 10 items failed: {Reason}"]));
        });
    }

    [Test]
    public async Task MapLlm_TimeIsOver_ReplaysTheSameAndResumesTheRest()
    {
        string program = "answer context | lines | map llm \"Is it good?\" | count by it";
        ProgramRun first, replayed, resumed;
        using (var journal = RlmJournal.Create(_path))
            first = await RunAsync(program, Items(10), SlowAfter(4), Options with { Journal = journal });
        using (var journal = RlmJournal.Replay(_path))
            replayed = await RunAsync(program, Items(10), new ScriptedChatClient(), new RlmOptions { Journal = journal });
        var model = new ScriptedChatClient(_ => "yes");
        using (var journal = RlmJournal.Resume(_path))
            resumed = await RunAsync(program, Items(10), model, new RlmOptions { Journal = journal });

        Assert.Multiple(() =>
        {
            Assert.That((first.Answer, first.Result.IsPartial), Is.EqualTo((replayed.Answer, replayed.Result.IsPartial)));
            Assert.That(first.Result.Reasons, Is.EqualTo(replayed.Result.Reasons));
            Assert.That((resumed.Result.IsPartial, model.CallCount), Is.EqualTo((false, 6)));
        });
    }

    [Test]
    public async Task MapLlm_TimeIsOverBeforeAnyReply_HasNoAnswer()
    {
        var run = await RunAsync("answer context | lines | map llm \"Is it good?\"", Items(3), SlowAfter(0), Options);

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.LimitReached, (string?)null)));
        Assert.That(run.Result.Reasons.Single(), Does.Contain(Reason));
    }

    [Test]
    public void Stopped_StageInProgress_ComesATenthLater()
    {
        using var deadline = new RunDeadline(new() { Timeout = TimeSpan.FromSeconds(60), TimeProvider = _clock });
        deadline.BeginStage();

        _clock.Advance(TimeSpan.FromSeconds(60));
        Assert.That((deadline.IsOver, deadline.Stopped.IsCancellationRequested), Is.EqualTo((true, false)));
        _clock.Advance(TimeSpan.FromSeconds(6));
        Assert.That(deadline.Stopped.IsCancellationRequested, Is.True);
    }

    [Test]
    public void Stopped_NoStageInProgress_ComesWithTheTime()
    {
        using var deadline = new RunDeadline(new() { Timeout = TimeSpan.FromSeconds(60), TimeProvider = _clock });
        deadline.BeginStage();
        deadline.EndStage();

        _clock.Advance(TimeSpan.FromSeconds(60));

        Assert.That(deadline.Stopped.IsCancellationRequested, Is.True);
    }

    private RlmOptions Options => new() { Timeout = TimeSpan.FromSeconds(60), TimeProvider = _clock, Parallel = 1, MaxCalls = 100 };

    /// <summary>Says yes so many times, then nothing until the time is over.</summary>
    private ScriptedChatClient SlowAfter(int replies) => new(async (call, token) =>
    {
        if (call.Index < replies)
            return ScriptedChatClient.Response("yes", call);

        var never = new TaskCompletionSource();
        using var registration = token.Register(() => never.TrySetCanceled(token));
        _clock.Advance(TimeSpan.FromSeconds(61));
        await never.Task;
        throw new InvalidOperationException("The call was not cancelled.");
    });
}
