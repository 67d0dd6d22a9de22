namespace Rlm.Runtime.Execution;

/// <summary>A note whose numbers grow while a stage runs over one text after another.</summary>
internal abstract class RunningNote
{
    /// <summary>The note as it stands; null where there is nothing to say.</summary>
    public abstract string? Text { get; }
}
