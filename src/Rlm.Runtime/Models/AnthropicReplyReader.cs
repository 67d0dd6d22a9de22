using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Serialization;

namespace Rlm.Runtime.Models;

/// <summary>Reads a message into a <see cref="ChatResponse"/>, or says what is missing in it.</summary>
internal static class AnthropicReplyReader
{
    public static ChatResponse Read(AnthropicWire.Reply reply, FailureReader failures)
    {
        if (reply.Error is { ValueKind: JsonValueKind.Object or JsonValueKind.String } error)
            throw failures.Error(error);

        if (reply.Content is null)
            throw failures.Reply(ModelFailure.MalformedReply, "answered with no content blocks");

        var texts = reply.Content.Where(block => block is { Type: "text", Text: not null }).Select(block => block!.Text).ToArray();
        string text = string.Concat(texts);
        if (text.Length == 0 && reply.StopReason is "max_tokens" or "model_context_window_exceeded")
            throw failures.Reply(ModelFailure.OutputLimit, "used its output limit up before any text");

        if (texts.Length == 0)
        {
            throw reply.StopReason == "refusal"
                ? failures.Reply(ModelFailure.Refused, "refused")
                : failures.Reply(ModelFailure.EmptyReply, $"answered with no text (stop reason: {reply.StopReason ?? "none"})");
        }

        return new(new ChatMessage(ChatRole.Assistant, text))
        {
            ResponseId = reply.Id,
            ModelId = reply.Model,
            FinishReason = Finish(reply.StopReason),
            Usage = Usage(reply.Usage),
        };
    }

    private static ChatFinishReason? Finish(string? reason) => reason switch
    {
        "end_turn" or "stop_sequence" => ChatFinishReason.Stop,
        "max_tokens" or "model_context_window_exceeded" => ChatFinishReason.Length,
        "refusal" => ChatFinishReason.ContentFilter,
        { Length: > 0 } => new ChatFinishReason(reason),
        _ => null,
    };

    /// <summary>Here, unlike in the protocol, the input counts what was read from and written to the cache.</summary>
    private static UsageDetails? Usage(AnthropicWire.Usage? usage)
    {
        if (usage is null)
            return null;

        long? input = usage.InputTokens + (usage.CacheReadInputTokens ?? 0) + (usage.CacheCreationInputTokens ?? 0);
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = usage.OutputTokens,
            TotalTokenCount = input + usage.OutputTokens,
            CachedInputTokenCount = usage.CacheReadInputTokens,
            AdditionalCounts = usage.CacheCreationInputTokens is > 0 and var written ? new() { [ModelReply.CacheWrites] = written } : null,
        };
    }
}
