using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Models.Calls;

/// <summary>Asks roots of their own for the stages of a run.</summary>
internal interface IChildRoots
{
    /// <summary>How many tokens the part of a root's prompt has that is the same for all questions, as they are estimated.</summary>
    /// <param name="run">The run whose stage asks roots.</param>
    long TokensOfPrompt(RunContext run);

    /// <summary>What a root finds out about a piece; where it ends without an answer, the reasons.</summary>
    /// <param name="question">What it is asked about which piece.</param>
    /// <param name="model">The name of the model that writes its programs; null for that of the run's own root.</param>
    /// <param name="run">What it runs in.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ModelException">Its first turn failed, or a model cannot be used at all.</exception>
    /// <exception cref="LimitReachedException">Tokens or money have run out.</exception>
    Task<RlmResult> AskAsync(ChildQuestion question, string? model, RunContext run, CancellationToken cancellationToken);
}
