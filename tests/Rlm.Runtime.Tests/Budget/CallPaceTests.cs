using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Tests.Models;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>Requests and tokens a minute, over whole runs.</summary>
internal sealed class CallPaceTests
{
    private const string Program = "answer context | lines | map llm \"Why? {it}\"";

    [Test]
    public async Task MapLlm_RequestsPerMinute_AreNotPassedInAnyMinute()
    {
        var clock = new EagerTimeProvider();
        var starts = new ConcurrentQueue<DateTimeOffset>();
        var model = new ScriptedChatClient(_ =>
        {
            starts.Enqueue(clock.GetUtcNow());
            return "x";
        });

        var run = await ProgramRun.RunAsync(
            Program, ProgramRun.Items(40), model, new RlmOptions { RequestsPerMinute = 10, Parallel = 1, TimeProvider = clock });

        var times = starts.ToArray();
        Assert.That(times, Has.Length.EqualTo(40));
        for (int i = 0; i + 10 < times.Length; i++)
            Assert.That((times[i + 10] - times[i]).TotalSeconds, Is.GreaterThanOrEqualTo(59.9));
        Assert.That(run.Result.Usage.Elapsed.TotalSeconds, Is.InRange(240, 250));
    }

    [Test]
    public async Task PlanAsync_ReasksThatNobodyHolds_WaitForNoPace()
    {
        const string program = "answer context | lines | map llm \"{it}?\" as number pack 1";
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl"), context = ProgramRun.Items(20);
        var model = new ScriptedChatClient(call => call.LastText.Contains("An earlier reply", StringComparison.Ordinal) ? "7" : "many");
        using (var journal = RlmJournal.Create(path))
            await ProgramRun.RunAsync(program, context, model, new RlmOptions { Journal = journal });
        await File.WriteAllLinesAsync(
            path, [.. (await File.ReadAllLinesAsync(path)).Where(line => !line.Contains("\"reply\":\"7\"", StringComparison.Ordinal))]);
        using var torn = RlmJournal.Resume(path);
        var clock = new EagerTimeProvider();
        var start = clock.GetUtcNow();

        var plan = await ProgramRun.Session(
            context,
            model,
            new RlmOptions { Journal = torn, RequestsPerMinute = 5, TokensPerMinute = 500, TimeProvider = clock }).PlanAsync(program);

        Assert.That((plan.Calls, clock.GetUtcNow() - start), Is.EqualTo((20L, TimeSpan.Zero)));
        File.Delete(path);
    }

    [Test]
    public async Task MapLlm_Retries_AreRequestsToo()
    {
        var clock = new EagerTimeProvider();
        var starts = new ConcurrentQueue<DateTimeOffset>();
        await using var server = new LoopbackModelServer(request =>
        {
            starts.Enqueue(clock.GetUtcNow());
            return request.Index % 2 == 0 ? LoopbackReply.Error(500, "broken") : "x";
        });
        using var model = ModelClients.Connect(server, ModelProvider.OpenAi);

        var run = await ProgramRun.RunAsync(
            Program, ProgramRun.Items(10), model, new RlmOptions { RequestsPerMinute = 5, Parallel = 1, TimeProvider = clock });

        var times = starts.ToArray();
        Assert.That((times.Length, run.Result.Usage.Calls), Is.EqualTo((20, 10)));
        for (int i = 0; i + 5 < times.Length; i++)
            Assert.That((times[i + 5] - times[i]).TotalSeconds, Is.GreaterThanOrEqualTo(59.9));
    }

    [Test]
    public async Task MapLlm_TokensPerMinute_CountsRepliesWhenTheyHaveCome()
    {
        var clock = new EagerTimeProvider();
        string reply = string.Concat(Enumerable.Repeat("word ", 1_000));

        var run = await ProgramRun.RunAsync(
            Program,
            ProgramRun.Items(20),
            new ScriptedChatClient(_ => reply),
            new RlmOptions { TokensPerMinute = 4_000, Parallel = 1, TimeProvider = clock });

        long tokens = run.Result.Usage.InputTokens + run.Result.Usage.OutputTokens;
        Assert.That(tokens, Is.GreaterThan(20_000));
        Assert.That(run.Result.Usage.Elapsed.TotalMinutes, Is.InRange(tokens / 4_000.0 - 1, tokens / 4_000.0 * 1.15));
    }

    [Test]
    public async Task MapLlm_ProviderHasPromptsInItsCache_IsShownInTheUsage()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Text("x") with { InputTokens = 100, CachedTokens = 60 });
        using var model = ModelClients.Connect(server, ModelProvider.OpenAi);

        var run = await ProgramRun.RunAsync(Program, ProgramRun.Items(3), model);

        Assert.That((run.Result.Usage.InputTokens, run.Result.Usage.CachedInputTokens), Is.EqualTo((300, 180)));
        Assert.That(
            server.Received.Select(request => request.System).Distinct().Count(),
            Is.EqualTo(1),
            "the system part is the same in each call");
    }

    [Test]
    public async Task MapLlm_ParallelAuto_GoesBeyondTheDefault()
    {
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int calls = 0, waiting = 0;
        var model = new ScriptedChatClient(async (call, token) =>
        {
            // Where time stands still no reply is slow, so that the first hundred double the parallelism; the
            // others wait for sixteen of them.
            if (Interlocked.Increment(ref calls) > 100)
            {
                if (Interlocked.Increment(ref waiting) == 16)
                    together.SetResult();
                await together.Task.WaitAsync(TimeSpan.FromMinutes(2), token);
            }

            return ScriptedChatClient.Response("x", call);
        });

        var run = await ProgramRun.RunAsync(
            Program,
            ProgramRun.Items(400),
            model,
            new RlmOptions { Parallel = null, MaxCalls = 400, TimeProvider = new FakeTimeProvider() });

        Assert.That(run.Answer!.Split('\n'), Has.Length.EqualTo(400));
        Assert.That(model.MaxConcurrency, Is.InRange(16, 256));
    }
}
