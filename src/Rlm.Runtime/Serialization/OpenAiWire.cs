using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Runtime.Serialization;

/// <summary>What OpenAI's chat completions answer, as far as it is used; names become snake case. There are setters, which are read twice as fast as initialisers.</summary>
internal static class OpenAiWire
{
    internal sealed record Reply
    {
        public string? Id { get; set; }
        public string? Model { get; set; }
        public IReadOnlyList<Choice?>? Choices { get; set; }
        public Usage? Usage { get; set; }

        /// <summary>Routers put an upstream failure here and answer 200.</summary>
        public JsonElement? Error { get; set; }
    }

    internal sealed record Choice
    {
        public ReplyMessage? Message { get; set; }
        public string? FinishReason { get; set; }
    }

    internal sealed record ReplyMessage
    {
        /// <summary>A string, or the text of a list of parts.</summary>
        [JsonConverter(typeof(TextPartsConverter))]
        public string? Content { get; set; }
        public string? Refusal { get; set; }
    }

    internal sealed record Usage
    {
        public long? PromptTokens { get; set; }
        public long? CompletionTokens { get; set; }
        public long? TotalTokens { get; set; }

        /// <summary>DeepSeek, for the cached tokens of the details.</summary>
        public long? PromptCacheHitTokens { get; set; }

        /// <summary>Moonshot, for the same.</summary>
        public long? CachedTokens { get; set; }
        public PromptDetails? PromptTokensDetails { get; set; }
        public CompletionDetails? CompletionTokensDetails { get; set; }
    }

    internal sealed record PromptDetails
    {
        public long? CachedTokens { get; set; }

        /// <summary>OpenAI since GPT-5.6, and OpenRouter.</summary>
        public long? CacheWriteTokens { get; set; }
    }

    internal sealed record CompletionDetails
    {
        public long? ReasoningTokens { get; set; }
    }
}
