using System.Text.Json.Nodes;

namespace Rlm.Cli.Tests.Mcp;

[CancelAfter(60_000)]
internal sealed class McpServerTests
{
    private const string Log = "server.log", Paid = "answer context | lines | map llm \"Why?\" | join \",\"";

    [Test]
    public async Task Session_Programs_KeepTheirLets()
    {
        using var agent = await AgentSession.OpenAsync();

        string card = await agent.CallForTextAsync("describe", """{"contexts":["server.log","orders=orders.csv"]}""");
        Assert.That(card, Does.StartWith("context: text, 10,000 lines, 763,359 bytes (server.log)\n| 2026-03-01 00:00:07"));
        Assert.That(card, Does.Contain("\n\norders: text, 524 lines, 44,326 bytes (orders.csv)\n`orders | parse csv` gives rows of order_date: date"));
        string session = AgentSession.SessionOf(card);

        string first = await agent.RunAsync("let errors = context | grep /ERROR/\nerrors | count", session: session);
        Assert.That(first, Is.EqualTo($"number\n267\n\nsession: {session}; it keeps errors"));
        string second = await agent.RunAsync("answer errors | extract /host=(?<host>\\S+)/ | count by host | top 1 by count | get host", session: session);
        Assert.That(second, Is.EqualTo($"api-02\n\nread: extract 267 lines\n\nsession: {session}; it keeps errors"));
        Assert.That(await agent.EndAsync(), Is.Zero);
        Assert.That(agent.Error, Is.Empty);
    }

    [Test]
    public async Task Run_ProgramWithErrors_TellsTheMendAndKeepsWhatRan()
    {
        using var agent = await AgentSession.OpenAsync();

        var result = await agent.CallAsync("run", AgentSession.ArgumentsOf("let e = context | grep /ERROR/\ne | count\ne | cuont", Log));

        string text = AgentSession.TextOf(result);
        Assert.That((bool)result["isError"]!, Is.True);
        Assert.That(text, Is.EqualTo(
            "number\n267\n\nerror RLM2001: `cuont` is not an operator; did you mean `count`?\n --> program:3:5\n  | e | cuont\n  |     ^^^^^\n  = help: write `| count`\n\n"
            + $"notes:\n- 2 statements before the error ran; kept: `e`\n\nsession: {AgentSession.SessionOf(text)}; it keeps e"));
    }

    [Test]
    public async Task Check_Programs_TellsWhatIsWrong()
    {
        using var agent = await AgentSession.OpenAsync();

        Assert.That(await agent.CallForTextAsync("check", AgentSession.ArgumentsOf("context | lines | count")), Is.EqualTo("no errors"));
        Assert.That(await agent.CallForTextAsync("check", AgentSession.ArgumentsOf("context | nope")), Does.StartWith("error RLM2001: `nope` is not an operator").And.Contain("the tool `help`"));
        Assert.That(await agent.CallForTextAsync("check", AgentSession.ArgumentsOf("context | parse csv | sum amont", "orders.csv")), Does.Contain("`amount`"));
    }

    [Test]
    public async Task Plan_FreeProgram_TellsItsStages()
    {
        using var agent = await AgentSession.OpenAsync();

        Assert.That(
            await agent.CallForTextAsync("plan", AgentSession.ArgumentsOf("context | grep /ERROR/ | count", Log)),
            Does.Contain("grep /ERROR/\n      text → list of text, 267 items").And.Contain("no paid stage: nothing would be spent\nnothing was spent"));
    }

    [Test]
    public async Task Help_Topics_HavePages()
    {
        using var agent = await AgentSession.OpenAsync();

        Assert.That(await agent.CallForTextAsync("help", "{}"), Is.EqualTo(RlmGuide.Text));
        Assert.That(await agent.CallForTextAsync("help", "{\"topic\":\"`grep`\"}"), Is.EqualTo((await CliRun.RunAsync("help", "grep")).Output));
        var missing = await agent.CallAsync("help", "{\"topic\":\"cuont\"}");
        Assert.That(((bool)missing["isError"]!, AgentSession.TextOf(missing)), Is.EqualTo((true, "there is nothing on `cuont`; did you mean `count`?")));
    }

