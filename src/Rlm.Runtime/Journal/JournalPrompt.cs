using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Journal;

/// <summary>The field of what a call asked, in a journal that keeps prompts.</summary>
internal static class JournalPrompt
{
    private const string Field = "prompt", Role = "role", Text = "text";

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<ChatMessage>? messages)
    {
        if (messages is null)
            return;

        writer.WriteStartArray(Field);
        foreach (var message in messages)
        {
            writer.WriteStartObject();
            writer.WriteString(Role, message.Role.Value);
            writer.WriteString(Text, message.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The messages with their roles; empty where the journal has none.</summary>
    public static IReadOnlyList<(string Role, string Text)> Read(JsonElement line) => line.TryGetProperty(Field, out var messages)
        ? [.. messages.EnumerateArray().Select(message => (JournalEntries.ReadText(message, Role), JournalEntries.ReadText(message, Text)))]
        : [];
}
