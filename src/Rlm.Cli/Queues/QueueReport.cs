using System.Text.Json.Serialization;

namespace Rlm.Cli.Queues;

/// <summary>Who is at a queue, and what waits there.</summary>
internal sealed record QueueReport(IReadOnlyList<ReportedWorker> Workers, IReadOnlyList<ReportedRun> Runs);

/// <param name="Name">Its name.</param>
/// <param name="Version">The version of its program.</param>
/// <param name="Slots">How many calls it makes at a time.</param>
/// <param name="UnderWay">How many it has.</param>
/// <param name="Finished">How many it has made.</param>
/// <param name="Failed">How many of these failed.</param>
/// <param name="PerMinute">How many it makes in a minute, since it joined.</param>
/// <param name="SeenSeconds">How long ago it was last heard of.</param>
/// <param name="IsSilent">Whether that is longer than a lease.</param>
/// <param name="Trouble">Why it takes no calls; null where it takes some.</param>
internal sealed record ReportedWorker(
    string Name, string Version, int Slots, long UnderWay, [property: JsonPropertyName("made")] long Finished, long Failed, double PerMinute, double SeenSeconds,
    [property: JsonPropertyName("silent")] bool IsSilent, string? Trouble);

/// <param name="Name">What the queue calls it.</param>
/// <param name="Owner">Who posted it.</param>
/// <param name="Waiting">Calls that no worker has.</param>
/// <param name="UnderWay">Calls that one has.</param>
/// <param name="Lapsed">Calls whose worker is silent.</param>
/// <param name="Replies">Replies that the run has not taken.</param>
/// <param name="OldestSeconds">How long ago its oldest call or reply came.</param>
internal sealed record ReportedRun(string Name, string Owner, long Waiting, long UnderWay, long Lapsed, long Replies, double OldestSeconds);
