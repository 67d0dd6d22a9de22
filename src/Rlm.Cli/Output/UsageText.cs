using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Output;

/// <summary>What was used, in one line.</summary>
internal static class UsageText
{
    public static string Of(RlmUsage usage)
    {
        string turns = usage.Steps > 0 ? $", {Amount.Of(usage.Steps, "turn")}"
            : usage.RootCalls > 0 ? $", {Amount.Of(usage.RootCalls, "root call")}"
            : "";
        string cost = usage.CostUsd is { } usd ? $", {Of(usd)}" : "";
        string cached = usage.CachedInputTokens > 0 ? Invariant($" ({usage.CachedInputTokens:N0} cached)") : "";
        return Invariant(
            $"{Amount.Of(usage.Calls, "sub-call")} ({usage.CallsLeft:N0} left){turns}, {Amount.Of(usage.InputTokens, "token")} in{cached} and {usage.OutputTokens:N0} out{cost}, {Of(usage.Elapsed)}");
    }

    /// <summary>What shards paid before a merge.</summary>
    public static string OfShards(RlmUsage usage) =>
        Invariant($"paid by the shards: {Amount.Of(usage.Calls, "sub-call")}, {Amount.Of(usage.InputTokens, "token")} in and {usage.OutputTokens:N0} out");

    /// <summary>What stages read.</summary>
    public static string Of(IReadOnlyList<RlmReading> readings) => "read: " + string.Join("; ", readings.Select(static reading =>
        $"{(reading.Stage == "lines" ? "" : $"{reading.Stage} ")}{Amount.Of(reading.Count, reading.Unit)}{(reading.Unmatched > 0 ? $", {Amount.Of(reading.Unmatched)} of them {(reading.Stage == "extract" ? "without a match" : "left out")}" : "")}"));

    public static string Of(decimal costUsd) => Invariant($"${costUsd:0.####}");

    public static string Of(TimeSpan time) =>
        time.TotalHours >= 1 ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s"
        : time.TotalSeconds >= 1 ? Invariant($"{time.TotalSeconds:0.0} s")
        : $"{(int)time.TotalMilliseconds} ms";
}
