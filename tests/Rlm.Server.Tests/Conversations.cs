using System.Text.Json.Nodes;

namespace Rlm.Server.Tests;

/// <summary>Requests of tests.</summary>
internal static class Conversations
{
    /// <summary>A log in which one host has the most errors.</summary>
    public static string Log { get; } = string.Concat(Enumerable.Range(0, 4_000)
        .Select(i => Invariant($"2026-11-29 10:{i / 60 % 60:00}:{i % 60:00} {(i % 7 == 0 ? "ERROR" : "INFO")} host=web-{(i % 3 == 0 ? 2 : i % 5)} request {i}\n")));

    /// <summary>A short conversation.</summary>
    public static string Short(string model = "rlm") => new JsonObject
    {
        ["model"] = model,
        ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "Say hello" }),
    }.ToJsonString();

    /// <summary>A question with a log in its message, and further fields.</summary>
    public static string Long(string question = "How many lines have ERROR?", params (string Name, JsonNode Value)[] fields)
    {
        var request = new JsonObject
        {
            ["model"] = "rlm",
            ["messages"] = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = $"{question}\n\n{Log}" }),
        };
        foreach (var (name, value) in fields)
            request[name] = value;
        return request.ToJsonString();
    }
}
