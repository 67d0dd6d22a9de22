namespace Rlm;

/// <summary>What answers questions about texts: an <see cref="RlmAgent"/>, one that a container hands out, or a stand-in in a test.</summary>
/// <remarks>Any number of runs share one at the same time.</remarks>
public interface IRlmAgent
{
    /// <summary>Answers a question about variables.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    Task<RlmResult> AskAsync(string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default);

    /// <summary>Answers a question about one text, which programs know as <c>context</c>.</summary>
    /// <param name="question">The question.</param>
    /// <param name="context">The text.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    Task<RlmResult> AskAsync(string question, TextSource context, CancellationToken cancellationToken = default) =>
        AskAsync(question, [RlmVariable.Text("context", context)], cancellationToken);

    /// <summary>The same, giving what happens while it happens, the result last.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, to be enumerated once: the run begins with it.</returns>
    IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default);
}
