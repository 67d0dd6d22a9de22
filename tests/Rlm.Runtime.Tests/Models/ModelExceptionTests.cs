using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Rlm.Runtime.Tests.Models;

[TestFixture("openai")]
[TestFixture("anthropic")]
internal sealed class ModelExceptionTests(string name)
{
    private readonly ModelProvider _provider = ModelClients.Provider(name);

    private static readonly ModelClientOptions Once = ModelClients.Fast with { MaxAttempts = 1 };

    private string Path => _provider == ModelProvider.Anthropic ? "/v1/messages" : "/v1/chat/completions";

    [TestCase(401, """{"error":{"message":"Incorrect API key"}}""", ModelFailure.Unauthorized, "answered 401 Unauthorized: Incorrect API key; check the API key")]
    [TestCase(403, "no", ModelFailure.Unauthorized, "answered 403 Forbidden: no; check the API key")]
    [TestCase(404, """{"error":{"message":"The model `x` does not exist"}}""", ModelFailure.NotFound, "answered 404 Not Found: The model `x` does not exist; check the name of the model and the base URL, which mostly ends in /v1")]
    [TestCase(400, """{"error":"bad \u0007temperature"}""", ModelFailure.BadRequest, "answered 400 Bad Request: bad temperature; the endpoint does not take the request; check the model and the base URL")]
    [TestCase(400, """{"error":{"code":"context_length_exceeded","message":"too long"}}""", ModelFailure.PromptTooLong, "answered 400 Bad Request: too long; send smaller chunks or take a model with a larger window")]
    [TestCase(422, """{"detail":[{"loc":["body"],"msg":"field required"}]}""", ModelFailure.BadRequest, "answered 422 Unprocessable Entity: field required; the endpoint does not take the request; check the model and the base URL")]
    [TestCase(429, "first line\nsecond line", ModelFailure.RateLimited, "answered 429 Too Many Requests: first line; make fewer calls at a time or try later")]
    [TestCase(429, """{"error":{"message":"You exceeded your quota","code":"insufficient_quota"}}""", ModelFailure.QuotaExhausted, "answered 429 Too Many Requests: You exceeded your quota; the account needs credit")]
    [TestCase(500, "", ModelFailure.ServerError, "answered 500 Internal Server Error; the server failed; try later or look into its log")]
    [TestCase(502, "<html>\n<head><title>502 Bad Gateway</title></head>\n<body>…</body></html>", ModelFailure.ServerError, "answered 502 Bad Gateway: 502 Bad Gateway; the server failed; try later or look into its log")]
    [TestCase(529, "<h1>Over</h1>\n<p>loaded</p>", ModelFailure.ServerError, "answered 529: Over loaded; the server failed; try later or look into its log")]
    [TestCase(400, """[{"error":{"code":400,"message":"API key not valid","status":"INVALID_ARGUMENT"}}]""", ModelFailure.BadRequest, "answered 400 Bad Request: API key not valid; the endpoint does not take the request; check the model and the base URL")]
    public async Task Message_Status_SaysWhereWhatAndWhatToDo(int status, string body, ModelFailure failure, string message)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(status, body));
        using var client = ModelClients.Connect(server, _provider, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Failure, Is.EqualTo(failure));
        Assert.That(thrown.StatusCode, Is.EqualTo(status));
        Assert.That(thrown.Message, Is.EqualTo($"http://127.0.0.1:{server.Port}{Path} {message}"));
    }

    [TestCase(400, "input length and `max_tokens` exceed context limit: 199759 + 8192 > 200000, decrease input length or `max_tokens` and try again", ModelFailure.PromptTooLong)]
    [TestCase(400, "The input token count (1200000) exceeds the maximum number of tokens allowed (1048576).", ModelFailure.PromptTooLong)]
    [TestCase(400, "This model's maximum prompt length is 131072 but the request contains 537812 tokens.", ModelFailure.PromptTooLong)]
    [TestCase(400, "The number of tokens to keep from the initial prompt is greater than the context length", ModelFailure.PromptTooLong)]
    [TestCase(400, "The decoder prompt (length 5000) is longer than the maximum model length of 4096.", ModelFailure.PromptTooLong)]
    [TestCase(429, "Request too large for gpt-4o in organization org on tokens per min (TPM): Limit 30000, Requested 40000.", ModelFailure.PromptTooLong)]
    [TestCase(429, "Extra usage is required for long context requests.", ModelFailure.PromptTooLong)]
    [TestCase(429, "Rate limit reached for gpt-4o in organization org on tokens per min (TPM): Limit 30000, Used 29000, Requested 4000.", ModelFailure.RateLimited)]
    [TestCase(400, "You have reached your specified API usage limits. You will regain access on 2026-04-01 at 00:00 UTC.", ModelFailure.QuotaExhausted)]
    [TestCase(400, "Billing hard limit has been reached", ModelFailure.QuotaExhausted)]
    [TestCase(400, "Your credit balance is too low to access the Anthropic API.", ModelFailure.QuotaExhausted)]
    [TestCase(429, "Your team t has either used all available credits or reached its monthly spending limit.", ModelFailure.QuotaExhausted)]
    [TestCase(403, "Your team t has either used all available credits or reached its monthly spending limit.", ModelFailure.QuotaExhausted)]
    public async Task Failure_WordsOfEachProvider_AreUnderstood(int status, string words, ModelFailure failure)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(status, $$$"""{"error":{"message":"{{{words}}}"}}"""));
        using var client = ModelClients.Connect(server, _provider, Once);

        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(failure));
    }

    private static IEnumerable<TestCaseData<LoopbackReply, ModelFailure, string>> BadReplies()
    {
        yield return new(LoopbackReply.TruncatedJson(), ModelFailure.MalformedReply, "sent JSON that is cut off");
        yield return new(LoopbackReply.Html(), ModelFailure.MalformedReply, "answered with a web page instead of JSON: Welcome to nginx");
        yield return new(LoopbackReply.EmptyBody(), ModelFailure.MalformedReply, "answered with an empty body");
        yield return new(LoopbackReply.Raw("null"), ModelFailure.MalformedReply, "answered with `null`");
        yield return new(LoopbackReply.Raw("[1]"), ModelFailure.MalformedReply, "sent JSON of another shape (at $): [1]");
        yield return new(LoopbackReply.Raw("not json"), ModelFailure.MalformedReply, "sent JSON of another shape (at $): not json");
        yield return new(
            LoopbackReply.Error(200, "not gzip at all", ("Content-Encoding", "gzip")),
            ModelFailure.MalformedReply,
            "sent a body that does not decompress");
        yield return new(
            LoopbackReply.Error(200, "not Brotli at all", ("Content-Encoding", "br")),
            ModelFailure.MalformedReply,
            "sent a body that does not decompress");
        yield return new(
            LoopbackReply.Error(503, "not gzip at all", ("Content-Encoding", "gzip")),
            ModelFailure.ServerError,
            "answered 503 Service Unavailable; ");
        yield return new(LoopbackReply.NoChoices(), ModelFailure.MalformedReply, "answered with no c");
        yield return new(LoopbackReply.NullContent(), ModelFailure.EmptyReply, "answered with no ");
        yield return new(
            LoopbackReply.NullContent() with { FinishReason = "length" },
            ModelFailure.OutputLimit,
            "used its output limit up before any text");
        yield return new(LoopbackReply.Reset(), ModelFailure.Disconnected, "broke the connection off");
        yield return new(LoopbackReply.ResetInBody(), ModelFailure.Disconnected, "broke the connection off");
    }

    [TestCaseSource(nameof(BadReplies))]
    public async Task Message_BadReply_SaysWhatIsWrong(LoopbackReply reply, ModelFailure failure, string part)
    {
        await using var server = new LoopbackModelServer(reply);
        using var client = ModelClients.Connect(server, _provider, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Failure, Is.EqualTo(failure));
        Assert.That(thrown.Message, Does.StartWith($"http://127.0.0.1:{server.Port}{Path} {part}"));
    }

    [Test]
    public async Task Message_NothingListens_AsksForTheServer()
    {
        var server = new LoopbackModelServer("");
        using var client = ModelClients.Connect(server, _provider, Once);
        await server.DisposeAsync();

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Failure, Is.EqualTo(ModelFailure.Unreachable));
        Assert.That(thrown.Message, Is.EqualTo(
            $"http://127.0.0.1:{server.Port}{Path} cannot be reached: Connection refused; is the server running? check the base URL"));
    }

    [Test]
    public async Task Message_HostIsUnknown_SaysThatItCannotBeReached()
    {
        using var client = new ModelEndpoint(_provider, new Uri("http://no-such-host.invalid/v1"), "m")
            .CreateClient(ModelClients.Http, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Failure, Is.EqualTo(ModelFailure.Unreachable));
        Assert.That(
            thrown.Message, Does.StartWith("http://no-such-host.invalid/v1/").And.EndWith("; is the server running? check the base URL"));
    }

    [Test]
    public async Task Message_CertificateOfNobody_PointsToTheCertificate()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=nobody", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var stream = new SslStream(new NetworkStream(await listener.AcceptSocketAsync(), ownsSocket: true));
            try
            {
                await stream.AuthenticateAsServerAsync(certificate);
                await stream.ReadExactlyAsync(new byte[1]);
            }
            catch (Exception exception) when (exception is IOException or AuthenticationException)
            {
                // The client has hung up, as it should.
            }
        });
        using var client = new ModelEndpoint(_provider, new Uri($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/v1"), "m")
            .CreateClient(ModelClients.Http, Once);

        var thrown = await ModelClients.FailAsync(client);
        await serving;

        Assert.That(thrown.Failure, Is.EqualTo(ModelFailure.Insecure));
        Assert.That(thrown.Message, Does.EndWith("; check the scheme of the base URL and the certificate"));
    }

    [Test]
    public async Task Message_ReplyOf100Megabytes_IsRefusedAtTheDefaultLimit()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Raw(new string('x', 100_000_000)));
        using var client = ModelClients.Connect(server, _provider, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That((thrown.Failure, thrown.IsTransient), Is.EqualTo((ModelFailure.ReplyTooLarge, false)));
        Assert.That(thrown.Message, Does.Contain("sent more than 67,108,864 bytes"));
    }

    [TestCase("""{"error":{"type":"rate_limit_error","message":"m"}}""", ModelFailure.RateLimited)]
    [TestCase("""{"error":{"code":"insufficient_quota","message":"m"}}""", ModelFailure.QuotaExhausted)]
    [TestCase("""{"error":{"code":"context_length_exceeded","type":"invalid_request_error","message":"m"}}""", ModelFailure.PromptTooLong)]
    [TestCase("""{"error":{"type":"invalid_request_error","message":"prompt is too long: 9 tokens > 8 maximum"}}""", ModelFailure.PromptTooLong)]
    [TestCase("""{"error":{"type":"authentication_error","message":"m"}}""", ModelFailure.Unauthorized)]
    [TestCase("""{"error":{"type":"not_found_error","message":"m"}}""", ModelFailure.NotFound)]
    [TestCase("""{"error":{"type":"overloaded_error","message":"m"}}""", ModelFailure.ServerError)]
    [TestCase("""{"error":{"code":429,"message":"m"}}""", ModelFailure.RateLimited)]
    [TestCase("""{"error":"m"}""", ModelFailure.ServerError)]
    public async Task Message_ErrorInAReplyOf200_IsOfItsOwnKind(string body, ModelFailure failure)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Raw(body));
        using var client = ModelClients.Connect(server, _provider, Once);

        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(failure));
    }

    [TestCase(401, """{"error":{"message":"Incorrect API key provided: KEY. See the docs"}}""")]
    [TestCase(401, """{"error":{"message":"Bearer sk\u002dsecret\u002d0123456789 is wrong"}}""")]
    [TestCase(500, "<p>KEY</p>")]
    [TestCase(500, "sk-secret-\u00010123\u200B456789 with marks inside")]
    [TestCase(200, "KEY")]
    [TestCase(200, "{\"choices\": \"KEY")]
    public async Task Message_ServerEchoesKey_HidesIt(int status, string body)
    {
        await using var server =
            new LoopbackModelServer(LoopbackReply.Error(status, body.Replace("KEY", ModelClients.Key, StringComparison.Ordinal)));
        using var client = ModelClients.Connect(server, _provider, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Message, Does.Contain("[key]"));
    }

    [Test]
    public async Task Message_KeyAtTheCut_LeavesNoPartOfIt()
    {
        await using var server =
            new LoopbackModelServer(LoopbackReply.Error(500, new string('x', 190) + ModelClients.Key + new string('y', 5000)));
        using var client = ModelClients.Connect(server, _provider, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Message, Does.Not.Contain("sk-").And.Length.LessThan(400));
    }

    [Test]
    public async Task Message_Redirect_NamesTheTargetAndDoesNotFollow()
    {
        await using var other = new LoopbackModelServer("stolen");
        await using var server =
            new LoopbackModelServer(LoopbackReply.Error(307, "", ("Location", $"http://127.0.0.1:{other.Port}/x?token=1")));
        using var client = ModelClients.Connect(server, _provider, Once);

        var thrown = await ModelClients.FailAsync(client);

        Assert.That(thrown.Message, Does.Contain($"answered 307 Temporary Redirect to http://127.0.0.1:{other.Port}/x; "));
        Assert.That(other.Requests, Is.Zero);
    }

    [Test]
    public async Task Message_ReplyOverTheLimit_SaysSo()
    {
        await using var server = new LoopbackModelServer(new string('x', 5000));
        using var client = ModelClients.Connect(server, _provider, Once with { MaxReplyBytes = 4096 });

        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(ModelFailure.ReplyTooLarge));
    }

    [TestCase("sk with space")]
    [TestCase("sk-line\r\nX-Evil: 1")]
    [TestCase("sk-ключ")]
    public void Constructor_KeyThatNoHeaderTakes_IsRefusedWithoutIt(string key)
    {
        var endpoint = new ModelEndpoint(_provider, ModelProvider.OpenAi.Url, "m", key);

        var thrown = Assert.Throws<ModelException>(() => endpoint.CreateClient(ModelClients.Http));

        Assert.That(thrown!.ToString(), Does.Not.Contain(key).And.Not.Contain("X-Evil"));
    }
}
