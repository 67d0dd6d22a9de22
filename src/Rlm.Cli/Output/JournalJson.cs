using System.Text.Json;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Output;

/// <summary>What <c>--json</c> prints of a journal.</summary>
internal sealed record JournalJson(IReadOnlyList<JournalRunJson> Runs, IReadOnlyList<long> DamagedLines)
{
    public static JournalJson Of(JournalAccount account) => new([.. account.Runs.Select(JournalRunJson.Of)], account.DamagedLines);

    public string Write() => JsonSerializer.Serialize(this, CliJsonContext.Readable.JournalJson);
}

internal sealed record JournalRunJson(
    IReadOnlyList<string> Command,
    string? Question,
    IReadOnlyList<string> Contexts,
    IReadOnlyList<string> Programs,
    IReadOnlyList<string> Words,
    IReadOnlyList<string> Failures,
    int FailedItems,
    int Turns,
    int Calls,
    int RootCalls,
    int FailedCalls,
    int Retries,
    int HeldReplies,
    long InputTokens,
    long OutputTokens,
    long CachedInputTokens,
    long CacheWriteTokens,
    decimal? CostUsd,
    long ElapsedMs,
    string? Outcome,
    bool Partial)
{
    public static JournalRunJson Of(JournalRunAccount run) => new(
        run.Command, run.Question, [.. run.Contexts.Select(context => $"{context.Name}, {Amount.Of(context.Bytes, "byte")}")],
        run.Programs, run.Words, run.Failures,
        run.FailedItems, run.Turns, run.Calls, run.RootCalls, run.FailedCalls, run.Retries, run.HeldReplies,
        run.InputTokens, run.OutputTokens, run.CachedInputTokens, run.CacheWriteTokens, run.CostUsd,
        (long)run.Elapsed.TotalMilliseconds, run.Outcome?.ToString(), run.IsPartial);
}
