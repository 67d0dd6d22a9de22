namespace Rlm;

/// <summary>Something that happened in a run.</summary>
/// <remarks>Its properties may become more, which breaks nobody who reads events or makes them.</remarks>
public abstract record RlmEvent
{
    /// <summary>Time since the run began.</summary>
    public required TimeSpan At { get; init; }
}
