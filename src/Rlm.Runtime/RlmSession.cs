using Microsoft.Extensions.AI;
using Rlm.Runtime.Events;

namespace Rlm.Runtime;

/// <summary>Runs programs over variables, and keeps their lets from one program to the next.</summary>
/// <param name="model">The model of paid stages.</param>
/// <param name="variables">The variables, each name once.</param>
/// <param name="options">Limits and settings; null for the defaults.</param>
public sealed class RlmSession(IChatClient model, IReadOnlyList<RlmVariable> variables, RlmOptions? options = null)
{
    /// <summary>Checks a program against the variables without running it.</summary>
    public Dsl.RlmProgram Check(string program, string name = "program") => throw new NotImplementedException($"{model}{variables}{options}{program}{name}");

    /// <summary>Runs a program and gives what happens, the result last. A program with errors is not run at all.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What diagnostics call it.</param>
    /// <param name="cancellationToken">Ends the run; throws <see cref="OperationCanceledException"/>.</param>
    public IAsyncEnumerable<RlmEvent> RunAsync(string program, string name = "program", CancellationToken cancellationToken = default) => throw new NotImplementedException();
}
