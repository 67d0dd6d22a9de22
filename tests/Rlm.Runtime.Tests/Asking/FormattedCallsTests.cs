using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Tests.Models;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>Replies that a client is told to hold to a JSON schema, over the real client and real HTTP.</summary>
internal sealed class FormattedCallsTests
{
    private const string Refusal =
        """{"error":{"message":"Invalid parameter: 'response_format' of type 'json_schema' is not supported with this model.","type":"invalid_request_error"}}""";

    private static readonly ModelClientOptions Keeping = ModelClients.Fast with { Traits = new ChatClientTraits { KeepsToSchema = true } };

    [Test]
    public async Task Label_Client_IsGivenTheLabels()
    {
        await using var server = new LoopbackModelServer("""{"reply":"spam"}""");

        var run = await ProgramRun.RunAsync("answer llm \"Which?\" as one of [\"spam\", \"ham\"]", "win", Connect(server));

        Assert.That(run.Answer, Is.EqualTo("spam"));
        var format = server.Received[0].Json.GetProperty("response_format");
        Assert.That(format.GetProperty("json_schema").GetProperty("strict").GetBoolean(), Is.True);
        Assert.That(
            format.GetProperty("json_schema").GetProperty("schema").GetRawText(),
            Is.EqualTo("""{"type":"object","properties":{"reply":{"type":"string","enum":["spam","ham"]}},"required":["reply"],"additionalProperties":false}"""));
    }

    [Test]
    public async Task PackedLabels_Client_IsGivenARowEach()
    {
        await using var server = new LoopbackModelServer("""{"1":"spam","2":"ham","3":"spam"}""");

        var run = await ProgramRun.RunAsync(
            "answer lines | extend k = llm \"Which?\" as one of [\"spam\", \"ham\"] | get k", ProgramRun.Items(3), Connect(server));

        Assert.That(run.Answer, Is.EqualTo("spam\nham\nspam"));
        var schema = SchemaOf(server.Received[0]);
        Assert.That(
            schema.GetProperty("required").GetRawText(), Is.EqualTo("""["1","2","3"]"""));
        Assert.That(schema.GetProperty("$defs").GetRawText(), Is.EqualTo("""{"row":{"type":"string","enum":["spam","ham"]}}"""));
    }

    [TestCase("number", """{"reply":12}""", "12")]
    [TestCase("number?", """{"reply":null}""", "none")]
    [TestCase("bool", """{"reply":false}""", "false")]
    [TestCase("date", """{"reply":"2026-03-05"}""", "2026-03-05")]
    [TestCase("quote", """{"reply":"won 12"}""", "won 12")]
    [TestCase("list of text", """{"reply":["a","b"]}""", "a\nb")]
    [TestCase("{team: text, wins: number}", """{"team":"Reds","wins":12}""", "Reds: 12")]
    public async Task TypedReply_Client_IsGivenTheTypeAndRead(string type, string reply, string expected)
    {
        await using var server = new LoopbackModelServer(reply);
        string answer = type[0] == '{' ? "\"{r.team}: {r.wins}\"" : "r";

        var run = await ProgramRun.RunAsync($"let r = llm \"What?\" as {type}\nanswer {answer}", "The Reds won 12", Connect(server));

        Assert.That(run.Answer, Is.EqualTo(expected));
        Assert.That(SchemaOf(server.Received[0]).GetProperty("type").GetString(), Is.EqualTo("object"));
    }

    [Test]
    public async Task ReplyThatKeepsToNoSchema_IsCheckedAndAskedAgain()
    {
        await using var server = new LoopbackModelServer("""{"reply":"eggs"}""", "ham");

        var run = await ProgramRun.RunAsync("answer llm \"Which?\" as one of [\"spam\", \"ham\"]", "win", Connect(server));

        Assert.That((run.Answer, server.Requests), Is.EqualTo(("ham", 2)));
        Assert.That(server.Received[1].LastUserText, Does.Contain("`eggs` is none of the labels"));
    }

    [Test]
    public async Task ServerThatRefuses_IsAskedWithout_AndFromThenOn()
    {
        await using var server = new LoopbackModelServer(request => HasFormat(request) ? LoopbackReply.Error(400, Refusal) : "spam");
        using var client = Connect(server);
        const string program = "answer llm \"Which?\" as one of [\"spam\", \"ham\"]";

        var first = await ProgramRun.RunAsync(program, "win", client);
        var second = await ProgramRun.RunAsync(program, "lose", client);

        Assert.That((first.Answer, second.Answer), Is.EqualTo(("spam", "spam")));
        Assert.That(server.Received.Select(HasFormat), Is.EqualTo(new[] { true, false, false }));
        Assert.That(first.Notes, Is.EqualTo(second.Notes).And.Some.Contain("`test-model` does not take a JSON schema for its replies"));

        // One call, whose reply alone is charged.
        Assert.That((first.Result.Usage.Calls, first.Result.Usage.InputTokens, first.Result.Usage.OutputTokens), Is.EqualTo((1, 11L, 7L)));
    }

