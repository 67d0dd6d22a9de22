using System.Net;

namespace Rlm.Server.Tests;

/// <summary>Who may ask, and how much.</summary>
internal sealed class AccessTests
{
    private const string Tokens =
        """
        [server.tokens.alice]
        key = "ALICE_TOKEN"
        max_calls = 2

        [server.tokens.bob]
        key = "BOB_TOKEN"
        parallel = 1

        [server.tokens.carol]
        key = "CAROL_TOKEN"
        max_cost = 0.01
        """;

    [Test]
    public async Task Post_TokensAreSet_NeedOneOfThem()
    {
        await using var models = new LoopbackModelServer("fine");
        await using var server = await StartAsync(models);

        using var none = await server.PostAsync(Conversations.Short());
        using var wrong = await server.PostAsync(Conversations.Short(), "guess");
        using var right = await server.PostAsync(Conversations.Short(), "secret-a");
        using var health = await server.Http.GetAsync("health");
        using var list = await server.Http.GetAsync("v1/models");

        Assert.Multiple(async () =>
        {
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(await none.Content.ReadAsStringAsync(), Does.Contain("Authorization: Bearer TOKEN"));
            Assert.That(wrong.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(right.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(health.StatusCode, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(list.StatusCode, Is.EqualTo(HttpStatusCode.Unauthorized));
            Assert.That(models.Requests, Is.EqualTo(1));
            Assert.That(models.Received[0].Headers["Authorization"], Is.EqualTo("Bearer sk-upstream"));
        });
    }

    [Test]
    public async Task Post_MoreThanATokenMay_Is429UntilTomorrow()
    {
        await using var models = new LoopbackModelServer("fine");
        await using var server = await StartAsync(models);

        var statuses = new List<int>();
        for (int i = 0; i < 3; i++)
            statuses.Add((await server.AskAsync(Conversations.Short(), "secret-a")).Status);
        using var refused = await server.PostAsync(Conversations.Short(), "secret-a");

        Assert.Multiple(async () =>
        {
            Assert.That(statuses, Is.EqualTo(new[] { 200, 200, 429 }));
            Assert.That(refused.Headers.RetryAfter!.Delta, Is.GreaterThan(TimeSpan.Zero).And.LessThanOrEqualTo(TimeSpan.FromDays(1)));
            Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("The token `alice` has made the calls that it may in a day, 2."));
            Assert.That((await server.AskAsync(Conversations.Short(), "secret-b")).Status, Is.EqualTo(200));
            Assert.That(models.Requests, Is.EqualTo(3));
        });
    }

    [Test]
    public async Task Post_MoreAtOnceThanATokenMay_Is429()
    {
        var gate = new TaskCompletionSource();
        await using var models = new LoopbackModelServer(_ => LoopbackReply.Text("fine") with { Gate = gate.Task });
        await using var server = await StartAsync(models);

        var first = server.AskAsync(Conversations.Short(), "secret-b");
        await Until.TrueAsync(() => models.Requests == 1);
        var second = await server.AskAsync(Conversations.Short(), "secret-b");
        gate.SetResult();

        Assert.That((second.Status, (await first).Status), Is.EqualTo((429, 200)));
        Assert.That((await server.AskAsync(Conversations.Short(), "secret-b")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Post_ClientsLeaveEarly_HaveMadeTheirCalls()
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Hang());
        await using var server = await StartAsync(models);

        for (int call = 1; call <= 2; call++)
        {
            using var leaving = new CancellationTokenSource();
            var asking = server.PostAsync(Conversations.Short(), "secret-a", leaving.Token);
            await Until.TrueAsync(() => models.Requests == call);
            await leaving.CancelAsync();
            Assert.That(async () => await asking, Throws.InstanceOf<OperationCanceledException>());
            await Until.TrueAsync(async () => (await server.Http.GetStringAsync("metrics")).Contains(Invariant($"code=\"499\"}} {call}"), StringComparison.Ordinal));
        }

        var (status, json) = await server.AskAsync(Conversations.Short(), "secret-a");
        string metrics = await server.Http.GetStringAsync("metrics");

        Assert.That((status, json.GetProperty("error").GetProperty("code").GetString(), models.Requests), Is.EqualTo((429, "quota_reached", 2)));
        Assert.That(metrics, Does.Contain("rlm_calls_total 2\n").And.Contain("rlm_forwarded_total 2\n"));
        Assert.That(metrics, Does.Not.Contain("rlm_tokens_total{direction=\"in\"} 0\n"), "the prompts went out");
    }

    [Test]
    public async Task Post_MayCostMoreThanIsLeft_IsRefusedBeforeItIsSent()
    {
        await using var models = new LoopbackModelServer(LoopbackReply.Text("fine") with { OutputTokens = 60 });
        await using var server = await StartAsync(models);

        var whole = await server.AskAsync(Conversations.Short(), "secret-c");
        var first = await server.AskAsync(Limited(60), "secret-c");
        var second = await server.AskAsync(Limited(60), "secret-c");
        var third = await server.AskAsync(Limited(10), "secret-c");

        Assert.That((whole.Status, first.Status, second.Status, third.Status, models.Requests), Is.EqualTo((429, 200, 429, 200, 2)));
        Assert.That(second.Json.GetProperty("error").GetProperty("code").GetString(), Is.EqualTo("quota_reached"));
        Assert.That(second.Json.GetProperty("error").GetProperty("message").GetString(), Does.Contain("which a lower `max_tokens` lessens"));
    }

    [TestCase("secret-a")]
    [TestCase("secret-c")]
    public async Task Post_LimitIsHeldByOthers_IsWorthAskingAgainSoon(string token)
    {
        var gate = new TaskCompletionSource();
        await using var models = new LoopbackModelServer(_ => LoopbackReply.Text("fine") with { Gate = gate.Task });
        await using var server = await StartAsync(models);

        var asking = new List<Task<(int Status, System.Text.Json.JsonElement Json)>> { server.AskAsync(Limited(45), token), server.AskAsync(Limited(45), token) };
        await Until.TrueAsync(() => models.Requests == 2);
        using var refused = await server.PostAsync(Limited(45), token);
        gate.SetResult();
        await Task.WhenAll(asking);

        Assert.That((int)refused.StatusCode, Is.EqualTo(429));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.LessThan(TimeSpan.FromMinutes(1)));
        Assert.That(await refused.Content.ReadAsStringAsync(), Does.Contain("requests under way hold what is left"));
    }

    [TestCase("Host", "evil.example", 403)]
    [TestCase("Host", "localhost", 200)]
    [TestCase("Host", "[::1]:8642", 200)]
    [TestCase("Origin", "http://evil.example", 403)]
    [TestCase("Origin", "null", 403)]
    public async Task Get_FromAWebPage_IsRefusedWhereNobodyNeedsAToken(string header, string value, int status)
    {
        await using var server = await ServerRun.StartOfflineAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "v1/models");
        request.Headers.TryAddWithoutValidation(header, value);

        using var response = await server.Http.SendAsync(request);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
        Assert.That(response.Headers.Contains("Access-Control-Allow-Origin"), Is.False);
    }

    [TestCase("v1/models", "cross-site", "no-cors", 403)]
    [TestCase("v1/models", "cross-site", "navigate", 403)]
    [TestCase("runs/events", "same-site", "no-cors", 403)]
    [TestCase("runs", "cross-site", "navigate", 200)]
    [TestCase("runs/data", "same-origin", "cors", 200)]
    [TestCase("runs", "none", "navigate", 200)]
    [TestCase("v1/models", null, null, 200)]
    public async Task Get_ByABrowserForAnotherSite_OpensPagesOnly(string path, string? site, string? mode, int status)
    {
        await using var server = await ServerRun.StartOfflineAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (site is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", site);
        if (mode is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Mode", mode);

        using var response = await server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.That((int)response.StatusCode, Is.EqualTo(status));
    }

    [TestCase("--listen", "0.0.0.0:0")]
    [TestCase("--listen", "[::]:0")]
    public void Start_ForOtherMachinesWithoutAToken_IsRefused(params string[] args) => Assert.That(
        async () => await ServerRun.StartOfflineAsync(args), Throws.InstanceOf<AssertionException>().With.Message.Contains("requests need a token"));

    private static string Limited(int tokens) => Conversations.Short().Replace("\"messages\"", Invariant($"\"max_tokens\":{tokens},\"messages\""), StringComparison.Ordinal);

    private static Task<ServerRun> StartAsync(LoopbackModelServer models)
    {
        string folder = OwnFolders.Create();
        Directory.CreateDirectory(Path.Combine(folder, "rlm"));
        File.WriteAllText(Path.Combine(folder, "rlm", "config.toml"), Tokens);
        return ServerRun.StartAsync(
            new Dictionary<string, string>
            {
                ["OPENAI_API_KEY"] = "sk-upstream",
                ["XDG_CONFIG_HOME"] = folder,
                ["ALICE_TOKEN"] = "secret-a",
                ["BOB_TOKEN"] = "secret-b",
                ["CAROL_TOKEN"] = "secret-c",
            },
            "--base-url", $"{models.OpenAiUrl}", "--model", "test-model", "--price", "1/100");
    }
}
