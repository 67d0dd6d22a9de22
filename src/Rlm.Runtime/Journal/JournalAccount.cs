using Rlm.Runtime.Journal;

namespace Rlm;

/// <summary>What a journal tells of its runs, added up.</summary>
public sealed class JournalAccount
{
    private JournalAccount(IReadOnlyList<JournalRunAccount> runs, IReadOnlyList<long> damagedLines) =>
        (Runs, DamagedLines) = (runs, damagedLines);

    /// <summary>The runs in the order in which they began; empty for a journal that no run has begun in.</summary>
    public IReadOnlyList<JournalRunAccount> Runs { get; }

    /// <summary>
    /// Lines of the file, from 1, that are left out: they are damaged, doubled or out of place, or some are missing before them.
    /// </summary>
    public IReadOnlyList<long> DamagedLines { get; }

    /// <summary>Reads a journal from its beginning, also one that is being written. Nothing is written.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="IOException">The file cannot be read or is not a journal of this version.</exception>
    public static JournalAccount Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var runs = new List<JournalRunAccount>();
        var reader = new JournalReader(path);
        foreach (var (entry, _) in reader.ReadEntries())
            Add(runs, entry);

        return new(runs, reader.Damaged);
    }

    private static void Add(List<JournalRunAccount> runs, IJournalEntry entry)
    {
        if (JournalRunAccount.IsOpening(entry, runs.Count == 0 ? null : runs[^1]))
            runs.Add(new JournalRunAccount());
        if (runs.Count > 0)
            runs[^1].Add(entry);
    }
}
