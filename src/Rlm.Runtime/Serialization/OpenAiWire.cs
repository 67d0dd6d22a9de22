using System.Text.Json;

namespace Rlm.Runtime.Serialization;

/// <summary>The JSON of OpenAI's chat completions, as far as it is used; names become snake case.</summary>
internal static class OpenAiWire
{
    internal sealed record Request
    {
        public required string Model { get; init; }
        public required IReadOnlyList<Message> Messages { get; init; }
        public double? Temperature { get; init; }
        public double? TopP { get; init; }
        public double? FrequencyPenalty { get; init; }
        public double? PresencePenalty { get; init; }
        public int? MaxTokens { get; init; }
        public int? MaxCompletionTokens { get; init; }
        public long? Seed { get; init; }
        public IReadOnlyList<string>? Stop { get; init; }

        /// <summary>llama.cpp, GBNF.</summary>
        public string? Grammar { get; init; }

        /// <summary>vLLM, EBNF.</summary>
        public string? GuidedGrammar { get; init; }

        /// <summary>vLLM.</summary>
        public string? GuidedRegex { get; init; }
    }

    internal sealed record Message(string Role, string Content);

    internal sealed record Reply
    {
        public string? Id { get; init; }
        public string? Model { get; init; }
        public IReadOnlyList<Choice?>? Choices { get; init; }
        public Usage? Usage { get; init; }

        /// <summary>Routers put an upstream failure here and answer 200.</summary>
        public JsonElement? Error { get; init; }
    }

    internal sealed record Choice
    {
        public ReplyMessage? Message { get; init; }
        public string? FinishReason { get; init; }
    }

    internal sealed record ReplyMessage
    {
        /// <summary>A string, or a list of parts with text.</summary>
        public JsonElement? Content { get; init; }
        public string? Refusal { get; init; }
    }

    internal sealed record Usage
    {
        public long? PromptTokens { get; init; }
        public long? CompletionTokens { get; init; }
        public long? TotalTokens { get; init; }
        public PromptDetails? PromptTokensDetails { get; init; }
        public CompletionDetails? CompletionTokensDetails { get; init; }
    }

    internal sealed record PromptDetails(long? CachedTokens);

    internal sealed record CompletionDetails(long? ReasoningTokens);
}
