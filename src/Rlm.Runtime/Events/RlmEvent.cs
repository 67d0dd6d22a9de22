namespace Rlm;

/// <summary>Something that happened in a run.</summary>
/// <remarks>Its properties may become more, which breaks nobody who reads events or makes them.</remarks>
public abstract record RlmEvent
{
    /// <summary>Time since the run began.</summary>
    public required TimeSpan At { get; init; }

    /// <summary>
    /// The root of <c>rlm</c> that it happened in, as <c>2.3</c>: the third item of the second stage that asks roots. One of a root below
    /// that is <c>2.3/1.1</c>, so that what stands before the last <c>/</c> is its parent. Null for the run's own root.
    /// </summary>
    public string? Root { get; init; }

    /// <summary>How deep that root is; 0 for the run's own.</summary>
    public int Depth => Root is null ? 0 : 1 + Root.Count(static letter => letter == '/');
}
