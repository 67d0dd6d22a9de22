using System.Text.Json;

namespace Rlm.Runtime.Serialization;

/// <summary>The JSON of Anthropic's messages, as far as it is used; names become snake case.</summary>
internal static class AnthropicWire
{
    internal sealed record Request
    {
        public required string Model { get; init; }
        public required int MaxTokens { get; init; }
        public string? System { get; init; }
        public required IReadOnlyList<Message> Messages { get; init; }
        public double? Temperature { get; init; }
        public double? TopP { get; init; }
        public int? TopK { get; init; }
        public IReadOnlyList<string>? StopSequences { get; init; }
    }

    internal sealed record Message(string Role, string Content);

    internal sealed record Reply
    {
        public string? Id { get; init; }
        public string? Model { get; init; }
        public IReadOnlyList<Block?>? Content { get; init; }
        public string? StopReason { get; init; }
        public Usage? Usage { get; init; }

        /// <summary>Gateways put a failure here and answer 200.</summary>
        public JsonElement? Error { get; init; }
    }

    internal sealed record Block(string? Type, string? Text);

    internal sealed record Usage
    {
        public long? InputTokens { get; init; }
        public long? CacheCreationInputTokens { get; init; }
        public long? CacheReadInputTokens { get; init; }
        public long? OutputTokens { get; init; }
    }
}
