using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;

namespace Rlm.Runtime.Tests.Models;

/// <summary>
/// Every fault at several rates, over real sockets and through a whole stage: each row is answered or reported failed, none is lost, none doubled, the
/// order is kept, and no call is made beyond the bound.
/// </summary>
internal sealed class FaultMatrixTests
{
    internal static readonly Dictionary<string, LoopbackReply> Faults = new()
    {
        ["429"] = LoopbackReply.Error(429, "slow down"),
        ["429 with Retry-After"] = LoopbackReply.Error(429, "slow down", ("Retry-After", "0.01")),
        ["429 with a date"] = LoopbackReply.Error(429, "slow down", ("Retry-After", "Sat, 01 Jan 2000 00:00:45 GMT")),
        ["500"] = LoopbackReply.Error(500, "broken"),
        ["503 with Retry-After"] = LoopbackReply.Error(503, "overloaded", ("Retry-After", "0")),
        ["529"] = LoopbackReply.Error(529, """{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"""),
        ["408"] = LoopbackReply.Error(408),
        ["reset"] = LoopbackReply.Reset(),
        ["reset in the body"] = LoopbackReply.ResetInBody(),
        ["slow head"] = LoopbackReply.StallInHead(),
        ["slow body"] = LoopbackReply.StallInBody(),
        ["silence"] = LoopbackReply.Hang(),
        ["truncated JSON"] = LoopbackReply.TruncatedJson(),
        ["wrong content type"] = LoopbackReply.Error(200, "fine, thanks", ("Content-Type", "text/plain")),
        ["HTML"] = LoopbackReply.Html(),
        ["HTML 502"] = LoopbackReply.Error(502, "<html><title>Bad Gateway</title></html>", ("Content-Type", "text/html")),
        ["empty body"] = LoopbackReply.EmptyBody(),
        ["empty choices"] = LoopbackReply.NoChoices(),
        ["null content"] = LoopbackReply.NullContent(),
        ["error in a 200"] = LoopbackReply.Raw("""{"error":{"message":"upstream failed","code":502}}"""),
        ["refusal"] = LoopbackReply.Raw("""{"choices":[{"message":{"content":null,"refusal":"I cannot."},"finish_reason":"stop"}]}"""),
        ["filtered"] = LoopbackReply.Raw("""{"choices":[{"message":{"content":null},"finish_reason":"content_filter"}]}"""),
        ["cut before any text"] = LoopbackReply.Text("") with { FinishReason = "length" },
        ["cut"] = LoopbackReply.Text("no") with { FinishReason = "length" },
        ["context length"] = LoopbackReply.Error(
            400, """{"error":{"code":"context_length_exceeded","message":"maximum context length is 8 tokens"}}"""),
        ["bad request"] = LoopbackReply.Error(400, "no"),
        ["event stream cut"] = LoopbackReply.Events("data: {\"choices\":[{\"delta\":{\"content\":\"ye\"}}]}\n\n"),
        ["event stream error"] = LoopbackReply.Events("data: {\"error\":{\"message\":\"lost\",\"type\":\"server_error\"}}\n\n"),
    };

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(7);

    internal static readonly string[] Names = [.. Faults.Keys];

    [Test]
    public Task MapLlm_EveryFaultHalfTheTime_LosesAndDoublesNothing([ValueSource(nameof(Names))] string fault) =>
        CheckAsync(fault, 0.5, 30, 1);

    [Test]
    public Task MapLlm_PackedRowsEveryFaultATenthOfTheTime_LosesAndDoublesNothing([ValueSource(nameof(Names))] string fault) =>
        CheckAsync(fault, 0.1, 60, 4);

    [Test]
    [Explicit("takes minutes")]
    public Task MapLlm_WholeMatrix_LosesAndDoublesNothing(
        [ValueSource(nameof(Names))] string fault, [Values(0.01, 0.1, 0.5)] double rate, [Values(1, 10)] int pack) =>
            CheckAsync(fault, rate, 1_000, pack);

    private static async Task CheckAsync(string fault, double rate, int rows, int pack)
    {
        var answered = new ConcurrentDictionary<string, int>();
        var clock = new StallClock(Timeout);
        var fails = Faults[fault] with { Stalled = clock.Elapse };
        bool stalls = fails.Fault is LoopbackFault.Hang or LoopbackFault.StallInHead or LoopbackFault.StallInBody;
        await using var server = new LoopbackModelServer(request =>
        {
            string prompt = request.Body;
            int[] items = [.. System.Text.RegularExpressions.Regex.Matches(prompt, @"item (\d+)\b")
                .Select(match => int.Parse(match.Groups[1].Value, null))];
            double chance = (XxHash3.HashToUInt64(Encoding.UTF8.GetBytes($"{fault} {request.Index}")) >> 11) / (double)(1UL << 53);
            if (chance < rate)
                return fails;

            foreach (int item in items)
                answered.AddOrUpdate($"item {item}", 1, (_, times) => times + 1);
            return items.Length == 1 && !prompt.Contains("[1]", StringComparison.Ordinal)
                ? $"item {items[0]}: yes"
                : string.Join('\n', items.Select((item, row) => $"[{row + 1}] item {item}: yes"));
        });
        using var client = ModelClients.Connect(
            server, ModelProvider.OpenAi, ModelClients.Fast with { Timeout = Timeout, TimeProvider = clock });
        // One at a time, so that the time that ends is that of the call that stalls.
        var options = new RlmOptions { Parallel = stalls ? 1 : 16, MaxCalls = 10 * rows };

        var run = await ProgramRun.RunAsync(
            $"answer context | lines | map llm \"Good?\" pack {pack} or \"failed\"", ProgramRun.Items(rows), client, options);

        string[] values = run.Answer!.Split('\n');
        Assert.That(values, Has.Length.EqualTo(rows));
        int failed = 0;
        for (int i = 0; i < rows; i++)
        {
            if (values[i] == "failed")
                failed++;
            else
                Assert.That(values[i], Is.EqualTo($"item {i + 1}: yes").Or.EqualTo("no"));
        }

        // Where the first replies are all of no use the stage ends there.
        if (run.Result.Reasons.Any(reason => reason.Contains("stopped after", StringComparison.Ordinal)))
        {
            Assert.That((failed, run.Result.IsPartial), Is.EqualTo((rows, true)));
            Assert.That(run.Result.Usage.Calls, Is.AtMost(3));
            return;
        }

        string reported = failed == 0
            ? ""
            : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{failed:N0} of {rows:N0} items failed: ");
        Assert.That(run.Result.Reasons.SingleOrDefault() ?? "", Does.Contain(reported));
        Assert.That(run.Result.IsPartial, Is.EqualTo(failed > 0));
        Assert.That(answered.Values, Has.All.EqualTo(1), "a row was answered twice");
        int calls = (rows + pack - 1) / pack;
        Assert.That(run.Result.Usage.Calls, Is.InRange(calls, calls + Math.Max(calls, (2 * int.Log2(pack)) + 1)));
        TestContext.Out.WriteLine(
            $"{fault} at {rate:P0}, {pack} a call: {failed} of {rows} failed, {run.Result.Usage.Calls} calls, {server.Requests} requests");
    }
}