    [Test]
    public async Task ServerThatRefusesThePrompt_FailsAsItSays()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(400, """{"error":{"message":"The prompt is odd."}}"""));
        using var client = Connect(server);

        var run = await ProgramRun.RunAsync("answer llm \"Which?\" as one of [\"spam\", \"ham\"]", "win", client);

        Assert.That(run.Answer, Is.Null);
        Assert.That(string.Join('\n', run.Result.Reasons), Does.Contain("The prompt is odd."));
        Assert.That(run.Notes, Has.None.Contain("JSON schema"));
    }

    [Test]
    public async Task ClientOfTheHostThatThrows_IsAskedWithout()
    {
        var model = new ScriptedChatClient(call => call.Options?.ResponseFormat is null ? "12" : throw new NotSupportedException("No formats."))
        {
            Services = [new ChatClientTraits { KeepsToSchema = true }],
        };

        var run = await ProgramRun.RunAsync("answer llm \"How many?\" as number", "win", model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("12", 2)));
        Assert.That(run.Notes, Has.Some.Contain("does not take a JSON schema"));
    }

    [Test]
    public async Task Journal_RepliesOfASchema_AreThoseOfTheSamePromptWithout()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.jsonl");
        const string program = "answer lines | extend k = llm \"Which?\" as one of [\"spam\", \"ham\"] | get k";
        var kept = new ScriptedChatClient("""{"1":"spam","2":"ham"}""") { Services = [new ChatClientTraits { KeepsToSchema = true }] };
        var silent = new ScriptedChatClient();

        using (var journal = RlmJournal.Create(path))
            await ProgramRun.RunAsync(program, ProgramRun.Items(2), kept, new() { Journal = journal });
        ProgramRun resumed;
        using (var journal = RlmJournal.Resume(path))
            resumed = await ProgramRun.RunAsync(program, ProgramRun.Items(2), silent, new() { Journal = journal });
        File.Delete(path);

        Assert.That((resumed.Answer, silent.CallCount), Is.EqualTo(("spam\nham", 0)));
    }

    [Test]
    public async Task Anthropic_Labels_AreTheFormatOfTheOutput()
    {
        await using var server = new LoopbackModelServer("""{"1":"spam","2":"ham"}""");

        var run = await ProgramRun.RunAsync(
            "answer lines | extend k = llm \"Which?\" as one of [\"spam\", \"ham\"] | get k",
            ProgramRun.Items(2), ModelClients.Connect(server, ModelProvider.Anthropic, Keeping));

        Assert.That(run.Answer, Is.EqualTo("spam\nham"));
        Assert.That(server.Received[0].Json.GetProperty("output_config").GetRawText(), Is.EqualTo(
            """{"format":{"type":"json_schema","schema":{"type":"object","properties":{"1":{"$ref":"#/$defs/row"},"2":{"$ref":"#/$defs/row"}},"required":["1","2"],"additionalProperties":false,"$defs":{"row":{"type":"string","enum":["spam","ham"]}}}}}"""));
    }

    [Test]
    public async Task AnthropicModelWithoutSchemas_IsAskedWithout_AndAfterTwoFromThenOn()
    {
        const string refusal =
            """{"type":"error","error":{"type":"invalid_request_error","message":"'test-model' does not support output format."}}""";
        await using var server = new LoopbackModelServer(request => HasOutputConfig(request) ? LoopbackReply.Error(400, refusal) : "12");
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic, Keeping);

        var runs = new List<ProgramRun>();
        foreach (string type in new[] { "number", "number", "number?", "list of number" })
            runs.Add(await ProgramRun.RunAsync($"answer llm \"How many?\" as {type}", "win", client));

        Assert.That(runs.Select(run => run.Answer), Is.All.EqualTo("12"));
        Assert.That(server.Received.Select(HasOutputConfig), Is.EqualTo(new[] { true, false, false, true, false, false }));
        Assert.That(runs.Select(run => run.Notes), Is.All.Some.Contain("`test-model` does not take a JSON schema for its replies"));
    }

    [Test]
    public async Task SchemaThatIsTooMuch_IsLeftOut_AndOthersStay()
    {
        const string refusal =
            """{"type":"error","error":{"type":"invalid_request_error","message":"The compiled grammar is too large, which would cause performance issues."}}""";
        await using var server = new LoopbackModelServer(request => request.Body.Contains("\"enum\"", StringComparison.Ordinal)
            ? LoopbackReply.Error(400, refusal)
            : HasOutputConfig(request) ? """{"reply":12}""" : "spam");
        using var client = ModelClients.Connect(server, ModelProvider.Anthropic, Keeping);

        foreach (string type in new[] { "number", "one of [\"spam\", \"ham\"]", "one of [\"spam\", \"eggs\"]", "number?" })
            Assert.That((await ProgramRun.RunAsync($"answer llm \"What?\" as {type}", "win", client)).Answer, Is.Not.Null);

        Assert.That(server.Received.Select(HasOutputConfig), Is.EqualTo(new[] { true, true, false, true, false, true }));
    }

    [Test]
    public void Provider_ItsOwnAddress_KeepsToSchemas([Values("openai", "anthropic")] string name)
    {
        var provider = ModelClients.Provider(name);

        Assert.That(Traits(provider.Url).KeepsToSchema, Is.True);
        Assert.That(Traits(new Uri("http://127.0.0.1:8000/v1")).KeepsToSchema, Is.False);

        ChatClientTraits Traits(Uri url) =>
            new ModelEndpoint(provider, url, "m", "k-123456").CreateClient(ModelClients.Http).GetRequiredService<ChatClientTraits>();
    }

    private static IChatClient Connect(LoopbackModelServer server) => ModelClients.Connect(server, ModelProvider.OpenAi, Keeping);

    private static bool HasFormat(LoopbackRequest request) => request.Json.TryGetProperty("response_format", out _);

    private static bool HasOutputConfig(LoopbackRequest request) => request.Json.TryGetProperty("output_config", out _);

    private static JsonElement SchemaOf(LoopbackRequest request) =>
        request.Json.GetProperty("response_format").GetProperty("json_schema").GetProperty("schema");
}
