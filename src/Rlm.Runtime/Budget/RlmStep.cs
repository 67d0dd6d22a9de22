namespace Rlm;

/// <summary>One root turn, told when it is over. Its properties may become more, which breaks nobody who reads steps or makes them.</summary>
public sealed record RlmStep
{
    /// <summary>The turn, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The program of the reply; null for a reply without one.</summary>
    public string? Program { get; init; }

    /// <summary>The start of a reply that holds no program; null where it holds one.</summary>
    public string? Words { get; init; }

    /// <summary>What goes back to the root: results, diagnostics, or a nudge.</summary>
    public required string Observation { get; init; }

    /// <summary>Whether the turn gave the answer.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>What has been used so far.</summary>
    public required RlmUsage Usage { get; init; }

    /// <summary>The root of <c>rlm</c> whose turn it is, as <see cref="RlmEvent.Root"/> names it; null for the run's own.</summary>
    public string? Root { get; init; }
}
