using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>A run's result as a chat client's response.</summary>
internal static class AnswerResponse
{
    /// <exception cref="RlmAnswerException">There is no answer, or one without a word.</exception>
    public static ChatResponse Of(RlmResult result, string id, string? model, UsageDetails? before, TimeProvider time)
    {
        if (result is not { Outcome: RlmOutcome.Answered, Answer: { } answer } || string.IsNullOrWhiteSpace(answer))
            throw new RlmAnswerException(result);

        var now = time.GetUtcNow();
        var usage = UsageOf(result.Usage);
        if (before is not null)
            usage.Add(before);
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, answer) { MessageId = id, CreatedAt = now })
        {
            ResponseId = id,
            ModelId = model,
            CreatedAt = now,
            // What callers look at to see whether an answer is whole.
            FinishReason = result.IsPartial ? ChatFinishReason.Length : ChatFinishReason.Stop,
            Usage = usage,
            RawRepresentation = result,
            AdditionalProperties = PropertiesOf(result),
        };
    }

    private static UsageDetails UsageOf(RlmUsage usage) => new()
    {
        InputTokenCount = usage.InputTokens,
        OutputTokenCount = usage.OutputTokens,
        TotalTokenCount = usage.InputTokens + usage.OutputTokens,
        CachedInputTokenCount = usage.CachedInputTokens,
    };

    private static AdditionalPropertiesDictionary PropertiesOf(RlmResult result)
    {
        var properties = new AdditionalPropertiesDictionary
        {
            [RlmProperties.Outcome] = result.Outcome.ToString(),
            [RlmProperties.IsPartial] = result.IsPartial,
            [RlmProperties.Calls] = result.Usage.Calls,
            [RlmProperties.Steps] = result.Usage.Steps,
            [RlmProperties.Reasons] = result.Reasons.ToArray(),
            [RlmProperties.Losses] = result.Losses.Select(loss => loss.Text).ToArray(),
            [RlmProperties.Citations] = result.Citations.ToArray(),
        };
        if (result.Usage.CostUsd is { } cost)
            properties[RlmProperties.CostUsd] = cost;
        return properties;
    }
}
