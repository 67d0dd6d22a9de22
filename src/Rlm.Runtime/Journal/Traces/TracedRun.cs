namespace Rlm;

/// <summary>One run of a journal, step by step, as far as it came.</summary>
public sealed class TracedRun
{
    internal TracedRun(JournalRunAccount account) => Account = account;

    /// <summary>The run added up.</summary>
    public JournalRunAccount Account { get; }

    /// <summary>What the host wrote down of it; null for nothing.</summary>
    public JournalRun? Asked { get; internal set; }

    /// <summary>What came of it, with the numbers that were told then; null for a run that did not come to its end.</summary>
    public RlmResult? Result { get; internal set; }

    /// <summary>What happened, in order.</summary>
    public IReadOnlyList<TracedStep> Steps { get; internal set; } = [];

    /// <summary>Steps that are left out, since there are too many.</summary>
    public int LeftOutSteps { get; internal set; }

    /// <summary>The paid stages in the order in which they began.</summary>
    public IReadOnlyList<TracedStage> Stages { get; internal set; } = [];

    /// <summary>The calls in the order in which the journal tells what came of them.</summary>
    public IReadOnlyList<TracedCall> Calls { get; internal set; } = [];
}
