using System.Text.Json.Serialization.Metadata;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Root;

namespace Rlm;

/// <summary>Questions about the same variables, each of which knows the earlier ones: <c>RlmAgent.StartAsync</c> begins it.</summary>
/// <remarks>
/// Lets and replies are kept from one question to the next. A root is told what was asked and answered before, newest first, in at most
/// some 1,000 tokens, and which lets there are. Each question has a budget, limits and usage of its own; <see cref="RlmOptions.Budget"/>
/// bounds all of them together. One question at a time: a second one throws <see cref="InvalidOperationException"/>.
/// </remarks>
public sealed class RlmConversation
{
    private readonly RlmAgent _agent;
    private readonly ReplyCache _replies;
    private readonly RootMemory _memory;
    private readonly SessionGate _gate;

    internal RlmConversation(RlmAgent agent, IReadOnlyList<RlmVariable> variables)
    {
        _agent = agent;
        Variables = variables;
        _replies = new ReplyCache(agent.Journal);
        _memory = new RootMemory(new VariableTable(variables));
        _gate = new SessionGate("The conversation is in the middle of another question: wait for its end, or start a conversation for each.");
    }

    private RlmConversation(RlmAgent agent, RlmConversation earlier)
    {
        (_agent, Variables, _memory, _gate) = (agent.WithPaceOf(earlier._agent), earlier.Variables, earlier._memory, earlier._gate);
        _replies = agent.Journal == earlier._agent.Journal ? earlier._replies : new ReplyCache(agent.Journal);
    }

    /// <summary>The host's variables that are there.</summary>
    public IReadOnlyList<RlmVariable> Variables { get; }

    /// <summary>The questions that were answered, the oldest first.</summary>
    public IReadOnlyList<RlmExchange> Exchanges => _memory.Exchanges;

    /// <summary>
    /// The same conversation with the models and limits of another agent, as for one question: what is asked and kept in one of them the
    /// other knows.
    /// </summary>
    /// <param name="agent">The agent. Requests and tokens a minute go on being counted where it allows as many.</param>
    public RlmConversation With(RlmAgent agent)
    {
        ArgumentNullException.ThrowIfNull(agent);
        return new(agent, this);
    }

    /// <summary>Answers the next question.</summary>
    /// <param name="question">The question.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>. The lets so far are kept.</param>
    /// <exception cref="InvalidOperationException">Another question is being answered.</exception>
    public Task<RlmResult> AskAsync(string question, CancellationToken cancellationToken = default) =>
        RunStream.ResultAsync(AskStreamingAsync(question, null, cancellationToken));

    /// <summary>Answers the next question with a value of a type, as <see cref="RlmAgent"/> does.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="question">The question.</param>
    /// <param name="answer">The contract of the answer's type, as source generation makes it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>. The lets so far are kept.</param>
    /// <exception cref="InvalidOperationException">Another question is being answered.</exception>
    /// <exception cref="NotSupportedException">The type has no JSON schema.</exception>
    public async Task<RlmResult<T>> AskAsync<T>(string question, JsonTypeInfo<T> answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new(await RunStream.ResultAsync(AskStreamingAsync(question, AnswerShape.Of(answer), cancellationToken)).ConfigureAwait(false), answer);
    }

    /// <summary>The same, giving what happens while it happens, the result last.</summary>
    /// <param name="question">The question.</param>
    /// <param name="shape">The shape that the answer must have; null for any.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>. The lets so far are kept.</param>
    /// <returns>The events, to be enumerated once: the run begins with it.</returns>
    public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, AnswerShape? shape = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(question);
        return _agent.AskNextAsync(question, this, shape, cancellationToken);
    }

    internal ReplyCache Replies => _replies;

    internal RootMemory Memory => _memory;

    internal SessionGate Gate => _gate;
}
