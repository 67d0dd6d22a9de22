using System.Text.Json.Nodes;

namespace Rlm.Cli.Tests.Mcp;

/// <summary>Nothing is spent that the host's user, or the command line, has not allowed.</summary>
[CancelAfter(60_000)]
internal sealed class SpendingTests
{
    private const string Program = "answer context | lines | map llm \"Say: {it}\" | join \",\"";
    private const string Forms = """{"elicitation":{}}""";

    private static readonly string Folder = Path.GetDirectoryName(TestFiles.NewFile("a\nb\nc"))!;
    private static readonly string Arguments = AgentSession.ArgumentsOf(Program, "file.txt");

    /// <summary>The built-in model answers only who names it.</summary>
    [Test]
    public async Task Run_NoModel_IsRefused()
    {
        using var agent = await AgentSession.OpenAsync("2025-11-25", Forms, "--allow", Folder, "--base-url", "http://127.0.0.1:1/v1");
        var refused = await agent.CallAsync("run", Arguments);
        Assert.That((bool)refused["isError"]!, Is.True);

        using var named = await AgentSession.OpenAsync("2025-11-25", Forms, "--allow", Folder, "-m", "offline", "--yes", "-q");
        Assert.That(await named.CallForTextAsync("run", Arguments), Does.Contain("spent: 3 sub-calls"));
    }

    [Test]
    public async Task Plan_NoModel_IsMadeForTheBuiltInOne()
    {
        using var agent = await AgentSession.OpenAsync("2025-11-25", Forms, "--allow", Folder, "--no-config");
        var plan = await agent.CallAsync("plan", Arguments);

        Assert.That(plan["isError"], Is.Null);
        Assert.That(AgentSession.TextOf(plan), Does.Contain("exactly 3 calls").And.Contain("nothing was spent\n\nthe server has no model: ")
            .And.Contain("`run` refuses the program until then"));
        Assert.That((bool)(await agent.CallAsync("run", Arguments))["isError"]!, Is.True);
    }

    [Test]
    public async Task Run_HostThatCannotAsk_IsRefusedWithThePlan()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = await OpenAsync(server, "2025-11-25", "{}");

        var result = await agent.CallAsync("run", Arguments);

