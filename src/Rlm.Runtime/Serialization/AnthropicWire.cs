using System.Text.Json;

namespace Rlm.Runtime.Serialization;

/// <summary>The JSON of Anthropic's messages, as far as it is used; names become snake case. Replies have setters, which are read twice as fast as initialisers.</summary>
internal static class AnthropicWire
{
    internal sealed record Request
    {
        public required string Model { get; init; }
        public required int MaxTokens { get; init; }
        public IReadOnlyList<TextBlock>? System { get; init; }
        public required IReadOnlyList<Message> Messages { get; init; }
        public double? Temperature { get; init; }
        public double? TopP { get; init; }
        public int? TopK { get; init; }
        public IReadOnlyList<string>? StopSequences { get; init; }
    }

    internal sealed record Message(string Role, IReadOnlyList<TextBlock> Content);

    /// <summary>A text; the provider keeps the prompt up to one that is marked, for five minutes.</summary>
    internal sealed record TextBlock(string Type, string Text)
    {
        public CacheMark? CacheControl { get; init; }
    }

    internal sealed record CacheMark(string Type);

    internal sealed record Reply
    {
        public string? Id { get; set; }
        public string? Model { get; set; }
        public IReadOnlyList<Block?>? Content { get; set; }
        public string? StopReason { get; set; }
        public Usage? Usage { get; set; }

        /// <summary>Gateways put a failure here and answer 200.</summary>
        public JsonElement? Error { get; set; }
    }

    internal sealed record Block
    {
        public string? Type { get; set; }
        public string? Text { get; set; }
    }

    internal sealed record Usage
    {
        public long? InputTokens { get; set; }
        public long? CacheCreationInputTokens { get; set; }
        public long? CacheReadInputTokens { get; set; }
        public long? OutputTokens { get; set; }
    }
}
