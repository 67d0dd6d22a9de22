using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Rlm.Hosting.Conversations;

namespace Rlm.Hosting.Services;

/// <summary>An agent whose runs a log is told of.</summary>
internal sealed class LoggedRlmAgent(IRlmAgent agent, ILogger<RlmAgent> logger) : IRlmAgent
{
    public async Task<RlmResult> AskAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default)
    {
        RlmResult? result = null;
        await foreach (var happened in AskStreamingAsync(question, variables, cancellationToken).ConfigureAwait(false))
            result = (happened as RunFinished)?.Result ?? result;
        return result!;
    }

    public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) =>
        LogAsync(agent.AskStreamingAsync(question, variables, cancellationToken), cancellationToken);

    public IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, AnswerShape shape, CancellationToken cancellationToken = default) =>
        LogAsync(agent.AskStreamingAsync(question, variables, shape, cancellationToken), cancellationToken);

    private async IAsyncEnumerable<RlmEvent> LogAsync(
        IAsyncEnumerable<RlmEvent> events, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var happened in events.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            RunLog.Write(logger, happened);
            yield return happened;
        }
    }
}
