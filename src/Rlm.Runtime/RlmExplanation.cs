namespace Rlm;

/// <summary>How a program would run, told before the first call of it: its stages, what they give, and what they would spend.</summary>
/// <param name="Stages">The sources and stages of all pipelines in the order in which they run, which may not be that of the program.</param>
/// <param name="Plan">What the paid ones of them would spend, and what the limits say of it.</param>
public sealed record RlmExplanation(IReadOnlyList<ExplainedStage> Stages, SpendingPlan Plan)
{
    /// <summary>What is not computed, and why, one line each.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];
}

/// <summary>A stage of an explained program, or the source in front of the first one.</summary>
/// <param name="Statement">The statement that it stands in, such as <c>let hits</c> or <c>answer</c>.</param>
/// <param name="Stage">It as written, cut to one line.</param>
/// <param name="Output">The type of what it gives, as the language writes it.</param>
public sealed record ExplainedStage(string Statement, string Stage, string Output)
{
    /// <summary>The type of what comes in; null for a source.</summary>
    public string? Input { get; init; }

    /// <summary>How many items it gives; null where that is not a list, or where nobody can tell.</summary>
    public long? Items { get; init; }

    /// <summary>Whether there are just so many <see cref="Items"/>; else there are no more.</summary>
    public bool IsExact { get; init; }

    /// <summary>What it would spend; null for one that is free.</summary>
    public SpendingStage? Spending { get; init; }

    /// <summary>Why it stands where it does, which calls are made once for several, and where it ends early: one line each.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];
}
