namespace Rlm;

/// <summary>When a journal's entries are forced from the system's memory to the disk.</summary>
/// <remarks>
/// Every entry is handed to the system at once, so a killed process loses none of it; this is about a machine that loses its power.
/// </remarks>
public enum JournalSync
{
    /// <summary>When the journal is closed.</summary>
    End,

    /// <summary>After each entry.</summary>
    Each,

    /// <summary>Never; the system does it when it likes.</summary>
    Off,
}
