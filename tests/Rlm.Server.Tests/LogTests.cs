using System.Text.Json;

namespace Rlm.Server.Tests;

/// <summary>What operators are told.</summary>
internal sealed class LogTests
{
    private const string Program = "```rlm\nanswer (context | grep /ERROR/ | count)\n```";

    [Test]
    public async Task LogFormat_Json_IsAnObjectALineWithoutTheTexts()
    {
        await using var models = new LoopbackModelServer(Program);
        string told;
        await using (var server = await ServerRun.StartAsync(models, "--min-tokens", "1000", "--log-format", "json"))
        {
            await server.AskAsync(Conversations.Long("A secret question?"));
            await server.Http.GetStringAsync("health");
            await server.StopAsync();
            await server.EndAsync();
            told = server.Error;
        }

        var lines = told.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)).ToList();
        var request = lines.Single(line => line.GetProperty("event").GetString() == "RequestEnded");
        var run = lines.Single(line => line.GetProperty("event").GetString() == "Finished");
        Assert.Multiple(() =>
        {
            Assert.That((request.GetProperty("level").GetString(), request.GetProperty("category").GetString()), Is.EqualTo(("information", "Rlm.Server")));
            Assert.That((request.GetProperty("method").GetString(), request.GetProperty("path").GetString(), request.GetProperty("status").GetInt32(), request.GetProperty("caller").GetString()),
                Is.EqualTo(("POST", "/v1/chat/completions", 200, "local")));
            Assert.That(DateTimeOffset.Parse(request.GetProperty("time").GetString()!, null).Offset, Is.EqualTo(TimeSpan.Zero));
            Assert.That((run.GetProperty("outcome").GetString(), run.GetProperty("steps").GetInt32(), run.GetProperty("isPartial").GetBoolean()), Is.EqualTo(("Answered", 1, false)));
            Assert.That(lines.Select(line => line.GetProperty("message").GetString()), Has.Some.StartsWith("stopping"));
            Assert.That(told, Does.Not.Contain("secret question").And.Not.Contain("sk-upstream"));
        });
    }

    [TestCase("--verbose", true)]
    [TestCase(null, false)]
    public async Task Text_Requests_AreToldWithVerbose(string? option, bool isTold)
    {
        await using var models = new LoopbackModelServer("hello");
        await using var server = await ServerRun.StartAsync(models, option is null ? [] : [option]);

        await server.AskAsync(Conversations.Short());
        await server.StopAsync();
        await server.EndAsync();

        Assert.That(server.Error.Contains("rlm: POST /v1/chat/completions 200 ", StringComparison.Ordinal), Is.EqualTo(isTold), server.Error);
    }
}
