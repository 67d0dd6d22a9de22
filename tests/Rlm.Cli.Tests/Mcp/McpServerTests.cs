using System.Text.Json.Nodes;

namespace Rlm.Cli.Tests.Mcp;

/// <summary>How messages are understood, whatever is sent.</summary>
[CancelAfter(60_000)]
internal sealed class McpServerTests
{
    private const string Log = "server.log", Paid = "answer context | lines | map llm \"Why?\" | join \",\"";

    [TestCase("2024-11-05", "2024-11-05")]
    [TestCase("2025-03-26", "2025-03-26")]
    [TestCase("2025-06-18", "2025-06-18")]
    [TestCase("2025-11-25", "2025-11-25")]
    [TestCase("2026-07-28", "2025-11-25")]
    [TestCase("1999-01-01", "2025-11-25")]
    public async Task Initialize_Version_IsTheOneAskedForOrTheNewest(string asked, string given)
    {
        using var agent = AgentSession.Start();

        var initialized = (await agent.AskAsync("initialize", $$"""{"protocolVersion":"{{asked}}","capabilities":{} }"""))["result"]!;

        Assert.That(initialized["protocolVersion"]!.ToString(), Is.EqualTo(given));
        Assert.That(initialized["capabilities"]!.ToJsonString(), Is.EqualTo("""{"tools":{},"resources":{}}"""));
        Assert.That(initialized["serverInfo"]!["name"]!.ToString(), Is.EqualTo("rlm"));
        Assert.That((await agent.AskAsync("ping"))["result"]!.ToJsonString(), Is.EqualTo("{}"));
    }

    [Test]
    public async Task Stateless_Requests_NeedNoHandshake()
    {
        using var agent = AgentSession.StartStateless("{}", "--allow", Path.Combine(TestFiles.Root, "samples"));

        var discovered = (await agent.AskAsync("server/discover"))["result"]!;
        Assert.That(discovered["supportedVersions"]!.ToJsonString(), Is.EqualTo("""["2026-07-28","2025-11-25","2025-06-18","2025-03-26","2024-11-05"]"""));
        Assert.That((discovered["resultType"]!.ToString(), (long)discovered["ttlMs"]!, discovered["cacheScope"]!.ToString()), Is.EqualTo(("complete", 3_600_000L, "private")));
        Assert.That(discovered["_meta"]!["io.modelcontextprotocol/serverInfo"]!["name"]!.ToString(), Is.EqualTo("rlm"));

        var result = await agent.CallAsync("run", AgentSession.ArgumentsOf("context | lines | count", Log));
        Assert.That((result["resultType"]!.ToString(), result["ttlMs"], AgentSession.TextOf(result)), Is.EqualTo(("complete", (JsonNode?)null, AgentSession.TextOf(result))));
        Assert.That(AgentSession.TextOf(result), Does.StartWith("number\n10000\n"));
    }

