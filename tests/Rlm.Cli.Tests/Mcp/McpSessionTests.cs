namespace Rlm.Cli.Tests.Mcp;

/// <summary>What a session keeps: contexts, variables and the resources that its results link to.</summary>
[CancelAfter(60_000)]
internal sealed class McpSessionTests
{
    private const string Log = "server.log";

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
}
