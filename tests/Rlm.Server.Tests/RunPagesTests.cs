using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Rlm.Server.Tests;

/// <summary>The pages of runs, and who may see them.</summary>
internal sealed class RunPagesTests
{
    private const string Program = "```rlm\nanswer (context | grep /ERROR/ | count)\n```";

    [Test]
    public async Task Get_Runs_ListsAndShowsWhatWasAsked()
    {
        await using var models = new LoopbackModelServer(Program);
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");
        Assert.That((await server.AskAsync(Conversations.Long("How many <b>lines</b>?"))).Status, Is.EqualTo(200));

        var row = JsonElement.Parse(await server.Http.GetStringAsync("runs/data"))[0];
        string name = row.GetProperty("name").GetString()!;
        using var page = await server.Http.GetAsync($"runs/{name}");
        var data = JsonElement.Parse(await server.Http.GetStringAsync($"runs/{name}/data"));

        Assert.Multiple(() =>
        {
            Assert.That((row.GetProperty("title").GetString(), row.GetProperty("outcome").GetString(), row.GetProperty("calls").GetInt32()), Is.EqualTo(("How many <b>lines</b>?", "answered", 1)));
            Assert.That(data.GetProperty("data").GetProperty("runs")[0].GetProperty("answer")[0].GetString(), Is.EqualTo("572"));
            Assert.That(data.GetProperty("calls").GetArrayLength(), Is.EqualTo(1));
            Assert.That(page.Headers.CacheControl!.NoStore, Is.True);
            Assert.That(page.Headers.GetValues("X-Frame-Options"), Is.EqualTo(new[] { "DENY" }));
        });
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("connect-src 'self'").And.Not.Contain("<b>lines"));
    }

    [Test]
    public async Task Events_RunThatGoesOn_TellsOfChangesAndOfItsEnd()
    {
        using var first = new ManualResetEventSlim();
        await using var models = new LoopbackModelServer(request =>
        {
            first.Wait();
            return Program;
        });
        await using var server = await ServerRun.StartAsync(models, "--min-tokens", "1000");
        var asking = server.AskAsync(Conversations.Long());
        await Until.TrueAsync(() => models.Received.Count == 1);
        string name = JsonElement.Parse(await server.Http.GetStringAsync("runs/data"))[0].GetProperty("name").GetString()!;

        using var events = new StreamReader(await server.Http.GetStreamAsync($"runs/{name}/events"));
        string? before = await events.ReadLineAsync();
        first.Set();
        await asking;
        string after = await events.ReadToEndAsync();

        Assert.That(before, Is.EqualTo("event: change"));
        Assert.That(after.TrimEnd(), Does.EndWith("event: over\ndata: 1"));
    }

    [Test]
    public async Task Get_ServerStops_EndsPagesThatListen()
    {
        await using var server = await ServerRun.StartOfflineAsync();
        using var events = new StreamReader(await server.Http.GetStreamAsync("runs/events"));
        Assert.That(await events.ReadLineAsync(), Is.EqualTo("event: change"));

        await server.StopAsync();

        Assert.That(await server.EndAsync(), Is.Zero);
    }

    [TestCase("runs/20200101-000000")]
    [TestCase("runs/20200101-000000/data")]
    [TestCase("runs/20200101-000000/events")]
    [TestCase("runs/..%2f..%2fetc%2fpasswd")]
    [TestCase("runs/../config")]
    [TestCase("runs/last/data/more")]
    public async Task Get_NoRun_IsNotFound(string path)
    {
        await using var server = await ServerRun.StartOfflineAsync();

        using var response = await server.Http.GetAsync(path);

        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Get_WithTokens_TakesThemAsPasswordsOfThoseWhoMaySeeRuns()
    {
        string configuration = OwnFolders.Create();
        Directory.CreateDirectory(Path.Combine(configuration, "rlm"));
        await File.WriteAllTextAsync(Path.Combine(configuration, "rlm", "config.toml"), "[server.tokens.ann]\nkey = \"ANN\"\nsees_runs = true\n[server.tokens.bob]\nkey = \"BOB\"\n");
        await using var server = await ServerRun.StartAsync(new Dictionary<string, string>
        {
            ["RLM_MODEL"] = "offline",
            ["XDG_CONFIG_HOME"] = configuration,
            ["ANN"] = "ann-secret",
            ["BOB"] = "bob-secret",
        });

        async Task<(int, string)> GetAsync(string path, string? scheme, string? secret, HttpMethod? method = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path);
            if (method is not null)
                request.Content = new StringContent(Conversations.Short(), Encoding.UTF8, "application/json");
            if (scheme is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue(scheme, secret);
            using var response = await server.Http.SendAsync(request);
            return ((int)response.StatusCode, response.Headers.WwwAuthenticate.FirstOrDefault()?.Scheme ?? "");
        }

        static string Password(string secret) => Convert.ToBase64String(Encoding.UTF8.GetBytes($"anybody:{secret}"));

        Assert.Multiple(async () =>
        {
            Assert.That(await GetAsync("runs", null, null), Is.EqualTo((401, "Basic")), "a browser asks");
            Assert.That(await GetAsync("runs", "Basic", Password("ann-secret")), Is.EqualTo((200, "")));
            Assert.That(await GetAsync("runs", "Bearer", "ann-secret"), Is.EqualTo((200, "")));
            Assert.That(await GetAsync("runs", "Basic", Password("wrong")), Is.EqualTo((401, "Basic")));
            Assert.That(await GetAsync("runs", "Basic", "!"), Is.EqualTo((401, "Basic")));
            Assert.That(await GetAsync("runs", "Basic", Password("bob-secret")), Is.EqualTo((403, "")), "texts of others");
            Assert.That(await GetAsync("runs/events", "Bearer", "bob-secret"), Is.EqualTo((403, "")));
            Assert.That(
                await GetAsync("v1/chat/completions", "Basic", Password("ann-secret"), HttpMethod.Post), Is.EqualTo((401, "Bearer")), "a page of others could spend what a browser knows");
            Assert.That(await GetAsync("", null, null), Is.EqualTo((401, "Basic")), "the start leads to the pages");
        });
    }
}
