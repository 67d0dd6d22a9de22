namespace Rlm.Cli.Tests.Commands;

/// <summary>The grammar that a root's replies are held to is sent where the server takes one, and only with the root's calls.</summary>
internal sealed class GrammarOptionTests
{
    private const string Question = "How many errors are there?";
    private const string Program = "```rlm\nanswer context | lines | where llm \"Is it an error?\" | count\n```";

    [TestCase("llamacpp", "grammar", "root ::= fenced ")]
    [TestCase("vllm", "structured_outputs", "root ::= fenced ")]
    [TestCase("library", null, "")]
    [TestCase(null, null, "")]
    public async Task RunAsync_Auto_IsSentToServersThatTakeOne(string? owner, string? field, string start)
    {
        await using var server = Serve(owner, _ => null);

        var run = await AskAsync(server);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "2\n")), run.Error);
        var root = server.Received.Single(IsRoot);
        Assert.That(FieldsOf(root), Is.EqualTo(field is null ? (string[])[] : [field]));
        if (field is not null)
            Assert.That(GrammarOf(root), Does.StartWith(start).And.Contain("\"```rlm\\n\" program"));
        Assert.That(server.Received.Where(request => !request.IsList && !IsRoot(request)).SelectMany(FieldsOf), Is.Empty);
    }

    [TestCase("off", null)]
    [TestCase("llama.cpp", "grammar")]
    [TestCase("vllm", "structured_outputs")]
    public async Task RunAsync_Named_IsSentAsThatServerTakesIt(string when, string? field)
    {
        await using var server = Serve("llamacpp", _ => null);

        var run = await AskAsync(server, "--grammar", when, "-m", "m");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "2\n")), run.Error);
        Assert.That(FieldsOf(server.Received.Single(IsRoot)), Is.EqualTo(field is null ? (string[])[] : [field]));
    }

    [Test]
    public async Task RunAsync_CustomTool_IsTheFormatOfAToolWhoseInputIsTheProgram()
    {
        const string Called = """
            {"id":"1","model":"m","choices":[{"message":{"content":CONTENT,"tool_calls":[{"id":"c","type":"custom",
            "custom":{"name":"rlm","input":"answer context | lines | count\n"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":9,"completion_tokens":9}}
            """;
        foreach (string content in new[] { "null", "\"\"", "\"I count the lines.\"" })
        {
            await using var server = Serve(null, _ => LoopbackReply.Error(200, Called.Replace("CONTENT", content, StringComparison.Ordinal)));

            var run = await AskAsync(server, "--grammar", "custom-tool");

            Assert.That((run.Code, run.Output), Is.EqualTo((0, "2\n")), run.Error);
            var json = server.Received.Single(IsRoot).Json;
            var tool = json.GetProperty("tools").EnumerateArray().Single().GetProperty("custom");
            Assert.That(json.GetProperty("tool_choice").GetProperty("custom").GetProperty("name").GetString(), Is.EqualTo(tool.GetProperty("name").GetString()));
            Assert.That(tool.GetProperty("format").GetProperty("grammar").GetProperty("definition").GetString(), Does.StartWith("start: program ").And.Not.Contain("```"));
        }
    }

    [Test]
    public async Task RunAsync_CustomToolIsCutOff_IsNotRun()
    {
        int turns = 0;
        await using var server = Serve(null, _ => turns++ > 0 ? null : LoopbackReply.Error(200, """
            {"id":"1","model":"m","choices":[{"message":{"content":null,"tool_calls":[{"id":"c","type":"custom","custom":{"name":"rlm","input":"answer context | lines | first 1"}}]},
            "finish_reason":"length"}],"usage":{"prompt_tokens":9,"completion_tokens":9}}
            """));

        var run = await AskAsync(server, "--grammar", "custom-tool");

        Assert.That((run.Code, run.Output, turns), Is.EqualTo((0, "2\n", 2)), run.Error);
    }

    [TestCase("off", null)]
    [TestCase("auto", "grammar")]
    public async Task RunAsync_Off_IsNotSentToServersThatTakeOne(string when, string? field)
    {
        await using var server = Serve("llamacpp", _ => null);

        var run = await AskAsync(server, "--grammar", when);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(FieldsOf(server.Received.Single(IsRoot)), Is.EqualTo(field is null ? (string[])[] : [field]));
    }

    [Test]
    public async Task RunAsync_Refused_IsToldAndLeftOutFromThenOn()
    {
        int turns = 0;
        await using var server = Serve("vllm", request => FieldsOf(request).Count > 0
            ? LoopbackReply.Error(400, """{"error":{"message":"Failed to parse the grammar"}}""")
            : turns++ == 0 ? LoopbackReply.Text("```rlm\ncontext | lines | count\n```") : null);

        var run = await AskAsync(server);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "2\n")), run.Error);
        Assert.That(server.Received.Where(IsRoot).Select(request => FieldsOf(request).Count), Is.EqualTo(new[] { 1, 0, 0 }));
        Assert.That(run.Error, Does.Contain("`m` does not take a grammar for its replies"));
    }

    private static LoopbackModelServer Serve(string? owner, Func<LoopbackRequest, LoopbackReply?> answer) => new(request =>
        IsRoot(request) ? answer(request) ?? LoopbackReply.Text(Program) : "yes")
    {
        ModelsReply = LoopbackReply.Error(200, owner is null ? """{"data":[{"id":"m"}]}""" : $$"""{"data":[{"id":"m","owned_by":"{{owner}}"}]}"""),
    };

    private static Task<CliRun> AskAsync(LoopbackModelServer server, params string[] more) => new CliSetup { Input = "ERROR 1\nERROR 2\n" }
        .RunAsync(["ask", Question, "--base-url", server.OpenAiUrl.ToString(), .. more]);

    private static bool IsRoot(LoopbackRequest request) => request.System.Contains("You work in turns", StringComparison.Ordinal);

    private static IReadOnlyList<string> FieldsOf(LoopbackRequest request) =>
        [.. new[] { "grammar", "structured_outputs" }.Where(field => request.Json.TryGetProperty(field, out _))];

    private static string GrammarOf(LoopbackRequest request) => request.Json.TryGetProperty("grammar", out var grammar)
        ? grammar.GetString()!
        : request.Json.GetProperty("structured_outputs").GetProperty("grammar").GetString()!;
}