    [TestCase("{}", "send `initialize` first", -32600)]
    [TestCase("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"} }""", "no `io.modelcontextprotocol/clientCapabilities`", -32602)]
    [TestCase("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"1999-01-01"} }""", "`1999-01-01` is not spoken here", -32022)]
    [TestCase("""{"_meta":{"io.modelcontextprotocol/protocolVersion":"2025-11-25"} }""", "`2025-11-25` begins with `initialize`", -32022)]
    [TestCase("""{"_meta":{"io.modelcontextprotocol/protocolVersion":7} }""", "`7` is not spoken here", -32022)]
    public async Task Request_WithoutARevision_IsRefused(string parameters, string message, int code)
    {
        using var agent = AgentSession.Start();

        var error = (await agent.AskAsync("tools/list", parameters))["error"]!;

        Assert.That(((int)error["code"]!, error["message"]!.ToString()), Is.EqualTo((code, error["message"]!.ToString())));
        Assert.That(error["message"]!.ToString(), Does.Contain(message));
        Assert.That(error["data"]?["supported"]?[0]?.ToString(), Is.EqualTo(code == -32022 ? "2026-07-28" : null));
    }

    [TestCase("{", -32700)]
    [TestCase("7", -32700)]
    [TestCase("[]", -32700)]
    [TestCase("""{"jsonrpc":"2.0","id":1,"method":7}""", -32700)]
    [TestCase("""{"jsonrpc":"2.0","id":1,"method":"\ud800"}""", -32700)]
    [TestCase("""{"jsonrpc":"2.0","id":null,"method":"ping"}""", -32600)]
    [TestCase("""{"jsonrpc":"2.0","id":{},"method":"ping"}""", -32600)]
    [TestCase("""{"jsonrpc":"2.0","id":true,"method":"ping"}""", -32600)]
    [TestCase("""{"jsonrpc":"2.0","id":1}""", -32600)]
    public async Task Message_NotUnderstood_GetsAnErrorAndTheNextOneAnAnswer(string line, int code)
    {
        using var agent = await AgentSession.OpenAsync();

        agent.Send(line);

        var error = await agent.ReadAsync(message => message["error"] is not null);
        Assert.That(((int)error["error"]!["code"]!, error["id"]), Is.EqualTo((code, (JsonNode?)null)));
        Assert.That((await agent.AskAsync("ping"))["result"], Is.Not.Null);
    }

    [Test]
    public async Task Message_Hostile_EndsNothing()
    {
        using var agent = await AgentSession.OpenAsync();

        agent.Send(new string('[', 100_000));
        agent.Send($"{{\"id\":1,\"x\":\"{new string('x', 5_000_000)}\"}}");
        agent.SendBytes([0xff, 0xfe, .. "{\"id\":1}\n"u8]);
        agent.SendBytes([.. "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\""u8, 0xc3, .. "\"}\n"u8]);
        for (int i = 0; i < 4; i++)
            await agent.ReadAsync(message => message["error"] is not null);
        agent.SendBytes([.. "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"tools/call\",\"params\":{\"name\":\"run\",\"arguments\":{\"program\":\""u8, 0xc3, .. "\"}}}\n"u8]);
        var bytes = await agent.ReadAsync(message => message["id"]?.ToString() == "b");
        Assert.That(AgentSession.TextOf(bytes["result"]!), Is.EqualTo("`program` has half of a character, or bytes that are not UTF-8"));

        Assert.That(await agent.RunAsync(new string('(', 150_000)), Does.StartWith("error RLM4002: nested more than 64 levels deep"));
        Assert.That(await agent.RunAsync("context | lines | count", Log), Does.StartWith("number\n10000\n"));
    }

    /// <summary>A revision of 2025 has lists of messages in a line.</summary>
    [Test]
    public async Task Message_Batch_HasAnAnswerEach()
    {
        using var agent = await AgentSession.OpenAsync("2025-03-26");

        agent.Send("""[{"jsonrpc":"2.0","id":"a","method":"ping"},{"jsonrpc":"2.0","method":"notifications/x"},{"jsonrpc":"2.0","id":"b","method":"nope"}]""");

        Assert.That((await agent.ReadAsync(message => message["id"]?.ToString() == "a"))["result"], Is.Not.Null);
        Assert.That((await agent.ReadAsync(message => message["id"]?.ToString() == "b"))["error"]!["message"]!.ToString(), Is.EqualTo("there is no `nope`"));
    }

    [Test]
    public async Task Cancelled_Run_GetsNoAnswerAndItsIdIsFree()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        using var agent = await OpenAsync(server);
        int id = agent.SendRequest("tools/call", AgentSession.ParametersOf("run", AgentSession.ArgumentsOf(Paid, "server.log")));
        await WaitForAsync(() => server.Requests > 0);

        agent.Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"tools/call","params":{"name":"help","arguments":{} } }""");
        Assert.That((await agent.ReadAnswerAsync(id))["error"]!["message"]!.ToString(), Is.EqualTo("a request with this id is underway"));
        agent.Tell("notifications/cancelled", $$"""{"requestId":{{id}},"reason":"enough"}""");

        // The one model is free again once the run is over.
        agent.Tell("notifications/cancelled", """{"requestId":"never"}""");
        Assert.That(await agent.RunAsync("context | lines | count", Log), Does.StartWith("number\n10000\n"));
        Assert.That(agent.ReadRest(), Is.Empty);
        Assert.That(await agent.EndAsync(), Is.Zero);
    }

    [Test]
    public async Task Requests_Flood_IsRefusedAndTheEndIsInTime()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        using var agent = await OpenAsync(server);
        int last = 0;
        for (int i = 0; i < 40; i++)
            last = agent.SendRequest("tools/call", AgentSession.ParametersOf("run", AgentSession.ArgumentsOf(Paid, "server.log")));

        var refused = (await agent.ReadAnswerAsync(last))["error"]!;
        Assert.That(((int)refused["code"]!, refused["message"]!.ToString()), Is.EqualTo((-32000, "32 requests are underway: wait for one of them")));
        Assert.That((await agent.AskAsync("ping"))["result"], Is.Not.Null);
        Assert.That(await agent.EndAsync(), Is.Zero);
    }

    [Test]
    public async Task Start_FolderThatIsNone_IsWrongUsage()
    {
        var run = await CliRun.RunAsync("mcp", "--allow", "/nowhere/at/all");
        Assert.That((run.Code, run.Error), Is.EqualTo((2, "rlm: this is for agents, which speak over stdin and stdout; Ctrl-C ends it\nrlm: --allow `/nowhere/at/all` is not a folder\n")));
        run = await CliRun.RunAsync("mcp", "samples");
        Assert.That((run.Code, run.Error), Is.EqualTo((2, "rlm: `samples` is one argument too many: requests come from the agent; a folder goes behind --allow\nsee rlm mcp --help\n")));
    }

    private static Task<AgentSession> OpenAsync(LoopbackModelServer server) =>
        AgentSession.OpenAsync("2025-11-25", "{}", "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "--yes", "--max-calls", "100000", "-q");

    private static async Task WaitForAsync(Func<bool> hasHappened)
    {
        while (!hasHappened())
            await Task.Delay(5, TestContext.CurrentContext.CancellationToken);
    }
}
