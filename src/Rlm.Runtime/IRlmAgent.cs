using System.Text.Json.Serialization.Metadata;
using Rlm.Runtime.Execution;

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

    /// <summary>The same with an answer of a shape: <see cref="RlmResult.Answer"/> is JSON of it.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="shape">The shape.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <returns>The events, to be enumerated once: the run begins with it.</returns>
    IAsyncEnumerable<RlmEvent> AskStreamingAsync(
        string question, IReadOnlyList<RlmVariable> variables, AnswerShape shape, CancellationToken cancellationToken = default);

    /// <summary>Answers a question about variables with a value of a type.</summary>
    /// <typeparam name="T">The type: records, enums, lists, dictionaries, numbers, bool, dates, texts, nested as they are.</typeparam>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="answer">The contract of the answer's type, as source generation makes it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NotSupportedException">The type has no JSON schema.</exception>
    async Task<RlmResult<T>> AskAsync<T>(
        string question, IReadOnlyList<RlmVariable> variables, JsonTypeInfo<T> answer, CancellationToken cancellationToken = default) =>
        new(await RunStream.ResultAsync(AskStreamingAsync(question, variables, AnswerShape.Of(answer), cancellationToken))
            .ConfigureAwait(false), answer);
}
