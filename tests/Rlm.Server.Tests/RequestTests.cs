namespace Rlm.Server.Tests;

/// <summary>Requests that are wrong, or ask for what cannot be had.</summary>
internal sealed class RequestTests
{
    [TestCase("{", 400, "invalid_json", "The body is not JSON")]
    [TestCase("[]", 400, "invalid_json", "The body is not a JSON object.")]
    [TestCase("""{"model":"rlm","model":"rlm"}""", 400, "invalid_json", "The body is not JSON")]
    [TestCase("""{"messages":[]}""", 400, "invalid_request", "`model` is missing")]
    [TestCase("""{"model":"rlm","messages":[]}""", 400, "invalid_request", "`messages` is a list with at least one message.")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":5}]}""", 400, "invalid_request", "Message 0 has a `content`")]
    [TestCase("""{"model":"rlm","messages":[{"role":"clown","content":"a"}]}""", 400, "unsupported", "`clown` is for models whose server speaks")]
    [TestCase("""{"model":"rlm","messages":[{"content":"a"}]}""", 400, "invalid_request", "Message 0 has no `role`.")]
    [TestCase("""{"model":"rlm","messages":[{"role":"tool","content":"a"}]}""", 400, "invalid_request", "Message 0 has no `tool_call_id`.")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"\ud800"}]}""", 400, "invalid_json", "A text of the body is not Unicode.")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"a"}],"stream":1}""", 400, "invalid_request", "`stream` is true or false.")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"a"}],"temperature":"hot"}""", 400, "invalid_request", "`temperature` is a number.")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"a"}],"n":2}""", 400, "unsupported", "`n` is for models whose server speaks")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://x/y.png"}}]}]}""", 400, "unsupported", "`image_url` is for models")]
    [TestCase("""{"model":"gpt","messages":[{"role":"user","content":"a"}]}""", 404, "model_not_found", "There is no model `gpt`: there are `rlm`, `offline`.")]
    public async Task Post_WrongRequest_IsAnErrorInWords(string body, int expected, string code, string message)
    {
        await using var server = await ServerRun.StartOfflineAsync();

        var (status, json) = await server.AskAsync(body);

        var error = json.GetProperty("error");
        Assert.Multiple(() =>
        {
            Assert.That((status, error.GetProperty("code").GetString()), Is.EqualTo((expected, code)));
            Assert.That(error.GetProperty("message").GetString(), Does.StartWith(message));
            Assert.That(error.GetProperty("type").GetString(), Is.EqualTo("invalid_request_error"));
        });
    }

    [TestCase("n", "2")]
    [TestCase("logprobs", "true")]
    [TestCase("tools", """[{"type":"function","function":{"name":"f"}}]""")]
    public async Task Post_LongWithWhatOnlyTheModelGives_IsRefused(string field, string value)
    {
        await using var models = new LoopbackModelServer("x");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");

        var (status, json) = await server.AskAsync(Conversations.Long("How many?", (field, System.Text.Json.Nodes.JsonNode.Parse(value)!)));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(json.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo($"`{field}` is for conversations that fit the model, and this one is longer: leave it out."));
        Assert.That(models.Requests, Is.Zero);
    }

    [TestCase("n", "\"two\"", "`n` is a whole number.")]
    [TestCase("response_format", """{"type":"grammar"}""", "`response_format` is ")]
    public async Task Post_LongWithWhatCannotBeRead_IsRefused(string field, string value, string message)
    {
        await using var models = new LoopbackModelServer("x");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");

        var (status, json) = await server.AskAsync(Conversations.Long("How many?", (field, System.Text.Json.Nodes.JsonNode.Parse(value)!)));

        Assert.That(status, Is.EqualTo(400));
        Assert.That(json.GetProperty("error").GetProperty("message").GetString(), Does.StartWith(message));
        Assert.That(models.Requests, Is.Zero);
    }

    [Test]
    public async Task Post_LongAfterACallWhoseArgumentsAreNoText_IsAnswered()
    {
        await using var models = new LoopbackModelServer("```rlm\nanswer (context | grep /ERROR/ | count)\n```");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");
        string body = Conversations.Long().Replace("\"messages\":[", """
            "messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{\"a\":{\"b\":\"\\ud800\"}}"}}]},
            """, StringComparison.Ordinal);

        var (status, _) = await server.AskAsync(body);

        Assert.That(status, Is.EqualTo(200));
    }

    [Test]
    public async Task Post_LongAndTheModelFails_DoesNotTellWhereItIs()
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Error(401, """{"error":{"message":"no"}}"""));
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");

        var (status, json) = await server.AskAsync(Conversations.Long());

        Assert.That(status, Is.EqualTo(502));
        Assert.That(json.GetProperty("error").GetProperty("message").GetString(), Does.Not.Contain("http").And.Not.Contain("127.0.0.1"));
    }

    [Test]
    public async Task Post_SchemaThatIsNone_IsRefusedBeforeAnybodyIsAsked()
    {
        await using var models = new LoopbackModelServer("x");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");
        var format = System.Text.Json.Nodes.JsonNode.Parse("""{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"nothing"}}}""")!;

        var (status, json) = await server.AskAsync(Conversations.Long("How many?", ("response_format", format)));

        var error = json.GetProperty("error");
        Assert.That((status, error.GetProperty("param").GetString()), Is.EqualTo((400, "response_format")));
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith("The schema cannot be the shape of an answer: "));
        Assert.That(models.Requests, Is.Zero);
    }

    [Test]
    public async Task Post_LargerThanTheServerTakes_Is413()
    {
        await using var server = await ServerRun.StartOfflineAsync("--max-body", "1m");

        var (status, json) = await server.AskAsync(Conversations.Short().Replace("Say hello", new string('x', 1 << 20), StringComparison.Ordinal));

        Assert.That(status, Is.EqualTo(413));
        Assert.That(json.GetProperty("error").GetProperty("message").GetString(), Is.EqualTo("The request has more than 1,048,576 bytes, the most of --max-body."));
    }

    [TestCase("GET", "v1/models/rlm", 200)]
    [TestCase("GET", "v1/models/other", 404)]
    [TestCase("GET", "v1/chat/completions", 405)]
    [TestCase("OPTIONS", "v1/chat/completions", 405)]
    [TestCase("POST", "v1/completions", 404)]
    [TestCase("GET", "", 200)]
    public async Task Send_Path_HasItsStatus(string method, string path, int status)
    {
        await using var server = await ServerRun.StartOfflineAsync();

        using var response = await server.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }
}
