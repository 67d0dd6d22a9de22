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
}
