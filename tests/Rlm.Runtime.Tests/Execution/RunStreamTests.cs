using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Tests.Evaluation;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>A run that has to stop ends, whatever it is doing; nothing of it is heard afterwards.</summary>
internal sealed class RunStreamTests
{
    private FakeTimeProvider _clock = new();
    private ManualResetEventSlim _inside = new(), _goOn = new();

    [SetUp]
    public void Begin() => (_clock, _inside, _goOn) = (new(), new(), new());

    [TearDown]
    public void LetGo() => _goOn.Set();

    [Test]
    public async Task RunAsync_TimeIsOverInsideOneComputation_EndsWithoutIt()
    {
        var running = RunAsync(
            "answer stuck(\"x\")", "text", new ScriptedChatClient(), Options with { Timeout = TimeSpan.FromSeconds(60) });
        _inside.Wait();
        _clock.Advance(TimeSpan.FromSeconds(60));
        while (!running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        var run = await running;
        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.LimitReached, (string?)null)));
        Assert.That(run.Result.Reasons, Is.EqualTo(["the time limit of 60 s is over (Timeout)"]));
    }

    [Test]
    public async Task RunAsync_CancelledInsideOneComputation_ThrowsWithTheCallersToken()
    {
        using var source = new CancellationTokenSource();
        var running = RunAsync("answer stuck(\"x\")", "text", new ScriptedChatClient(), Options, source.Token);
        _inside.Wait();
        await source.CancelAsync();
        while (!running.IsCompleted)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.That(
            () => running,
            Throws.InstanceOf<OperationCanceledException>().With.Property(nameof(OperationCanceledException.CancellationToken))
                .EqualTo(source.Token));
    }

    [TestCase("answer context | lines | map { a: it, b: it, c: it } | group by \"{a} {b} {c} {a} {b} {c}\" | last 1")]
    [TestCase("answer context | lines | pairs | group by a | last 1")]
    public async Task RunAsync_ValuesBeyondTheMemory_EndsWithTheLimit(string program)
    {
        var run = await RunAsync(program, Items(3_000_000), new ScriptedChatClient(), new RlmOptions { MaxMemoryBytes = 64 << 20 });

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.LimitReached));
        Assert.That(
            run.Result.Reasons.Single(), Does.StartWith("the values of the program need more than 64 MiB of memory (MaxMemoryBytes)"));
    }

    private RlmOptions Options => new()
    {
        TimeProvider = _clock,
        Tools = [new LambdaTool("stuck", "text", (_, _) => Wait())],
    };

    private ValueTask<JsonElement?> Wait()
    {
        var goOn = _goOn;
        _inside.Set();
        goOn.Wait();
        return LambdaTool.Json("\"done\"");
    }
}
