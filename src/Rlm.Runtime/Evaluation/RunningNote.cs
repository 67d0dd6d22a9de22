using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Evaluation;

/// <summary>A note whose numbers grow while a stage runs over one text after another.</summary>
internal abstract class RunningNote
{
    /// <summary>The note as it stands; null where there is nothing to say.</summary>
    public abstract string? Text { get; }

    /// <summary>What the stage read; empty where it does not look at each line or row.</summary>
    public virtual IReadOnlyList<SourceReading> Readings => [];

    /// <summary>Whether telling it reads the texts again, through the stages before, which may count that.</summary>
    public virtual bool ReadsAgain => false;

    /// <summary>What of it makes the value partial.</summary>
    public virtual IReadOnlyList<RlmLoss> Losses => [];

    /// <summary>Throws where what was found is not a result at all.</summary>
    /// <exception cref="EvaluationException">Nothing of the texts could be used.</exception>
    public virtual void Check()
    {
    }
}
