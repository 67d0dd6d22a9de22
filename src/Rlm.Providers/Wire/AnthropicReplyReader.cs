using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Providers.Wire;

/// <summary>Reads a message into a <see cref="ChatResponse"/>, or says what is missing in it.</summary>
internal static class AnthropicReplyReader
{
    /// <exception cref="ModelException">The reply holds no text.</exception>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static ChatResponse Read(ReadOnlySpan<byte> body, FailureReader failures)
    {
        string? text = null, stopReason = null;
        bool hasContent = false;
        UsageDetails? usage = null;
        var head = default(ReplyHead);
        var json = new ReplyJson(body);
        while (json.NextField())
        {
            if (json.Is("content"u8))
                (hasContent, text) = ReplyContent.Read(ref json) is var content ? (content.IsContent, content.Text) : default;
            else if (json.Is("stop_reason"u8))
                stopReason = json.Text();
            else if (json.Is("usage"u8))
                usage = json.EntersObject() ? Usage(ref json) : null;
            else
                head.Read(ref json);
        }

        head.ThrowIfError(failures);
        if (!hasContent)
            throw failures.Reply(ModelFailure.MalformedReply, "answered with no content blocks", usage);

        if (string.IsNullOrEmpty(text) && stopReason is "max_tokens" or "model_context_window_exceeded")
            throw failures.Reply(ModelFailure.OutputLimit, "used its output limit up before any text", usage);

        if (text is null)
        {
            throw stopReason == "refusal"
                ? failures.Reply(ModelFailure.Refused, "refused", usage)
                : failures.Reply(ModelFailure.EmptyReply, $"answered with no text (stop reason: {stopReason ?? "none"})", usage);
        }

        return head.ResponseOf(text, Finish(stopReason), usage);
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
    private static UsageDetails Usage(ref ReplyJson json)
    {
        long? input = null, read = null, written = null, output = null;
        while (json.NextField())
        {
            if (json.Is("input_tokens"u8))
                input = json.Count();
            else if (json.Is("cache_read_input_tokens"u8))
                read = json.Count();
            else if (json.Is("cache_creation_input_tokens"u8))
                written = json.Count();
            else if (json.Is("output_tokens"u8))
                output = json.Count();
        }

        input += (read ?? 0) + (written ?? 0);
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = input + output,
            CachedInputTokenCount = read,
            AdditionalCounts = written > 0 ? new() { [ModelReply.CacheWrites] = written.Value } : null,
        };
    }
}