    [Test]
    public async Task Run_LongValue_IsLinkedTo()
    {
        using var agent = await AgentSession.OpenAsync();

        var result = await agent.CallAsync("run", AgentSession.ArgumentsOf("context | grep /ERROR/", Log));

        var link = result["content"]![1]!;
        string uri = link["uri"]!.ToString();
        Assert.That(AgentSession.TextOf(result), Does.StartWith("list of text, 38 of 267 items shown\n").And.Contain($"\n… 229 items left out …\n").And.Contain($"is the resource {uri};"));
        Assert.That((link["type"]!.ToString(), (long)link["size"]!), Is.EqualTo(("resource_link", 28_088L)));
        string whole = (await agent.AskAsync("resources/read", $$"""{"uri":"{{uri}}"}"""))["result"]!["contents"]![0]!["text"]!.ToString();
        Assert.That(whole, Is.EqualTo(string.Join('\n', File.ReadLines(TestFiles.Sample(Log)).Where(line => line.Contains("ERROR", StringComparison.Ordinal)))));
        Assert.That((await agent.AskAsync("resources/list"))["result"]!["resources"]!.AsArray().Select(one => one!["uri"]!.ToString()), Is.EqualTo(["rlm://language", "rlm://operators", uri]));
    }

    /// <summary>Links came with the revision of June 2025; the text names the resource all the same.</summary>
    [Test]
    public async Task Run_HostWithoutLinks_HasTheTextAlone()
    {
        using var agent = await AgentSession.OpenAsync("2025-03-26");

        var result = await agent.CallAsync("run", AgentSession.ArgumentsOf("context | grep /ERROR/", Log));

        Assert.That(result["content"]!.AsArray(), Has.Count.EqualTo(1));
        Assert.That(AgentSession.TextOf(result), Does.Contain("is the resource rlm://results/"));
    }

    [Test]
    public async Task Run_ValueTooLongToKeep_IsShownByItsPreview()
    {
        string path = TestFiles.NewFile(string.Concat(Enumerable.Repeat("a line of some length that is there again and again\n", 60_000)));
        using var agent = await AgentSession.OpenAsync("2025-11-25", "{}", "--allow", Path.GetDirectoryName(path)!);

        var shown = await agent.CallAsync("run", AgentSession.ArgumentsOf("context | lines", "file.txt"));
        Assert.That(AgentSession.TextOf(shown), Does.Contain("of 60,000 items shown").And.Contain("The whole of it is too long to be kept"));
        Assert.That(shown["content"]!.AsArray(), Has.Count.EqualTo(1));

        var answer = await agent.CallAsync("run", AgentSession.ArgumentsOf("answer context", "file.txt"));
        Assert.That((bool)answer["isError"]!, Is.True);
        Assert.That(AgentSession.TextOf(answer), Does.Contain("error RLM5005: the answer has more than 2,000,000 characters (the most that are kept)").And.Contain("`first 100`"));
    }

    [Test]
    public async Task Run_LongAnswer_ShowsItsStart()
    {
        using var agent = await AgentSession.OpenAsync();

        string text = await agent.RunAsync("answer context", Log);

        Assert.That(text, Does.StartWith("answer, its first 10,000 of 763,359 characters:\n2026-03-01 00:00:07").And.Contain("The whole of it, 763,359 characters, is the resource rlm://results/"));
    }

    [Test]
    public async Task Run_Losses_AreTold()
    {
        using var agent = await AgentSession.OpenAsync();

        string text = await agent.RunAsync("answer context | lines | extract /took=(?<ms>\\d+)ms$/ | count", Log);

        Assert.That(text, Does.Match(@"^264\n\npartial: extract: 9,525 of 10,000 lines look like .*; write the pattern .*\n\nnotes:\n- extract: 264 of 10,000 lines matched; "));
    }

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

