using System.Text.Json;

namespace Rlm.Runtime.Journal;

/// <summary>One line of a journal behind its head: each kind is a record that writes its fields and reads them.</summary>
internal interface IJournalEntry
{
    /// <summary>What the line has as <c>event</c>.</summary>
    string Kind { get; }

    /// <summary>Time since the run began; null for what is written before.</summary>
    TimeSpan? At { get; }

    void Write(Utf8JsonWriter writer);
}
