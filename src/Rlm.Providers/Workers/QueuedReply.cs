namespace Rlm;

/// <summary>What came of a worker's one attempt.</summary>
/// <param name="Run">Whose call it was.</param>
/// <param name="Id">What the run calls it.</param>
public sealed record QueuedReply(string Run, string Id)
{
    /// <summary>The HTTP status; null where none arrived.</summary>
    public int? StatusCode { get; init; }

    /// <summary>What went wrong below HTTP; null for nothing.</summary>
    public ModelFailure? Failure { get; init; }

    /// <summary>The headers that a run reads: the body's type and encoding, waits and rate limits.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>The body as it came, packed or not.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Whether no attempt was made, so that another worker may take the call.</summary>
    public bool IsGivenBack => StatusCode is null && Failure is null;
}
