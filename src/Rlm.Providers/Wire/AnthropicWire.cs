using System.Text.Json;

namespace Rlm.Providers.Wire;

/// <summary>The JSON that is sent to Anthropic's messages; names become snake case.</summary>
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
        public OutputConfig? OutputConfig { get; init; }
    }

    /// <summary>What the reply is held to.</summary>
    internal sealed record OutputConfig(OutputFormat Format);

    internal sealed record OutputFormat(string Type, JsonElement Schema);

    internal sealed record Message(string Role, IReadOnlyList<TextBlock> Content);

    /// <summary>A text; the provider keeps the prompt up to one that is marked, for five minutes.</summary>
    internal sealed record TextBlock(string Type, string Text)
    {
        public CacheMark? CacheControl { get; init; }
    }

    internal sealed record CacheMark(string Type);
}
