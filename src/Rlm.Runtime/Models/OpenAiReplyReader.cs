using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Serialization;

namespace Rlm.Runtime.Models;

/// <summary>Reads a chat completion into a <see cref="ChatResponse"/>, or says what is missing in it.</summary>
internal static class OpenAiReplyReader
{
    public static ChatResponse Read(OpenAiWire.Reply reply, FailureReader failures)
    {
        if (reply.Error is { ValueKind: JsonValueKind.Object or JsonValueKind.String } error)
            throw failures.Error(error);

        if (reply.Choices is not [{ } choice, ..])
            throw failures.Reply(ModelFailure.MalformedReply, "answered with no choices");

        // OpenRouter and Mistral, DeepSeek: what there is of the text stops anywhere.
        if (choice.FinishReason is "error" or "insufficient_system_resource")
            throw failures.Reply(ModelFailure.ServerError, $"broke its reply off (finish reason: {choice.FinishReason})");

        string? text = choice.Message?.Content ?? choice.Message?.Refusal;
        if (string.IsNullOrEmpty(text) && IsCut(choice))
            throw failures.Reply(ModelFailure.OutputLimit, "used its output limit up before any text");

        if (text is null)
        {
            throw choice.FinishReason == "content_filter"
                ? failures.Reply(ModelFailure.Refused, "filtered its reply away")
                : failures.Reply(ModelFailure.EmptyReply, $"answered with no content (finish reason: {choice.FinishReason ?? "none"})");
        }

        return new(new ChatMessage(ChatRole.Assistant, text))
        {
            ResponseId = reply.Id,
            ModelId = reply.Model,
            FinishReason = Finish(choice),
            Usage = Usage(reply.Usage),
        };
    }

    private static ChatFinishReason? Finish(OpenAiWire.Choice choice) => choice switch
    {
        { Message: { Content: null, Refusal: not null } } => ChatFinishReason.ContentFilter,
        { FinishReason: { Length: > 0 } reason } => IsCut(choice) ? ChatFinishReason.Length : new ChatFinishReason(reason),
        _ => null,
    };

    /// <summary>Whether the tokens ran out: those that were allowed, or, in Mistral's word, the model's window.</summary>
    private static bool IsCut(OpenAiWire.Choice choice) => choice.FinishReason is "length" or "model_length";

    private static UsageDetails? Usage(OpenAiWire.Usage? usage)
    {
        if (usage is null)
            return null;

        // xAI and Gemini count reasoning, which they charge for, in the total only.
        long? output = usage.TotalTokens - usage.PromptTokens is { } rest && rest > (usage.CompletionTokens ?? 0) ? rest : usage.CompletionTokens;
        return new()
        {
            InputTokenCount = usage.PromptTokens,
            OutputTokenCount = output,
            TotalTokenCount = usage.TotalTokens ?? usage.PromptTokens + output,
            CachedInputTokenCount = usage.PromptTokensDetails?.CachedTokens ?? usage.PromptCacheHitTokens ?? usage.CachedTokens,
            ReasoningTokenCount = usage.CompletionTokensDetails?.ReasoningTokens,
            AdditionalCounts = usage.PromptTokensDetails?.CacheWriteTokens is > 0 and var written ? new() { [ModelReply.CacheWrites] = written } : null,
        };
    }
}
