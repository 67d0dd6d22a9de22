using System.Text.Json.Nodes;

namespace Rlm.Server.Tests;

/// <summary>Conversations that are run by the loop.</summary>
internal sealed class LongConversationTests
{
    private const string Program = "```rlm\nanswer (context | grep /ERROR/ | count)\n```";

    [Test]
    public async Task Post_LongMessage_IsAnsweredByTheLoop()
    {
        await using var models = new LoopbackModelServer(Program);
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--price", "1/1");

        var (status, json) = await server.AskAsync(Conversations.Long());

        var choice = json.GetProperty("choices")[0];
        var run = json.GetProperty("rlm");
        Assert.Multiple(() =>
        {
            Assert.That(status, Is.EqualTo(200));
            Assert.That(choice.GetProperty("message").GetProperty("content").GetString(), Is.EqualTo("572"));
            Assert.That(choice.GetProperty("finish_reason").GetString(), Is.EqualTo("stop"));
            Assert.That(json.GetProperty("usage").GetProperty("total_tokens").GetInt32(), Is.EqualTo(18));
            Assert.That(run.GetProperty("steps").GetInt32(), Is.EqualTo(1));
            Assert.That(run.GetProperty("partial").GetBoolean(), Is.False);
            Assert.That(run.GetProperty("cost_usd").GetDecimal(), Is.EqualTo(0.000018m));
            Assert.That(models.Received, Has.One.Items);
            Assert.That(models.Received[0].Body, Does.Not.Contain("request 2000"), "the text stays outside");
        });
    }

