using System.Text.Json;
using System.Text.Json.Serialization;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Mcp;

/// <summary>What every result may carry; the newest revision wants it, older ones do not know it.</summary>
internal abstract record McpResult
{
    private static readonly JsonElement Server = RpcWriter.ParseJson(
        $$$"""{"io.modelcontextprotocol/serverInfo":{"name":"rlm","version":"{{{RlmCli.Version}}}"}}""");

    /// <summary>Whether it is the end of the request.</summary>
    public string? ResultType { get; init; }

    /// <summary>Who answers.</summary>
    [JsonPropertyName("_meta")]
    public JsonElement? Meta { get; init; }

    /// <summary>How long a host may keep it, in milliseconds.</summary>
    public long? TtlMs { get; init; }

    /// <summary>For whom it may be kept.</summary>
    public string? CacheScope { get; init; }

    /// <summary>How long a host may keep it; null for what is not to be kept.</summary>
    protected virtual TimeSpan? FindAge() => null;

    /// <summary>The result as a request's revision has it.</summary>
    public JsonElement WriteFor(McpRequest request)
    {
        var age = FindAge();
        var result = request.IsStateless
            ? this with { ResultType = ResultType ?? "complete", Meta = Server, TtlMs = (long?)age?.TotalMilliseconds, CacheScope = age is null ? null : "private" }
            : this;
        return JsonSerializer.SerializeToElement(result, result.GetType(), McpJsonContext.Default);
    }
}

/// <summary>A result that says nothing.</summary>
internal sealed record McpEmptyResult : McpResult;

/// <param name="SupportedVersions">The revisions that are spoken.</param>
/// <param name="Capabilities">What the server can do.</param>
/// <param name="Instructions">What a model is told of it.</param>
internal sealed record McpDiscovered(IReadOnlyList<string> SupportedVersions, JsonElement Capabilities, string Instructions) : McpResult
{
    protected override TimeSpan? FindAge() => TimeSpan.FromHours(1);
}

/// <param name="ProtocolVersion">The revision that is spoken from now on.</param>
/// <param name="Capabilities">What the server can do.</param>
/// <param name="ServerInfo">Who it is.</param>
/// <param name="Instructions">What a model is told of it.</param>
internal sealed record McpInitialized(string ProtocolVersion, JsonElement Capabilities, JsonElement ServerInfo, string Instructions) : McpResult;

internal sealed record McpTools(IReadOnlyList<McpToolCard> Tools) : McpResult
{
    protected override TimeSpan? FindAge() => TimeSpan.FromHours(1);
}

/// <param name="Name">What it is called by.</param>
/// <param name="Title">What people see.</param>
/// <param name="Description">What a model is told.</param>
/// <param name="InputSchema">The JSON schema of its arguments.</param>
/// <param name="Annotations">What it does to the world.</param>
internal sealed record McpToolCard(string Name, string Title, string Description, JsonElement InputSchema, McpToolHints Annotations);

/// <param name="ReadOnlyHint">Whether it changes nothing and spends nothing that nobody has allowed.</param>
/// <param name="OpenWorldHint">Whether it speaks with anything outside.</param>
internal sealed record McpToolHints(bool ReadOnlyHint, bool OpenWorldHint);

/// <param name="Content">What a model reads.</param>
/// <param name="IsError">True where the call failed.</param>
internal sealed record McpToolResult(IReadOnlyList<McpContent> Content, bool? IsError) : McpResult
{
    public static McpToolResult Of(string text) => new([McpContent.OfText(text)], null);

    public static McpToolResult OfError(string text) => new([McpContent.OfText(text)], true);
}

/// <summary>A result that asks the host's user first; the request comes again with the answer.</summary>
/// <param name="InputRequests">What is asked, by name.</param>
/// <param name="RequestState">What comes back with the answer.</param>
internal sealed record McpInputRequired(IReadOnlyDictionary<string, McpInputRequest> InputRequests, string RequestState) : McpResult;

internal sealed record McpInputRequest(string Method, McpForm Params);

/// <param name="Mode">How it is asked; null in older revisions.</param>
/// <param name="Message">What is asked.</param>
/// <param name="RequestedSchema">What else there is to fill in, which is nothing.</param>
internal sealed record McpForm(string? Mode, string Message, JsonElement RequestedSchema);

/// <param name="Resources">Those that there are now.</param>
internal sealed record McpResources(IReadOnlyList<McpResource> Resources) : McpResult
{
    protected override TimeSpan? FindAge() => TimeSpan.Zero;
}

internal sealed record McpResource(string Uri, string Name, string Description, string MimeType, long? Size);

internal sealed record McpTemplates(IReadOnlyList<McpTemplate> ResourceTemplates) : McpResult
{
    protected override TimeSpan? FindAge() => TimeSpan.FromHours(1);
}

internal sealed record McpTemplate(string UriTemplate, string Name, string Description, string MimeType);

internal sealed record McpContents(IReadOnlyList<McpText> Contents) : McpResult
{
    protected override TimeSpan? FindAge() => TimeSpan.Zero;
}

internal sealed record McpText(string Uri, string MimeType, string Text);
