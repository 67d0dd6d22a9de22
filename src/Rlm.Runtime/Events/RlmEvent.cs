namespace Rlm;

/// <summary>Something that happened in a run.</summary>
/// <param name="At">Time since the run began.</param>
public abstract record RlmEvent(TimeSpan At);
