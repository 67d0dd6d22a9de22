using System.Text.Json;
using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Journal;

/// <summary>The fields of an entry's tokens; those of the provider's cache are left out where they are 0.</summary>
internal static class JournalTokens
{
    private const string Input = "inputTokens", Output = "outputTokens", CachedInput = "cachedInputTokens", CacheWrite = "cacheWriteTokens";

    public static void Write(Utf8JsonWriter writer, TokenCounts tokens)
    {
        writer.WriteNumber(Input, tokens.Input);
        writer.WriteNumber(Output, tokens.Output);
        WriteCache(writer, tokens);
    }

    /// <summary>The same as an end has them, in its order.</summary>
    public static void WriteOfEnd(Utf8JsonWriter writer, TokenCounts tokens)
    {
        writer.WriteNumber(Input, tokens.Input);
        WriteCache(writer, tokens);
        writer.WriteNumber(Output, tokens.Output);
    }

    public static TokenCounts Read(JsonElement line) => new(
        line.GetProperty(Input).GetInt64(), line.GetProperty(Output).GetInt64(), ReadCache(line, CachedInput), ReadCache(line, CacheWrite));

    /// <summary>The tokens, or null for an entry without them.</summary>
    public static TokenCounts? Find(JsonElement line) => line.TryGetProperty(Input, out _) ? Read(line) : null;

    private static void WriteCache(Utf8JsonWriter writer, TokenCounts tokens)
    {
        if (tokens.CachedInput > 0)
            writer.WriteNumber(CachedInput, tokens.CachedInput);
        if (tokens.CacheWrite > 0)
            writer.WriteNumber(CacheWrite, tokens.CacheWrite);
    }

    private static long ReadCache(JsonElement line, string field) => line.TryGetProperty(field, out var count) ? count.GetInt64() : 0;
}
