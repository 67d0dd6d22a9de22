using Microsoft.Extensions.AI;
using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Models.Calls;

/// <summary>What came of a call, or of an attempt at it.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="At">Time from the run's begin to that of the call, or to what came of it where it was not made.</param>
internal abstract record CallOutcome(string Key, TimeSpan At)
{
    /// <summary>The root of <c>rlm</c> that made it; null for the run's own.</summary>
    public string? Root { get; init; }

    /// <summary>The prompt; null where it is not to be kept, or none was sent.</summary>
    public IReadOnlyList<ChatMessage>? Messages { get; init; }

    /// <summary>US dollars of all attempts; null where nobody knows the price, or nothing was charged.</summary>
    public decimal? CostUsd { get; init; }
}

/// <summary>A reply came, which is never paid for again.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="At">Time from the run's begin to that of the call.</param>
/// <param name="Model">What the run calls the model.</param>
/// <param name="Reply">The reply, with the tokens of all attempts.</param>
internal sealed record RepliedCall(string Key, TimeSpan At, string Model, ModelReply Reply) : CallOutcome(Key, At)
{
    public TimeSpan Took { get; init; }

    /// <summary>The limit that had left it too few tokens, so that it is for a replay alone; null for none.</summary>
    public string? Limit { get; init; }
}

/// <summary>A call failed.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="At">Time from the run's begin to that of the call.</param>
/// <param name="Model">What the run calls the model.</param>
/// <param name="Failure">Why.</param>
/// <param name="Message">The same in one line.</param>
internal sealed record FailedCall(string Key, TimeSpan At, string Model, ModelFailure Failure, string Message) : CallOutcome(Key, At)
{
    public TimeSpan Took { get; init; }

    public int Attempts { get; init; }

    /// <summary>The tokens that its attempts were or may have been charged; null for none.</summary>
    public TokenCounts? Charged { get; init; }
}

/// <summary>A limit left too little for a call, or cut one off that was made; a replay has to know.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="At">Time from the run's begin.</param>
/// <param name="Limit">The limit, as its message has it.</param>
internal sealed record RefusedCall(string Key, TimeSpan At, string Limit) : CallOutcome(Key, At)
{
    /// <summary>What the run calls the model; null in a journal that does not tell.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens of a call that was made; null for one that was not.</summary>
    public TokenCounts? Charged { get; init; }
}

/// <summary>An attempt failed and is made again.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="At">Time from the run's begin.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Wait">How long it waits for that.</param>
internal sealed record RetriedCall(string Key, TimeSpan At, ModelFailure Failure, TimeSpan Wait) : CallOutcome(Key, At);

/// <summary>A reply that came gives no usable value for some of the items that it was asked about.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="At">Time from the run's begin.</param>
/// <param name="Items">How many of the items have none.</param>
/// <param name="Of">How many items the call was about.</param>
/// <param name="Reason">What is wrong with the reply about the first of them.</param>
internal sealed record UnusableReply(string Key, TimeSpan At, int Items, int Of, string Reason) : CallOutcome(Key, At);