    [TestCase("run", "{}", "`program` is missing: write it as a text, such as \"context | grep /ERROR/ | count\"")]
    [TestCase("run", "[]", "the arguments of `run` are an object: program, contexts, session")]
    [TestCase("run", """{"programm":"x"}""", "`run` has no argument `programm`; did you mean `program`?")]
    [TestCase("run", """{"program":7}""", "`program` is a text")]
    [TestCase("run", """{"program":"x","contexts":7}""", "`contexts` is a list of texts, such as [\"server.log\"] or [\"orders=orders.csv\"]")]
    [TestCase("run", """{"program":"x","contexts":[]}""", "`contexts` names 1 to 100 contexts; a folder or a glob such as \"logs/*.log\" is one, a list of documents")]
    [TestCase("run", """{"program":"x","contexts":["let=server.log"]}""", "`let` is not a name for a context: it is a word of the language")]
    [TestCase("run", """{"program":"x","contexts":["nope.log"]}""", "nope.log` does not exist; check the path")]
    [TestCase("run", """{"program":"x","session":"nope"}""", "there is no session `nope`: it is of an earlier start of the server, or there never was. Leave `session` out to start one")]
    [TestCase("run", """{"program":"x","contexts":["a=server.log","a=orders.csv"]}""", "`a` names 2 contexts, server.log and orders.csv: give each a name of its own")]
    [TestCase("run", """{"program":"x","contexts":["file://elsewhere/server.log"]}""", "`file://elsewhere/server.log` is not a file of this machine: write file:///PATH, or the path alone")]
    [TestCase("run", """{"program":"x","contexts":["file:///etc/pass%77d"]}""", "`file:///etc/pass%77d` is outside of what may be read")]
    [TestCase("run", """{"program":"x","contexts":["a=./sub%20folder/nope.log"]}""", "`./sub%20folder/nope.log` does not exist")]
    [TestCase("describe", "{}", "name the files, as in {\"contexts\": [\"server.log\"]}; they may be in ")]
    public async Task Call_BadArguments_TellsWhatToWrite(string tool, string arguments, string message)
    {
        using var agent = await AgentSession.OpenAsync();

        var result = await agent.CallAsync(tool, arguments);

        Assert.That((bool)result["isError"]!, Is.True);
        Assert.That(AgentSession.TextOf(result), Does.Contain(message));
    }

    [Test]
    public async Task Call_UnknownToolOrResource_IsAnError()
    {
        using var agent = await AgentSession.OpenAsync();

        var tool = (await agent.AskAsync("tools/call", AgentSession.ParametersOf("nope", "{}")))["error"]!;
        Assert.That(((int)tool["code"]!, tool["message"]!.ToString()), Is.EqualTo((-32602, "there is no such tool; there are describe, run, help, check, plan")));
        Assert.That((int)(await agent.AskAsync("resources/read", """{"uri":"file:///etc/passwd"}"""))["error"]!["code"]!, Is.EqualTo(-32002));
        using var newest = AgentSession.StartStateless("{}");
        Assert.That((int)(await newest.AskAsync("resources/read", """{"uri":"rlm://results/1"}"""))["error"]!["code"]!, Is.EqualTo(-32602));
    }

    [Test]
    public async Task Session_OfOthers_IsRefused()
    {
        using var agent = await AgentSession.OpenAsync();
        string session = AgentSession.SessionOf(await agent.RunAsync("context | lines | count", Log));

        Assert.That(await agent.RunAsync("context | lines | count", Log, session), Does.StartWith("number\n10000\n"));
        Assert.That(await agent.RunAsync("context | lines | count", "orders.csv", session), Does.StartWith($"session `{session}` is over context="));
    }

    [Test]
    public async Task Session_Oldest_IsDropped()
    {
        using var agent = await AgentSession.OpenAsync();
        string first = AgentSession.SessionOf(await agent.RunAsync("1 + 1")), second = AgentSession.SessionOf(await agent.RunAsync("1 + 1"));
        for (int i = 0; i < 14; i++)
            await agent.RunAsync("1 + 1");
        await agent.RunAsync("1 + 1", session: first);
        await agent.RunAsync("1 + 1");

        Assert.That(await agent.RunAsync("1 + 1", session: first), Does.StartWith("number\n2\n"));
        Assert.That(await agent.RunAsync("1 + 1", session: second), Does.StartWith($"session `{second}` was dropped: the 16 that were used last are kept; there are "));
        Assert.That(agent.Error, Does.Contain($"session {second} is dropped: the 16 that were used last are kept"));
    }

