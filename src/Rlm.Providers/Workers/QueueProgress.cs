namespace Rlm;

/// <summary>What came of a run's calls.</summary>
/// <param name="Replies">Those that it does not have yet; each comes again until the call is forgotten.</param>
/// <param name="Lapsed">Ids of calls whose worker is silent.</param>
/// <param name="Slots">How many calls the workers that are there make at a time, all together, by the paths that they can call.</param>
/// <param name="Standing">Ids of all calls and replies, where that was asked for.</param>
public sealed record QueueProgress(
    IReadOnlyList<QueuedReply> Replies, IReadOnlyList<string> Lapsed, IReadOnlyDictionary<string, int> Slots, IReadOnlyList<string> Standing)
{
    /// <summary>The paths that workers could call which are silent, and have not left.</summary>
    public IReadOnlyList<string> Silent { get; init; } = [];
}
