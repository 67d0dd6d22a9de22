namespace Rlm;

/// <summary>A paid stage of a run that a journal tells of. What it asked by roots of its own is included.</summary>
/// <param name="Stage">The stage as written, cut to one line.</param>
/// <param name="At">When it began, from the run's begin.</param>
public sealed record TracedStage(string Stage, TimeSpan At)
{
    /// <summary>The root of <c>rlm</c> that it ran in; null for the run's own.</summary>
    public string? Root { get; init; }

    /// <summary>The turn of its root, from 1; 0 for a program by hand.</summary>
    public int Turn { get; init; }

    /// <summary>The number of the stage that asked its root; null for none.</summary>
    public int? Parent { get; init; }

    /// <summary>Calls that it meant to make.</summary>
    public int PlannedCalls { get; init; }

    /// <summary>When it was over; null where the journal does not say so.</summary>
    public TimeSpan? EndedAt { get; init; }

    /// <summary>Calls that it made, as it counted them itself; null where it did not come to its end.</summary>
    public int? CountedCalls { get; init; }

    /// <summary>Items without a usable reply; null where it did not come to its end.</summary>
    public int? FailedItems { get; init; }

    /// <summary>Calls that the journal tells of.</summary>
    public int Calls { get; init; }

    /// <summary>Those of them without a reply.</summary>
    public int FailedCalls { get; init; }

    /// <summary>Those of them whose reply has no usable value for some item.</summary>
    public int UnusableReplies { get; init; }

    /// <summary>Calls that a limit left too little for.</summary>
    public int CallsNotMade { get; init; }

    /// <summary>Requests that were made again.</summary>
    public int Retries { get; init; }

    /// <summary>Tokens of prompts.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens of replies.</summary>
    public long OutputTokens { get; init; }

    /// <summary>US dollars; null where the price of one of its calls is not known.</summary>
    public decimal? CostUsd { get; init; }
}
