using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Cli.Mcp;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(McpEmptyResult))]
[JsonSerializable(typeof(McpDiscovered))]
[JsonSerializable(typeof(McpInitialized))]
[JsonSerializable(typeof(McpTools))]
[JsonSerializable(typeof(McpToolResult))]
[JsonSerializable(typeof(McpInputRequired))]
[JsonSerializable(typeof(McpForm))]
[JsonSerializable(typeof(McpResources))]
[JsonSerializable(typeof(McpTemplates))]
[JsonSerializable(typeof(McpContents))]
[JsonSerializable(typeof(McpProgress))]
[JsonSerializable(typeof(McpVersionError))]
internal sealed partial class McpJsonContext : JsonSerializerContext;

/// <param name="ProgressToken">What the host knows the request by.</param>
/// <param name="Progress">Calls that are done.</param>
/// <param name="Total">Calls that are known of.</param>
/// <param name="Message">What is done.</param>
internal sealed record McpProgress(JsonElement ProgressToken, long Progress, long Total, string Message);

/// <param name="Supported">The revisions that are spoken.</param>
/// <param name="Requested">The one that was asked for.</param>
internal sealed record McpVersionError(IReadOnlyList<string> Supported, string Requested);
