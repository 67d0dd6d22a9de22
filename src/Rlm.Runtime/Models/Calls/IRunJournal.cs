using Rlm.Runtime.Evaluation.Functions;

namespace Rlm.Runtime.Models.Calls;

/// <summary>A journal as a run sees it: the replies of earlier runs, and a place to write down what happens in this one.</summary>
internal interface IRunJournal : IReplyStore, IToolJournal
{
    /// <summary>What is to be told of replies that were lost; null where none was.</summary>
    string? Damage { get; }

    /// <summary>When the run began that is replayed; null where none is, or nobody wrote it down.</summary>
    DateTimeOffset? ReplayedClock { get; }

    /// <summary>Keeps the journal to one run, until what is returned is disposed.</summary>
    /// <exception cref="InvalidOperationException">Another run has it.</exception>
    IDisposable TakeForRun();

    /// <summary>Writes an event down.</summary>
    /// <param name="happened">The event.</param>
    /// <param name="heldCalls">Replies that were taken for free so far.</param>
    void Write(RlmEvent happened, int heldCalls);

    /// <summary>Writes down what came of a call.</summary>
    void Write(CallOutcome outcome);
}
