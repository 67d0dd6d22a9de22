using Microsoft.Extensions.AI;
using Rlm.Runtime.Events;
using Rlm.Runtime.Texts;

namespace Rlm.Runtime;

/// <summary>The root loop: a model that answers a question about texts by writing programs over them.</summary>
/// <param name="root">The model that writes programs.</param>
/// <param name="sub">The model of paid stages; null for the root.</param>
/// <param name="options">Limits and settings; null for the defaults.</param>
public sealed class RlmAgent(IChatClient root, IChatClient? sub = null, RlmOptions? options = null)
{
    /// <summary>Calls that were made since the last reset.</summary>
    public int CallsUsed => throw new NotImplementedException();

    /// <summary>Calls that may still be made.</summary>
    public int CallsLeft => throw new NotImplementedException();

    /// <summary>Forgets what was used.</summary>
    public void Reset() => throw new NotImplementedException();

    /// <summary>Answers a question about one text, which programs know as <c>context</c>.</summary>
    public Task<RlmResult> AskAsync(string question, TextSource context, CancellationToken cancellationToken = default) =>
        AskAsync(question, [RlmVariable.Text("context", context)], cancellationToken);

    /// <summary>Answers a question about variables.</summary>
    /// <param name="question">The question.</param>
    /// <param name="variables">The variables, each name once.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="Models.ModelException">The root failed. A sub-call that fails makes its item fail.</exception>
    public Task<RlmResult> AskAsync(string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) => throw new NotImplementedException($"{root}{sub}{options}");

    /// <summary>The same, giving what happens while it happens, the result last.</summary>
    public IAsyncEnumerable<RlmEvent> RunAsync(string question, IReadOnlyList<RlmVariable> variables, CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