        Assert.That(((bool)result["isError"]!, server.Requests), Is.EqualTo((true, 0)));
        Assert.That(AgentSession.TextOf(result), Does.Match(
            @"^The program would spend, and this host cannot ask its user:\nmap llm ""Say: \{it\}"": exactly 3 calls \(at most 6 with re-asks\), .*\nNothing was spent\. The server is started with --yes"));
    }

    [Test]
    public async Task Run_Allowed_SpendsWithinTheLimitsOfAllPrograms()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = await OpenAsync(server, "2025-11-25", "{}", "--yes", "--max-calls", "5");

        Assert.That(await agent.CallForTextAsync("run", Arguments), Does.StartWith("fine,fine,fine\n\nread: 3 lines\n\nspent: 3 sub-calls (2 left)"));
        var second = await agent.CallAsync("run", Arguments);
        Assert.That(((bool)second["isError"]!, server.Requests), Is.EqualTo((true, 3)));
        Assert.That(AgentSession.TextOf(second), Does.Contain("error RLM4101").And.Contain("would make 3 calls; 2 are left of 5"));
        Assert.That((bool)(await agent.AskAsync("tools/list"))["result"]!["tools"]![1]!["annotations"]!["readOnlyHint"]!, Is.False);
    }

    [TestCase("accept", true)]
    [TestCase("decline", false)]
    [TestCase("cancel", false)]
    public async Task Run_HostWithAHandshake_AsksInTheMiddle(string action, bool isRun)
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = await OpenAsync(server, "2025-06-18", Forms);

        int id = agent.SendRequest("tools/call", AgentSession.ParametersOf("run", Arguments));
        var question = await agent.ReadAsync(message => message["method"]?.ToString() == "elicitation/create");
        Assert.That(question["params"]!["message"]!.ToString(), Does.Match(@"^Ask the model test-model\?\nmap llm .*: exactly 3 calls .*\n\nThe program:\nanswer context"));
        Assert.That(server.Requests, Is.Zero);
        agent.Send($$"""{"jsonrpc":"2.0","id":{{question["id"]!.ToJsonString()}},"result":{"action":"{{action}}","content":{} } }""");

        var result = (await agent.ReadAnswerAsync(id))["result"]!;
        Assert.That((result["isError"] is null, server.Requests), Is.EqualTo((isRun, isRun ? 3 : 0)));
        Assert.That(AgentSession.TextOf(result), Does.StartWith(isRun ? "fine,fine,fine\n" : "The user did not allow it"));
    }

    [Test]
    public async Task Run_StatelessHost_ComesAgainWithTheAnswer()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = OpenStateless(server);

        var asked = await agent.CallAsync("run", Arguments);
        Assert.That((asked["resultType"]!.ToString(), server.Requests), Is.EqualTo(("input_required", 0)));
        var question = asked["inputRequests"]!["spend"]!;
        Assert.That((question["method"]!.ToString(), question["params"]!["mode"]!.ToString()), Is.EqualTo(("elicitation/create", "form")));
        Assert.That(question["params"]!["message"]!.ToString(), Does.Contain("exactly 3 calls"));

        string answer = AnswerOf(asked, "accept");
        var result = await agent.CallAsync("run", Arguments, answer);
        Assert.That((AgentSession.TextOf(result).Split('\n')[0], server.Requests), Is.EqualTo(("fine,fine,fine", 3)));

        // A yes counts once.
        Assert.That((await agent.CallAsync("run", Arguments, answer))["resultType"]!.ToString(), Is.EqualTo("input_required"));
        Assert.That(server.Requests, Is.EqualTo(3));
    }

    [Test]
    public async Task Run_StatelessAnswer_OfAnotherProgramOrMadeUp_IsAskedAgain()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = OpenStateless(server);
        string answer = AnswerOf(await agent.CallAsync("run", Arguments), "accept");

        Assert.That((await agent.CallAsync("run", AgentSession.ArgumentsOf("context | lines | map llm \"Other\"", "file.txt"), answer))["resultType"]!.ToString(), Is.EqualTo("input_required"));
        Assert.That((await agent.CallAsync("run", Arguments, ""","requestState":"made up","inputResponses":{"spend":{"action":"accept"} }"""))["resultType"]!.ToString(), Is.EqualTo("input_required"));
        Assert.That(server.Requests, Is.Zero);
    }

    [Test]
    public async Task Run_StatelessNo_SpendsNothing()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = OpenStateless(server);

        var result = await agent.CallAsync("run", Arguments, AnswerOf(await agent.CallAsync("run", Arguments), "decline"));

        Assert.That(((bool)result["isError"]!, server.Requests), Is.EqualTo((true, 0)));
    }

    /// <summary>What nobody can tell before the first stage was asked is a second question; replies that were paid for are not paid again.</summary>
    [Test]
    public async Task Run_StageThatIsKnownLater_AsksOnceMore()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = OpenStateless(server);
        string arguments = AgentSession.ArgumentsOf("answer context | lines | map llm \"Say: {it}\" | join \"\\n\" | lines | map llm \"Why {index}?\" | join \",\"", "file.txt");

        var first = await agent.CallAsync("run", arguments);
        var second = await agent.CallAsync("run", arguments, AnswerOf(first, "accept"));
        Assert.That((second["resultType"]!.ToString(), server.Requests), Is.EqualTo(("input_required", 3)));
        var result = await agent.CallAsync("run", arguments, AnswerOf(second, "accept"));

        Assert.That((AgentSession.TextOf(result).Split('\n')[0], server.Requests), Is.EqualTo(("fine,fine,fine", 6)));
    }

    [Test]
    public async Task Run_ProgressToken_TellsCallsOfAll()
    {
        await using var server = new LoopbackModelServer("fine");
        using var agent = await OpenAsync(server, "2025-11-25", "{}", "--yes", "--parallel", "1");
        agent.ProgressToken = "p";

        await agent.CallAsync("run", Arguments);

        var told = agent.ReadRest().Select(message => message["params"]!).ToList();
        Assert.That(told.Select(one => ((long)one["progress"]!, (long)one["total"]!)), Is.EqualTo(new[] { (1L, 3L), (2L, 3L), (3L, 3L) }));
        Assert.That(told[0].ToJsonString(), Does.StartWith("""{"progressToken":"p","progress":1,"total":3,"message":"map llm """));
    }

    private static string AnswerOf(JsonNode asked, string action) =>
        $$""","requestState":{{asked["requestState"]!.ToJsonString()}},"inputResponses":{"spend":{"action":"{{action}}","content":{} } }""";

    private static string[] ArgsOf(LoopbackModelServer server) => ["--allow", Folder, "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "-q"];

    private static Task<AgentSession> OpenAsync(LoopbackModelServer server, string version, string capabilities, params string[] args) =>
        AgentSession.OpenAsync(version, capabilities, [.. ArgsOf(server), .. args]);

    private static AgentSession OpenStateless(LoopbackModelServer server) => AgentSession.StartStateless(Forms, ArgsOf(server));
}
