namespace Rlm.Runtime.Answers;

/// <summary>What the host says of the programs of a root, or of those that are written by hand.</summary>
/// <param name="Tools">Functions that they may call.</param>
internal sealed record ProgramRules(IReadOnlyList<RlmTool> Tools)
{
    /// <summary>The shape that an answer must have; null for any.</summary>
    public AnswerShape? Shape { get; init; }

    /// <summary>What helps call the page that lists the operators; null for its own name.</summary>
    public string? OperatorsPage { get; init; }

    /// <summary>Why they may not ask child roots; null where they may.</summary>
    public string? RootsRefused { get; init; }
}
