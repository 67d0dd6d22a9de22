namespace Rlm;

/// <summary>What a worker says of itself.</summary>
/// <param name="Name">Its name, which no other worker has.</param>
/// <param name="Version">The version of its program.</param>
/// <param name="Slots">How many calls it makes at a time; 0 while it takes none.</param>
/// <param name="Paths">The paths that it can call.</param>
public sealed record WorkerState(string Name, string Version, int Slots, IReadOnlyCollection<string> Paths)
{
    /// <summary>Tells its process from another one that has taken its name. Empty, the default, where that is not told.</summary>
    public string Instance { get; init; } = "";

    /// <summary>The calls that it has, whose leases are renewed; what it was sent and never got lapses.</summary>
    public IReadOnlyCollection<QueuedCall> Calls { get; init; } = [];

    /// <summary>Whether it is about to end, and has nothing under way.</summary>
    public bool Leaves { get; init; }

    /// <summary>Why it takes no calls, in one line; null where it takes some.</summary>
    public string? Trouble { get; init; }
}
