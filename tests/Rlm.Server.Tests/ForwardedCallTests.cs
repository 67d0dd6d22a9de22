using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rlm.Server.Tests;

/// <summary>Conversations that fit, and go to the model's server.</summary>
internal sealed class ForwardedCallTests
{
    private const string Image =
        """{"tools":[{"type":"function","function":{"name":"f"}}], "model" : "rlm","messages":[{"role":"user","content":[{"type":"text","text":"ä\u00e9"},{"type":"image_url","image_url":{"url":"data:image/png;base64,AA=="}}]}],"n":2 ,"x":1e400}""";

    [Test]
    public async Task Post_ShortMessage_GoesOnByteForByte()
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Raw("""{ "choices" : [], "usage":{"prompt_tokens":5,"completion_tokens":6}, "mine":1 }"""));
        await using var server = await ServerRun.StartAsync(models);

        using var response = await server.PostAsync(Image, "client-secret");

        Assert.Multiple(async () =>
        {
            Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo("""{ "choices" : [], "usage":{"prompt_tokens":5,"completion_tokens":6}, "mine":1 }"""));
            Assert.That(models.Received[0].Body, Is.EqualTo(Image.Replace("\"rlm\"", "\"test-model\"", StringComparison.Ordinal)));
            Assert.That(models.Received[0].Headers["Authorization"], Is.EqualTo("Bearer sk-upstream"));
            Assert.That(await server.Http.GetStringAsync("metrics"), Does.Contain("rlm_tokens_total{direction=\"out\"} 6\n").And.Contain("rlm_forwarded_total 1\n"));
        });
    }

    [TestCase("""{"model":"rlm","messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"custom","custom":{"name":"f","input":"x"}}]},{"role":"tool","tool_call_id":"c","content":"a"}]}""")]
    [TestCase("""{"model":"rlm","messages":[{"content":"a"}]}""")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"\ud800"}]}""")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"a"}],"response_format":{"type":"grammar"}}""")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"a"}],"seed":1.0,"max_tokens":5.0,"n":1.0,"logprobs":3}""")]
    [TestCase("""{"model":"rlm","messages":[{"role":"user","content":"a"}],"x":1,"x":2}""")]
    public async Task Post_ShortWithWhatIsNotKnown_IsTheModelsToJudge(string body)
    {
        await using var models = new LoopbackModelServer("fine");
        await using var server = await ServerRun.StartAsync(models);

        var (status, _) = await server.AskAsync(body);

        Assert.That(status, Is.EqualTo(200));
        Assert.That(models.Received[0].Body, Is.EqualTo(body.Replace("\"rlm\"", "\"test-model\"", StringComparison.Ordinal)));
    }

    [Test]
    public async Task Post_Stream_ComesBackAsItIs()
    {
        const string Events = "data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n: note\n\ndata: {\"choices\":[],\"usage\":{\"prompt_tokens\":3,\"completion_tokens\":4}}\n\ndata: [DONE]\n\n";
        await using var models = new LoopbackModelServer(LoopbackReply.Events(Events));
        await using var server = await ServerRun.StartAsync(models);

        using var response = await server.PostAsync(Conversations.Short());

        Assert.That(await response.Content.ReadAsStringAsync(), Is.EqualTo(Events));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(await server.Http.GetStringAsync("metrics"), Does.Contain("rlm_tokens_total{direction=\"in\"} 3\n"));
    }

    [TestCase(400, 400, "asked wrongly")]
    [TestCase(429, 429, "asked wrongly")]
    [TestCase(500, 500, "asked wrongly")]
    [TestCase(401, 502, "refused the server itself, with status 401")]
    [TestCase(302, 502, "refused the server itself, with status 302")]
    public async Task Post_UpstreamFails_IsToldWithoutTheKey(int upstream, int status, string message)
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Error(upstream, """{"error":{"message":"asked wrongly with sk-upstream"}}""", ("Retry-After", "7")));
        await using var server = await ServerRun.StartAsync(models);

        using var response = await server.PostAsync(Conversations.Short());
        string body = await response.Content.ReadAsStringAsync();

        Assert.Multiple(() =>
        {
            Assert.That((int)response.StatusCode, Is.EqualTo(status));
            Assert.That(body, Does.Contain(message).And.Not.Contain("sk-upstream"));
            Assert.That(models.Requests, Is.EqualTo(1));
        });
    }

    [Test]
    public async Task Post_UpstreamIsGone_Is502()
    {
        var models = new LoopbackModelServer("x");
        await using var server = await ServerRun.StartAsync(models);
        await models.DisposeAsync();

        var (status, json) = await server.AskAsync(Conversations.Short());

        Assert.That((status, json.GetProperty("error").GetProperty("code").GetString()), Is.EqualTo((502, "upstream_error")));
    }

    [Test]
    public async Task Post_ClientLeaves_EndsTheCall()
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Hang());
        await using var server = await ServerRun.StartAsync(models);
        using var leaving = new CancellationTokenSource();

        var asking = server.PostAsync(Conversations.Short(), cancellationToken: leaving.Token);
        await Until.TrueAsync(() => models.Requests == 1);
        await leaving.CancelAsync();

        Assert.That(async () => await asking, Throws.InstanceOf<OperationCanceledException>());
        await Until.TrueAsync(async () => (await server.Http.GetStringAsync("metrics")).Contains("code=\"499\"} 1", StringComparison.Ordinal));
    }

    [Test]
    public async Task Post_TenMegabytes_GoOn()
    {
        await using var models = new LoopbackModelServer("fine");
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "100000000");
        string body = Conversations.Short().Replace("Say hello", new string('x', 10 << 20), StringComparison.Ordinal);

        var (status, json) = await server.AskAsync(body);

        Assert.That((status, json.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()), Is.EqualTo((200, "fine")));
        Assert.That(Encoding.UTF8.GetByteCount(models.Received[0].Body), Is.EqualTo(body.Length + "test-model".Length - "rlm".Length));
    }

    [Test]
    public async Task Post_StreamBreaksOff_EndsWithAnError()
    {
        using var upstream = new TcpListener(IPAddress.Loopback, 0);
        upstream.Start();
        var serving = BreakOffAsync(upstream);
        await using var server = await ServerRun.StartAsync(
            new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-upstream" }, "--base-url", $"http://{upstream.LocalEndpoint}/v1", "--model", "test-model");

        using var response = await server.PostAsync(Conversations.Short().Replace("\"messages\"", "\"stream\":true,\"messages\"", StringComparison.Ordinal));
        string body = await response.Content.ReadAsStringAsync();

        Assert.That(body, Is.EqualTo(
            "data: {\"cho\n\ndata: {\"error\":{\"message\":\"The model's server cannot be reached, or its reply broke off.\",\"type\":\"server_error\",\"param\":null,\"code\":\"upstream_error\"}}\n\n"));
        upstream.Stop();
        await serving;
    }

    /// <summary>Answers each call with half an event, and nothing else with anything.</summary>
    private static async Task BreakOffAsync(TcpListener upstream)
    {
        try
        {
            while (true)
            {
                using var client = await upstream.AcceptTcpClientAsync();
                byte[] bytes = new byte[16 * 1024];
                string request = "";
                // A call is over with its body, anything else with its head.
                while (!request.EndsWith(request.StartsWith('P') ? "]}" : "\r\n\r\n", StringComparison.Ordinal))
                    request += Encoding.ASCII.GetString(bytes, 0, await client.GetStream().ReadAsync(bytes));
                string reply = request.StartsWith('P')
                    ? "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\nb\r\ndata: {\"cho\r\n"
                    : "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(reply));
            }
        }
        catch (SocketException)
        {
            // Stopped.
        }
    }
}
