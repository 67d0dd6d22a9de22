using Rlm.Runtime.Journal;
using Rlm.Runtime.Journal.Traces;

namespace Rlm;

/// <summary>What a journal tells of its runs, step by step: what a page, a debugger or a test looks at.</summary>
/// <remarks>Texts of calls are read a second time, by <see cref="ReadTexts"/>, so that a journal of any length takes little memory.</remarks>
public sealed class JournalTrace
{
    private readonly string _path;

    private JournalTrace(string path, IReadOnlyList<TracedRun> runs, IReadOnlyList<long> damagedLines) =>
        (_path, Runs, DamagedLines) = (path, runs, damagedLines);

    /// <summary>The runs in the order in which they began; empty for a journal that no run has begun in.</summary>
    public IReadOnlyList<TracedRun> Runs { get; }

    /// <inheritdoc cref="JournalAccount.DamagedLines"/>
    public IReadOnlyList<long> DamagedLines { get; }

    /// <summary>Reads a journal from its beginning, also one that is being written. Nothing is written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read or is not a journal of a version that this rlm reads.</exception>
    public static JournalTrace Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var reader = new JournalReader(path);
        var tracers = new List<RunTracer>();
        var allowance = new StepAllowance();
        foreach (var (entry, line) in reader.ReadEntries())
        {
            if (JournalRunAccount.IsOpening(entry, tracers.Count == 0 ? null : tracers[^1].Account))
                tracers.Add(new RunTracer(allowance));
            if (tracers.Count > 0)
                tracers[^1].Add(entry, JournalEntries.RootOf(entry, line));
        }

        return new(path, [.. tracers.Select(static tracer => tracer.Complete())], reader.Damaged);
    }

    /// <summary>
    /// The texts of the calls of all runs, in the order of <see cref="TracedRun.Calls"/>, one at a time. A journal that is being written
    /// may have some more.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read any more.</exception>
    public IEnumerable<TracedCallText> ReadTexts()
    {
        bool hasBegun = false;
        foreach (var (entry, line) in new JournalReader(_path).ReadEntries())
        {
            // What stands before the first run belongs to none.
            hasBegun |= JournalRunAccount.IsOpening(entry, last: null);
            if (hasBegun && entry is CallEntry or FailedEntry or RefusedEntry)
                yield return new TracedCallText((entry as CallEntry)?.Call.Reply.Received, JournalPrompt.Read(line));
        }
    }
}
