namespace Rlm;

/// <summary>A call of a run that a journal tells of.</summary>
/// <param name="Model">What the run calls the model: <c>root</c>, <c>sub</c>, or a name; empty where the journal does not say.</param>
/// <param name="At">Time from the run's begin to that of the call.</param>
public sealed record TracedCall(string Model, TimeSpan At)
{
    /// <summary>The root of <c>rlm</c> that made it, see <see cref="RlmEvent.Root"/>; null for the run's own.</summary>
    public string? Root { get; init; }

    /// <summary>The number of its stage in <see cref="TracedRun.Stages"/>; null for a turn of the run's root, and where several stages were open.</summary>
    public int? Stage { get; init; }

    /// <summary>The turn of its root, from 1; 0 for a program by hand.</summary>
    public int Turn { get; init; }

    /// <summary>How long it took; zero for one that was not made.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>What came of it.</summary>
    public TracedCallState State { get; init; }

    /// <summary>Why it failed, was not made, or its reply is of no use, in one line; null for a reply that is.</summary>
    public string? Reason { get; init; }

    /// <summary>Attempts that failed before.</summary>
    public int Retries { get; init; }

    /// <summary>Tokens of the prompt, those of attempts without a reply included.</summary>
    public long InputTokens { get; init; }

    /// <summary>Those of them that the provider had in its cache.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Tokens of the reply.</summary>
    public long OutputTokens { get; init; }

    /// <summary>US dollars; null where nobody knew the price, and in journals of earlier versions.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Whether a request was made that may have been charged.</summary>
    public bool WasMade => State != TracedCallState.NotMade;
}

/// <summary>What came of a call.</summary>
public enum TracedCallState
{
    /// <summary>A reply, of use as far as the journal tells.</summary>
    Replied,

    /// <summary>A reply without a usable value for some item.</summary>
    Unusable,

    /// <summary>No reply.</summary>
    Failed,

    /// <summary>No reply: a limit cut it off.</summary>
    Stopped,

    /// <summary>A limit left too little for it.</summary>
    NotMade,
}
