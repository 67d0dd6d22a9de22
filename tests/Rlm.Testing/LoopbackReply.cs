namespace Rlm.Testing;

/// <summary>How <see cref="LoopbackModelServer"/> answers one request; a text becomes a good reply.</summary>
public sealed record LoopbackReply
{
    public LoopbackFault Fault { get; init; }

    /// <summary>The model's text, or the body of a raw reply.</summary>
    public string Body { get; init; } = "";

    /// <summary>The HTTP status of a raw reply.</summary>
    public int Status { get; init; } = 200;

    /// <summary>Header lines of a raw reply besides Content-Length.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Time before the answer.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Holds the answer back until it is complete.</summary>
    public Task Gate { get; init; } = Task.CompletedTask;

    /// <summary>Called when a fault has sent what it sends and goes silent.</summary>
    public Action? Stalled { get; init; }

    /// <summary>The finish reason in OpenAI's words; for Anthropic <c>stop</c> and <c>length</c> are translated.</summary>
    public string FinishReason { get; init; } = "stop";

    public int InputTokens { get; init; } = 11;

    public int OutputTokens { get; init; } = 7;

    public int CachedTokens { get; init; }

    public static implicit operator LoopbackReply(string text) => Text(text);

    public static LoopbackReply Text(string text) => new() { Body = text };

    public static LoopbackReply Error(int status, string body = "", params (string Name, string Value)[] headers) =>
        new() { Fault = LoopbackFault.Raw, Status = status, Body = body, Headers = headers };

    /// <summary>Status 200 with the body as it is.</summary>
    public static LoopbackReply Raw(string body) => Error(200, body);

    public static LoopbackReply Html() => Error(
        200,
        "<!doctype html>\n<html><head><title>Welcome to nginx</title></head><body><h1>Hi</h1></body></html>",
        ("Content-Type", "text/html"));

    public static LoopbackReply EmptyBody() => Raw("");

    public static LoopbackReply TruncatedJson() => new() { Fault = LoopbackFault.TruncatedJson, Body = "a text that is cut" };

    public static LoopbackReply NoChoices() => new() { Fault = LoopbackFault.NoChoices };

    public static LoopbackReply NullContent() => new() { Fault = LoopbackFault.NullContent };

    public static LoopbackReply Reset() => new() { Fault = LoopbackFault.Reset };

    public static LoopbackReply ResetInBody() => new() { Fault = LoopbackFault.ResetInBody, Body = "a text that is cut" };

    public static LoopbackReply StallInHead() => new() { Fault = LoopbackFault.StallInHead };

    public static LoopbackReply StallInBody() => new() { Fault = LoopbackFault.StallInBody, Body = "a text that is cut" };

    public static LoopbackReply Events(string body) => Error(200, body, ("Content-Type", "text/event-stream"));

    public static LoopbackReply Hang() => new() { Fault = LoopbackFault.Hang };

    public LoopbackReply After(TimeSpan delay) => this with { Delay = delay };
}
