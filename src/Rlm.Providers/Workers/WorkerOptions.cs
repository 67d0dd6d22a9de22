namespace Rlm;

/// <summary>How a worker takes calls.</summary>
public sealed record WorkerOptions
{
    /// <summary>Its name, which no other worker has. The default is the machine's, with some letters.</summary>
    public string Name { get; init; } = $"{Environment.MachineName}-{Guid.NewGuid().ToString("N")[..8]}";

    /// <summary>The version of its program, which others see. Empty, the default, for none.</summary>
    public string Version { get; init; } = "";

    /// <summary>How many calls it makes at a time; at least 1. Default 32.</summary>
    public int Slots { get; init; } = 32;

    /// <summary>What it does itself, by the path of the calls; a path of the endpoint's is the endpoint's. Default nothing.</summary>
    /// <remarks>A handler that throws has replied with 500, one whose time is over not in time.</remarks>
    public IReadOnlyDictionary<string, Func<QueuedCall, CancellationToken, Task<QueuedReply>>> Handlers { get; init; } =
        new Dictionary<string, Func<QueuedCall, CancellationToken, Task<QueuedReply>>>();

    /// <summary>The largest reply in bytes, as it comes; at least 1. Default 64 MB.</summary>
    public int MaxReplyBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Takes a line when something changes that people should know, such as an address that does not answer. Default nobody.</summary>
    public Action<string> Tell { get; init; } = _ => { };

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
