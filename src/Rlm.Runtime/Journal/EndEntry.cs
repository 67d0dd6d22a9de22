using System.Text.Json;

namespace Rlm.Runtime.Journal;

/// <summary>The run is over.</summary>
/// <param name="At">Time since the run began.</param>
/// <param name="Result">What came of it.</param>
/// <param name="HeldCalls">Replies that were taken for free.</param>
internal sealed record EndEntry(TimeSpan? At, RlmResult Result, int HeldCalls) : IJournalEntry
{
    private bool _tellsRootCalls = true;

    public string Kind => "end";

    /// <summary>The result, for a journal that counts the calls to the root among the sub-calls.</summary>
    /// <param name="rootCalls">The calls to the root that the journal tells of the run.</param>
    public RlmResult Split(int rootCalls) => _tellsRootCalls ? Result : Result with
    {
        Usage = Result.Usage with
        {
            Calls = Result.Usage.Calls - rootCalls,
            CallsLeft = Result.Usage.CallsLeft + rootCalls,
            RootCalls = rootCalls
        },
    };

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("outcome", Result.Outcome.ToString());
        writer.WriteString("answer", Result.Answer);
        writer.WriteBoolean("partial", Result.IsPartial);
        WriteTexts(writer, "reasons", Result.Reasons);
        WriteTexts(writer, "notes", Result.Notes);
        writer.WriteStartArray("losses");
        foreach (var loss in Result.Losses)
            WriteLoss(writer, loss);
        writer.WriteEndArray();
        WriteTexts(writer, "citations", Result.Citations);
        WriteTexts(writer, "quotes", Result.Quotes);
        writer.WriteNumber("calls", Result.Usage.Calls);
        writer.WriteNumber("callsLeft", Result.Usage.CallsLeft);
        writer.WriteNumber("rootCalls", Result.Usage.RootCalls);
        writer.WriteNumber("steps", Result.Usage.Steps);
        JournalTokens.WriteOfEnd(writer, Result.Usage.Tokens);
        if (Result.Usage.CostUsd is { } cost)
            writer.WriteNumber("costUsd", cost);
        writer.WriteNumber("elapsedMs", (long)Result.Usage.Elapsed.TotalMilliseconds);
        writer.WriteNumber("held", HeldCalls);
    }

    public static EndEntry Read(JsonElement line, TimeSpan at)
    {
        bool tellsRootCalls = line.TryGetProperty("rootCalls", out var rootCalls);
        var result = new RlmResult
        {
            Outcome = Enum.Parse<RlmOutcome>(JournalEntries.ReadText(line, "outcome")),
            Answer = line.GetProperty("answer").GetString(),
            IsPartial = line.GetProperty("partial").GetBoolean(),
            Reasons = [.. line.GetProperty("reasons").EnumerateArray().Select(reason => reason.GetString()!)],
            Notes = ReadTexts(line, "notes"),
            Losses = line.TryGetProperty("losses", out var losses) ? [.. losses.EnumerateArray().Select(ReadLoss)] : [],
            Citations = ReadTexts(line, "citations"),
            Quotes = ReadTexts(line, "quotes"),
            Usage = new RlmUsage
            {
                Calls = line.GetProperty("calls").GetInt32(),
                CallsLeft = line.GetProperty("callsLeft").GetInt32(),
                Steps = line.GetProperty("steps").GetInt32(),
                RootCalls = tellsRootCalls ? rootCalls.GetInt32() : 0,
                Tokens = JournalTokens.Read(line),
                CostUsd = line.TryGetProperty("costUsd", out var cost) ? cost.GetDecimal() : null,
                Elapsed = TimeSpan.FromMilliseconds(line.GetProperty("elapsedMs").GetInt64()),
            },
        };
        return new(at, result, line.GetProperty("held").GetInt32()) { _tellsRootCalls = tellsRootCalls };
    }

    private static void WriteTexts(Utf8JsonWriter writer, string field, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(field);
        foreach (string text in texts)
            writer.WriteStringValue(text);
        writer.WriteEndArray();
    }

    private static IReadOnlyList<string> ReadTexts(JsonElement line, string field) =>
        line.TryGetProperty(field, out var texts) ? [.. texts.EnumerateArray().Select(text => text.GetString()!)] : [];

    private static void WriteLoss(Utf8JsonWriter writer, RlmLoss loss)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", loss.Kind.ToString());
        writer.WriteString("text", loss.Text);
        if (loss.Remedy is not null)
            writer.WriteString("remedy", loss.Remedy);
        if (loss.Count is { } count)
            writer.WriteNumber("count", count);
        if (loss.Of is { } of)
            writer.WriteNumber("of", of);
        writer.WriteEndObject();
    }

    private static RlmLoss ReadLoss(JsonElement loss) => new(
        Enum.Parse<RlmLossKind>(JournalEntries.ReadText(loss, "kind")), JournalEntries.ReadText(loss, "text"), JournalEntries.FindText(loss, "remedy"))
    {
        Count = loss.TryGetProperty("count", out var count) ? count.GetInt64() : null,
        Of = loss.TryGetProperty("of", out var of) ? of.GetInt64() : null,
    };
}
