using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Rlm.Hosting.Conversations;

namespace Rlm.Hosting.Agents;

/// <summary>An agent over some texts, as Microsoft's Agent Framework runs agents. A session keeps what was said in it.</summary>
internal sealed class RlmAIAgent(IRlmAgent agent, IReadOnlyList<RlmVariable> variables, string? name, string? description) : AIAgent
{
    private const string History = "rlm.messages";

    public override string? Name => name;

    public override string? Description => description;

    public override object? GetService(Type serviceType, object? serviceKey = null) =>
        base.GetService(serviceType, serviceKey) ?? (serviceKey is null && serviceType.IsInstanceOfType(agent) ? agent : null);

    protected override ValueTask<AgentSession> CreateSessionCoreAsync(CancellationToken cancellationToken = default) =>
        new(new RlmAgentSession(new AgentSessionStateBag()));

    protected override ValueTask<JsonElement> SerializeSessionCoreAsync(
        AgentSession session, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        new(RequireOwn(session).StateBag.Serialize());

    protected override ValueTask<AgentSession> DeserializeSessionCoreAsync(
        JsonElement serializedState, JsonSerializerOptions? jsonSerializerOptions = null, CancellationToken cancellationToken = default) =>
        new(new RlmAgentSession(AgentSessionStateBag.Deserialize(serializedState)));

    protected override async Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        var run = Begin(messages, session, options);
        await foreach (var happened in run.Events(cancellationToken).ConfigureAwait(false))
            run.Take(happened);
        return new AgentResponse(End(run)) { AgentId = Id };
    }

    protected override async IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var run = Begin(messages, session, options);
        await foreach (var happened in run.Events(cancellationToken).ConfigureAwait(false))
        {
            if (run.Take(happened) is { } progress)
                yield return new AgentResponseUpdate(progress) { AgentId = Id };
        }

        foreach (var update in End(run).ToChatResponseUpdates())
            yield return new AgentResponseUpdate(update) { AgentId = Id };
    }

    private ChatRun Begin(IEnumerable<ChatMessage> messages, AgentSession? session, AgentRunOptions? options)
    {
        var history = session is null ? null : RequireOwn(session).StateBag;
        List<ChatMessage> said = [.. history is null ? [] : Find(history), .. messages];
        if (said.SelectMany(message => message.Contents).FirstOrDefault(content => content is not TextContent) is { } other)
            throw new NotSupportedException($"This agent is asked in words: a message holds {other.GetType().Name}.");
        if (said.Count == 0)
            throw new ArgumentException("Nothing is asked.", nameof(messages));

        return new ChatRun(agent, QuestionText.Of(said, static content => ((TextContent)content).Text.Trim()), variables)
        {
            Shape = FormatShape.Find(options?.ResponseFormat),
            Said = said,
            Session = history,
        };
    }

    /// <summary>The response, which the session remembers from here on; a run without an answer leaves no trace in it.</summary>
    private static ChatResponse End(ChatRun run)
    {
        var response = run.Response();
        run.Session?.SetValue<List<ChatMessage>>(
            History, [.. run.Said, new ChatMessage(ChatRole.Assistant, response.Text)], AgentAbstractionsJsonUtilities.DefaultOptions);
        return response;
    }

    private static List<ChatMessage> Find(AgentSessionStateBag history) =>
        history.TryGetValue<List<ChatMessage>>(History, out var messages, AgentAbstractionsJsonUtilities.DefaultOptions) ? messages ?? [] : [];

    private static RlmAgentSession RequireOwn(AgentSession session) => session as RlmAgentSession
        ?? throw new ArgumentException("The session is another agent's: make it by `CreateSessionAsync`.", nameof(session));

    private sealed class RlmAgentSession(AgentSessionStateBag state) : AgentSession(state);
}
