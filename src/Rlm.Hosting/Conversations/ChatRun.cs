using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Rlm.Hosting.Conversations;

/// <summary>A run that becomes one response.</summary>
internal sealed class ChatRun(IRlmAgent agent, string question, IReadOnlyList<RlmVariable> variables)
{
    private readonly string _id = $"rlm-{Guid.NewGuid():N}";
    private RlmResult? _result;

    /// <summary>What the response says it is from; null for nothing.</summary>
    public string? Model { get; init; }

    /// <summary>What was used before the run; null for nothing.</summary>
    public UsageDetails? UsageBefore { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>What was said in the session before the answer.</summary>
    public IReadOnlyList<ChatMessage> Said { get; init; } = [];

    /// <summary>What remembers the session; null for nothing.</summary>
    public AgentSessionStateBag? Session { get; init; }

    /// <summary>The shape that the answer must have; null for words.</summary>
    public AnswerShape? Shape { get; init; }

    public IAsyncEnumerable<RlmEvent> Events(CancellationToken cancellationToken) => Shape is null
        ? agent.AskStreamingAsync(question, variables, cancellationToken)
        : agent.AskStreamingAsync(question, variables, Shape, cancellationToken);

    /// <summary>Takes an event, and tells of it in an update without content, of the message that will be the answer; null for the end.</summary>
    public ChatResponseUpdate? Take(RlmEvent happened)
    {
        RunLog.Write(Logger, happened);
        if (happened is RunFinished finished)
        {
            _result = finished.Result;
            return null;
        }

        return new ChatResponseUpdate(ChatRole.Assistant, [])
        {
            ResponseId = _id,
            MessageId = _id,
            CreatedAt = Time.GetUtcNow(),
            RawRepresentation = happened,
        };
    }

    /// <summary>The response.</summary>
    /// <exception cref="RlmAnswerException">There is no answer.</exception>
    public ChatResponse Response() => AnswerResponse.Of(_result!, _id, Model, UsageBefore, Time);
}