    [Test]
    public async Task Post_Streamed_SendsRoleTextEndUsageAndDone()
    {
        await using var models = new LoopbackModelServer(Program);
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");

        using var response = await server.PostAsync(Conversations.Long("How many?", ("stream", true), ("stream_options", new System.Text.Json.Nodes.JsonObject { ["include_usage"] = true })));
        string[] events = (await response.Content.ReadAsStringAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Multiple(() =>
        {
            Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
            Assert.That(events, Has.Length.EqualTo(5));
            Assert.That(events[0], Does.Contain("\"delta\":{\"role\":\"assistant\",\"content\":\"\"}"));
            Assert.That(events[1], Does.Contain("\"delta\":{\"content\":\"572\"}"));
            Assert.That(events[2], Does.Contain("\"finish_reason\":\"stop\"").And.Contain("\"rlm\":{\"calls\":0,\"steps\":1,"));
            Assert.That(events[3], Does.Contain("\"choices\":[],\"usage\":{\"prompt_tokens\":11,\"completion_tokens\":7,"));
            Assert.That(events[4], Is.EqualTo("data: [DONE]"));
        });
    }

    [Test]
    public async Task Post_JsonSchema_IsTheShapeOfTheAnswer()
    {
        await using var models = new LoopbackModelServer("```rlm\nanswer {errors: context | grep /ERROR/ | count}\n```");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");
        var format = System.Text.Json.Nodes.JsonNode.Parse(
            """{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"errors":{"type":"integer"}},"required":["errors"],"additionalProperties":false}}}""")!;

        var (_, json) = await server.AskAsync(Conversations.Long("How many?", ("response_format", format)));

        Assert.That(json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString(), Is.EqualTo("""{"errors":572}"""));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Post_NoAnswer_IsAnErrorWithItsStatus(bool isStreamed)
    {
        await using var models = new LoopbackModelServer("I do not know how to write a program.");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--max-steps", "1");

        using var response = await server.PostAsync(Conversations.Long("How many?", ("stream", isStreamed)));
        string body = await response.Content.ReadAsStringAsync();

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.GreaterThanOrEqualTo(500));
            Assert.That(response.Headers.GetValues("x-should-retry"), Is.EqualTo(new[] { "false" }));
            Assert.That(body, Does.StartWith("{\"error\":{\"message\":\"There is no answer: "));
        });
    }

    [Test]
    public async Task Post_ClientLeaves_EndsTheRunAndItsCalls()
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Hang());
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--parallel-runs", "1");
        using var leaving = new CancellationTokenSource();

        var asking = server.PostAsync(Conversations.Long(), cancellationToken: leaving.Token);
        await Until.TrueAsync(() => models.Requests == 1);
        await leaving.CancelAsync();

        Assert.That(async () => await asking, Throws.InstanceOf<OperationCanceledException>());
        await Until.TrueAsync(async () => (await server.Http.GetStringAsync("metrics")).Contains("rlm_runs_total{outcome=\"cancelled\"} 1\n", StringComparison.Ordinal));
        Assert.That(await server.Http.GetStringAsync("metrics"), Does.Contain("rlm_runs_running 0\n"));
        Assert.That(models.Requests, Is.EqualTo(1));
    }

    [Test]
    public async Task Post_QueueIsFull_Is429AndTheOthersAreAnswered()
    {
        var gate = new TaskCompletionSource();
        await using var models = new LoopbackModelServer(_ => LoopbackReply.Text(Program) with { Gate = gate.Task });
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--parallel-runs", "1", "--max-queue", "1");

        var first = server.AskAsync(Conversations.Long());
        await Until.TrueAsync(() => models.Requests == 1);
        var second = server.AskAsync(Conversations.Long("And how many now?"));
        await Until.TrueAsync(async () => (await server.Http.GetStringAsync("metrics")).Contains("rlm_runs_waiting 1\n", StringComparison.Ordinal));
        using var third = await server.PostAsync(Conversations.Long());
        gate.SetResult();

        Assert.That((int)third.StatusCode, Is.EqualTo(429));
        Assert.That(third.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(10)));
        Assert.That(((await first).Status, (await second).Status), Is.EqualTo((200, 200)));
    }

    [Test]
    public async Task Stop_RunIsUnderWay_IsAnsweredAndItsJournalIsWhole()
    {
        var gate = new TaskCompletionSource();
        string folder = OwnFolders.Create();
        await using var models = new LoopbackModelServer(_ => LoopbackReply.Text(Program) with { Gate = gate.Task });
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--journal-folder", folder);

        var asking = server.AskAsync(Conversations.Long());
        await Until.TrueAsync(() => models.Requests == 1);
        await server.StopAsync();
        await Until.TrueAsync(() => server.Error.Contains("stopping", StringComparison.Ordinal));
        gate.SetResult();

        Assert.That((await asking).Status, Is.EqualTo(200));
        Assert.That(await server.EndAsync(), Is.Zero);
        using var journal = RlmJournal.Read(Directory.GetFiles(folder, "*.jsonl").Single());
        Assert.That(journal.LastResult!.Answer, Is.EqualTo("572"));
    }

    [Test]
    public async Task Stop_RunTakesTooLong_IsCutShort()
    {
        string folder = OwnFolders.Create();
        await using var models = new LoopbackModelServer(LoopbackReply.Hang());
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--journal-folder", folder, "--stop-time", "1ms");

        var asking = server.AskAsync(Conversations.Long());
        await Until.TrueAsync(() => models.Requests == 1);
        await server.StopAsync();

        Assert.That(async () => await asking, Throws.InstanceOf<HttpRequestException>());
        Assert.That(await server.EndAsync(), Is.Zero);
        using var journal = RlmJournal.Read(Directory.GetFiles(folder, "*.jsonl").Single());
        Assert.That(journal.LastRun!.Arguments, Is.EqualTo(new[] { "serve" }));
    }

    /// <summary>What cannot be held outside and does not fit is refused, since some servers cut it without a word.</summary>
    [TestCase("system", false)]
    [TestCase("system", true)]
    [TestCase("developer", false)]
    [TestCase("assistant", false)]
    [TestCase("assistant", true)]
    public async Task Post_LongTextOfNoUser_IsRefused(string role, bool hasLongText)
    {
        await using var models = new LoopbackModelServer(Program);
        await using var server = await ServerRun.StartAsync(models, "--window", "16000");
        string data = string.Concat(Enumerable.Repeat(Conversations.Log, 2));
        string body = new JsonObject
        {
            ["model"] = "rlm",
            ["messages"] = new JsonArray(
                new JsonObject { ["role"] = role, ["content"] = data },
                new JsonObject { ["role"] = "user", ["content"] = hasLongText ? $"How many?\n\n{data}" : "How many lines have ERROR?" }),
        }.ToJsonString();

        var (status, json) = await server.AskAsync(body);

        Assert.That((status, json.GetProperty("error").GetProperty("code").GetString()), Is.EqualTo((400, "context_length_exceeded")));
        Assert.That(models.Received, Is.Empty);
    }

    /// <summary>A request that stands in no paragraph of its own is shown to the root.</summary>
    [Test]
    public async Task Post_QuestionInTheTextItself_IsShown()
    {
        await using var models = new LoopbackModelServer(Program);
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");

        await server.AskAsync(new JsonObject
        {
            ["model"] = "rlm",
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"Count the ERROR lines per host\n{Conversations.Log}" }),
        }.ToJsonString());

        Assert.That(models.Received[0].Body, Does.Contain("Its first line: Count the ERROR lines per host"));
    }
}
