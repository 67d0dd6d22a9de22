using System.Text.Json;

namespace Rlm;

/// <summary>A call of a tool that a program is about to make.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A JSON value for each parameter; null for none or an optional one left out.</param>
public sealed record RlmToolCall(RlmTool Tool, IReadOnlyList<JsonElement?> Arguments);
