namespace Rlm;

/// <summary>One root turn, told when it is over.</summary>
/// <param name="Number">The turn, from 1.</param>
/// <param name="Program">The program of the reply; null for a reply without one.</param>
/// <param name="Observation">What goes back to the root: results, diagnostics, or a nudge.</param>
/// <param name="IsAnswer">Whether the turn gave the answer.</param>
/// <param name="Usage">What has been used so far.</param>
public sealed record RlmStep(int Number, string? Program, string Observation, bool IsAnswer, RlmUsage Usage)
{
    /// <summary>The start of a reply that holds no program; null where it holds one.</summary>
    public string? Words { get; init; }
}
