using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Providers.Wire;

/// <summary>Reads a chat completion into a <see cref="ChatResponse"/>, or says what is missing in it.</summary>
internal static class OpenAiReplyReader
{
    private const string FenceEnd = "\n```";

    /// <exception cref="ModelException">The reply holds no text.</exception>
    /// <exception cref="JsonException">It is not a JSON object.</exception>
    public static ChatResponse Read(ReadOnlySpan<byte> body, FailureReader failures)
    {
        Choice? first = null;
        UsageDetails? usage = null;
        var head = default(ReplyHead);
        var json = new ReplyJson(body);
        while (json.NextField())
        {
            if (json.Is("choices"u8))
                first = json.EntersList() ? FirstChoice(ref json) : null;
            else if (json.Is("usage"u8))
                usage = json.EntersObject() ? Usage(ref json) : null;
            else
                head.Read(ref json);
        }

        head.ThrowIfError(failures);
        if (first is not { } choice)
            throw failures.Reply(ModelFailure.MalformedReply, "answered with no choices", usage);

        // OpenRouter and Mistral, DeepSeek: what there is of the text stops anywhere.
        if (choice.FinishReason is "error" or "insufficient_system_resource")
            throw failures.Reply(ModelFailure.ServerError, $"broke its reply off (finish reason: {choice.FinishReason})", usage);

        string? text = choice.Content ?? choice.Refusal;
        if (string.IsNullOrEmpty(text) && choice.IsCut)
            throw failures.Reply(ModelFailure.OutputLimit, "used its output limit up before any text", usage);

        if (text is null)
        {
            throw choice.FinishReason == "content_filter"
                ? failures.Reply(ModelFailure.Refused, "filtered its reply away", usage)
                : failures.Reply(
                    ModelFailure.EmptyReply, $"answered with no content (finish reason: {choice.FinishReason ?? "none"})", usage);
        }

        return head.ResponseOf(text, Finish(choice), usage);
    }

    private static ChatFinishReason? Finish(Choice choice) => choice switch
    {
        { Content: null, Refusal: not null } => ChatFinishReason.ContentFilter,
        { IsCut: true } => ChatFinishReason.Length,
        { FinishReason: { Length: > 0 } reason } => new ChatFinishReason(reason),
        _ => null,
    };

    /// <summary>The first choice, since no more were asked for; null where there is none.</summary>
    private static Choice? FirstChoice(ref ReplyJson json)
    {
        Choice? first = null;
        for (bool isFirst = true; json.NextItem(); isFirst = false)
        {
            if (isFirst && json.EntersObject())
                first = ReadChoice(ref json);
        }

        return first;
    }

    private static Choice ReadChoice(ref ReplyJson json)
    {
        var choice = default(Choice);
        string? text = null, called = null;
        while (json.NextField())
        {
            if (json.Is("message"u8))
                (choice.Content, choice.Refusal, called) = json.EntersObject() ? ReadMessage(ref json) : default;
            else if (json.Is("finish_reason"u8))
                choice.FinishReason = json.Text();
            // What completions of older kinds have instead of a message.
            else if (json.Is("text"u8))
                text = json.Text();
        }

        choice.Content ??= text;
        // What was cut off stays open, so that nobody takes it for whole.
        if (called is not null)
            choice.Content = $"{(string.IsNullOrEmpty(choice.Content) ? "" : choice.Content + "\n")}{called}{(choice.IsCut ? "" : FenceEnd)}";
        return choice;
    }

    private static (string? Content, string? Refusal, string? Called) ReadMessage(ref ReplyJson json)
    {
        ReplyContent content = default;
        string? refusal = null, called = null;
        while (json.NextField())
        {
            if (json.Is("content"u8))
                content = ReplyContent.Read(ref json);
            else if (json.Is("refusal"u8))
                refusal = json.Text();
            else if (json.Is("tool_calls"u8))
                called = json.EntersList() ? ReadCustomCalls(ref json) : null;
        }

        // A server may send an empty text beside its refusal.
        refusal = string.IsNullOrEmpty(refusal) ? content.Refusal : refusal;
        return (refusal is not null && content.Text is "" ? null : content.Text, refusal, called);
    }

    /// <summary>What custom tools were called with, each a block that has the tool's name, the last without its end; null for none.</summary>
    private static string? ReadCustomCalls(ref ReplyJson json)
    {
        var blocks = new List<string>();
        while (json.NextItem())
        {
            if (!json.EntersObject())
                continue;

            while (json.NextField())
            {
                if (json.Is("custom"u8) && json.EntersObject() && ReadCustomCall(ref json) is { } block)
                    blocks.Add(block);
            }
        }

        return blocks.Count > 0 ? string.Join($"{FenceEnd}\n", blocks) : null;
    }

    private static string? ReadCustomCall(ref ReplyJson json)
    {
        string? name = null, input = null;
        while (json.NextField())
        {
            if (json.Is("name"u8))
                name = json.Text();
            else if (json.Is("input"u8))
                input = json.Text();
        }

        return input is null ? null : $"```{name}\n{input.TrimEnd('\n')}";
    }

    private static UsageDetails Usage(ref ReplyJson json)
    {
        long? input = null, output = null, total = null, cached = null, written = null, cachedElsewhere = null, reasoning = null;
        while (json.NextField())
        {
            if (json.Is("prompt_tokens"u8))
                input = json.Count();
            else if (json.Is("completion_tokens"u8))
                output = json.Count();
            else if (json.Is("total_tokens"u8))
                total = json.Count();
            else if (json.Is("prompt_tokens_details"u8))
                (cached, written) = json.EntersObject() ? Details(ref json, "cached_tokens"u8, "cache_write_tokens"u8) : default;
            else if (json.Is("completion_tokens_details"u8))
                (reasoning, _) = json.EntersObject() ? Details(ref json, "reasoning_tokens"u8, default) : default;
            // DeepSeek, and Moonshot.
            else if (json.Is("prompt_cache_hit_tokens"u8) || json.Is("cached_tokens"u8))
                cachedElsewhere = json.Count();
        }

        // xAI and Gemini count reasoning, which they charge for, in the total only.
        if (total - input is { } rest && rest > (output ?? 0))
            output = rest;
        return new()
        {
            InputTokenCount = input,
            OutputTokenCount = output,
            TotalTokenCount = total ?? input + output,
            CachedInputTokenCount = cached ?? cachedElsewhere,
            ReasoningTokenCount = reasoning,
            AdditionalCounts = written is > 0 and var tokens ? new() { [ModelReply.CacheWrites] = tokens } : null,
        };
    }

    /// <summary>The counts of those names; null for one that is missing.</summary>
    private static (long? First, long? Second) Details(ref ReplyJson json, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        var counts = (First: (long?)null, Second: (long?)null);
        while (json.NextField())
        {
            if (json.Is(first))
                counts.First = json.Count();
            else if (json.Is(second))
                counts.Second = json.Count();
        }

        return counts;
    }

    private record struct Choice(string? Content, string? Refusal, string? FinishReason)
    {
        /// <summary>Whether the tokens ran out: those that were allowed, or, in Mistral's word, the model's window.</summary>
        public readonly bool IsCut => FinishReason is "length" or "model_length";
    }
}