    [TestCase("file://")]
    [TestCase("FILE://localhost")]
    public async Task Contexts_AsAddresses_AreFilesBelowTheFolders(string scheme)
    {
        string path = TestFiles.NewFile("a\nb\n", "two words.txt");
        using var agent = await AgentSession.OpenAsync(args: ["--allow", Path.GetDirectoryName(path)!]);

        Assert.That(await agent.RunAsync("context | lines | count", $"{scheme}{path.Replace(" ", "%20")}"), Does.StartWith("number\n2\n"));
    }

    [Test]
    public async Task Contexts_WithoutNames_AreOneListOfDocuments()
    {
        using var agent = await AgentSession.OpenAsync();
        string text = await agent.CallForTextAsync("run", """{"program":"context | count","contexts":["server.log","orders.csv"]}""");

        Assert.That(text, Does.StartWith("number\n2\n"));
    }

    [Test]
    public async Task Contexts_OfTheCommandLine_AreThere()
    {
        using var agent = await AgentSession.OpenAsync("2025-11-25", "{}", "-c", TestFiles.Sample(Log), "--var", "what=ERROR");

        Assert.That(await agent.RunAsync("context | grep \"{what}\" | count"), Does.StartWith("number\n267\n"));
        Assert.That(await agent.CallForTextAsync("describe", "{}"), Does.StartWith("context: text, 10,000 lines"));
        Assert.That((await agent.AskAsync("resources/read", """{"uri":"rlm://contexts"}"""))["result"]!["contents"]![0]!["text"]!.ToString(), Does.StartWith("context: text, 10,000 lines"));
        Assert.That(await agent.RunAsync("context | count", "what=orders.csv"), Does.StartWith("`what` is a variable of the server already"));
    }

    [Test]
    public async Task Resources_OfTheLanguage_CanBeRead()
    {
        using var agent = await AgentSession.OpenAsync();

        async Task<string> ReadAsync(string uri) => (await agent.AskAsync("resources/read", $$"""{"uri":"{{uri}}"}"""))["result"]!["contents"]![0]!["text"]!.ToString();
        Assert.That(await ReadAsync("rlm://language"), Is.EqualTo(RlmGuide.Text));
        Assert.That(await ReadAsync("rlm://help/map%20llm"), Is.EqualTo((await CliRun.RunAsync("help", "map llm")).Output));
        string[] operators = (await ReadAsync("rlm://operators")).Split('\n');
        foreach (var signature in RlmLanguage.Operators)
            Assert.That(operators.Any(line => line.StartsWith(signature.Head, StringComparison.Ordinal)), signature.Name);
        Assert.That((await agent.AskAsync("resources/templates/list"))["result"]!["resourceTemplates"]![0]!["uriTemplate"]!.ToString(), Is.EqualTo("rlm://help/{topic}"));
    }

    /// <summary>Hosts cut what is longer than some 2,000 characters.</summary>
    [Test]
    public async Task Tools_Descriptions_AreShortAndTheirExamplesRight()
    {
        using var agent = await AgentSession.OpenAsync();

        var tools = (await agent.AskAsync("tools/list"))["result"]!["tools"]!.AsArray();

        Assert.That(tools.Select(tool => tool!["name"]!.ToString()), Is.EqualTo(["describe", "run", "help", "check", "plan"]));
        Assert.That(tools.Select(tool => tool!["description"]!.ToString().Length), Is.All.InRange(100, 1_900));
        Assert.That(tools.Select(tool => (bool)tool!["annotations"]!["readOnlyHint"]!), Is.All.True);
        string[] lines = tools[1]!["description"]!.ToString().Split('\n');
        string[] examples = [.. lines.SkipWhile(line => line != "Examples:").Skip(1).SkipLast(1)];
        Assert.That(examples, Has.Length.EqualTo(6));
        Assert.That(RlmProgram.Compile(string.Join('\n', examples), "examples", ["context"]).Diagnostics, Is.Empty);
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
