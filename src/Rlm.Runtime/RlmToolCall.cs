using System.Text.Json;

namespace Rlm;

/// <summary>A call of a tool that a program is about to make.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A JSON value for each parameter; null for none or an optional one left out.</param>
public sealed record RlmToolCall(RlmTool Tool, IReadOnlyList<JsonElement?> Arguments)
{
    /// <summary>
    /// Whether an earlier run of the journal has begun the same call, and nothing says that it ended well: it was in flight when the run
    /// was killed, or failed. What it writes may be there already.
    /// </summary>
    public bool MayHaveBeenMade { get; init; }
}
