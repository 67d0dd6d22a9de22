namespace Rlm.Cli.Tests.Mcp;

/// <summary>What each tool gives an agent, and what it says of arguments that are wrong.</summary>
[CancelAfter(60_000)]
internal sealed class McpToolTests
{
    private const string Log = "server.log";

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
}
