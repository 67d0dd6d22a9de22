using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Rlm;

namespace WebApi;

/// <summary>Answers to questions about an uploaded text, as a stream of events.</summary>
internal static class Answers
{
    /// <summary>
    /// <c>progress</c> while the run goes on; then <c>answer</c>, or <c>failure</c> with what went wrong, and <c>partial</c> with what an
    /// answer lacks.
    /// </summary>
    public static async IAsyncEnumerable<SseItem<string>> StreamAsync(
        IRlmAgent agent, string question, Stream upload, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var text = await TextSource.FromStreamAsync(upload, "upload", cancellationToken: cancellationToken);
        await foreach (var happened in agent.AskStreamingAsync(question, [RlmVariable.Text("context", text)], cancellationToken))
        {
            if (happened is TurnStarted { Root: null } turn)
                yield return new SseItem<string>($"turn {turn.Number} of at most {turn.MaxSteps}", "progress");
            if (happened is not RunFinished { Result: var result })
                continue;

            yield return result.Answer is { } answer
                ? new SseItem<string>(answer, "answer")
                : new SseItem<string>($"{result.Outcome}: {string.Join("; ", result.Reasons)}", "failure");
            if (result.IsPartial)
                yield return new SseItem<string>(string.Join("; ", result.Reasons), "partial");
        }
    }
}
