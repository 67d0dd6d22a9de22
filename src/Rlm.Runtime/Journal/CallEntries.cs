using System.Text.Json;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Journal;

/// <summary>A reply came.</summary>
internal sealed record CallEntry(RepliedCall Call) : IJournalEntry
{
    public string Kind => "call";

    public TimeSpan? At => Call.At;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("tookMs", (long)Call.Took.TotalMilliseconds);
        writer.WriteString("key", Call.Key);
        writer.WriteString("model", Call.Model);
        JournalTokens.Write(writer, Call.Reply.Tokens);
        JournalCost.Write(writer, Call.CostUsd);
        if (Call.Reply.IsPromptCut)
            writer.WriteBoolean("promptCut", true);
        if (Call.Reply.IsCut)
            writer.WriteBoolean("cut", true);
        if (Call.Limit is not null)
            writer.WriteString("limit", Call.Limit);
        if (Call.Reply.IsRefused)
            writer.WriteBoolean("refused", true);
        JournalPrompt.Write(writer, Call.Messages);
        writer.WriteString("reply", Call.Reply.Received);
    }

    public static CallEntry Read(JsonElement line, TimeSpan at)
    {
        var reply = new ModelReply(JournalEntries.ReadText(line, "reply"), JournalTokens.Read(line))
        {
            IsCut = line.TryGetProperty("cut", out _),
            IsPromptCut = line.TryGetProperty("promptCut", out _),
            IsRefused = line.TryGetProperty("refused", out _),
        };
        return new(new RepliedCall(JournalEntries.ReadText(line, "key"), at, JournalEntries.ReadText(line, "model"), reply)
        {
            Took = TimeSpan.FromMilliseconds(line.GetProperty("tookMs").GetInt64()),
            Limit = JournalEntries.FindText(line, "limit"),
            CostUsd = JournalCost.Find(line),
        });
    }
}

/// <summary>A call failed.</summary>
internal sealed record FailedEntry(FailedCall Call) : IJournalEntry
{
    public string Kind => "failed";

    public TimeSpan? At => Call.At;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("tookMs", (long)Call.Took.TotalMilliseconds);
        writer.WriteString("key", Call.Key);
        writer.WriteString("model", Call.Model);
        if (Call.Charged is { } charged)
            JournalTokens.Write(writer, charged);
        JournalCost.Write(writer, Call.CostUsd);
        JournalPrompt.Write(writer, Call.Messages);
        writer.WriteString("failure", Call.Failure.ToString());
        writer.WriteNumber("attempts", Call.Attempts);
        writer.WriteString("message", Call.Message);
    }

    public static FailedEntry Read(JsonElement line, TimeSpan at) => new(new FailedCall(
        JournalEntries.ReadText(line, "key"), at, JournalEntries.ReadText(line, "model"),
        Enum.Parse<ModelFailure>(JournalEntries.ReadText(line, "failure")), JournalEntries.ReadText(line, "message"))
    {
        Took = TimeSpan.FromMilliseconds(line.GetProperty("tookMs").GetInt64()),
        Attempts = line.GetProperty("attempts").GetInt32(),
        Charged = JournalTokens.Find(line),
        CostUsd = JournalCost.Find(line),
    });
}

/// <summary>A limit left too little for a call, or cut one off.</summary>
internal sealed record RefusedEntry(RefusedCall Call) : IJournalEntry
{
    public string Kind => "refused";

    public TimeSpan? At => Call.At;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Call.Key);
        if (Call.Model is not null)
            writer.WriteString("model", Call.Model);
        writer.WriteString("limit", Call.Limit);
        if (Call.Charged is { } charged)
            JournalTokens.Write(writer, charged);
        JournalCost.Write(writer, Call.CostUsd);
        JournalPrompt.Write(writer, Call.Messages);
    }

    public static RefusedEntry Read(JsonElement line, TimeSpan at) =>
        new(new RefusedCall(JournalEntries.ReadText(line, "key"), at, JournalEntries.ReadText(line, "limit"))
        {
            Model = JournalEntries.FindText(line, "model"),
            Charged = JournalTokens.Find(line),
            CostUsd = JournalCost.Find(line),
        });
}

/// <summary>An attempt failed and is made again.</summary>
internal sealed record RetryEntry(RetriedCall Call) : IJournalEntry
{
    public string Kind => "retry";

    public TimeSpan? At => Call.At;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Call.Key);
        writer.WriteString("failure", Call.Failure.ToString());
        writer.WriteNumber("waitMs", (long)Call.Wait.TotalMilliseconds);
    }

    public static RetryEntry Read(JsonElement line, TimeSpan at) => new(new RetriedCall(
        JournalEntries.ReadText(line, "key"), at,
        Enum.Parse<ModelFailure>(JournalEntries.ReadText(line, "failure")),
        TimeSpan.FromMilliseconds(line.GetProperty("waitMs").GetInt64())));
}

/// <summary>A reply gave no usable value for some of its items.</summary>
internal sealed record UnusableEntry(UnusableReply Reply) : IJournalEntry
{
    public string Kind => "unusable";

    public TimeSpan? At => Reply.At;

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Reply.Key);
        writer.WriteNumber("items", Reply.Items);
        writer.WriteNumber("of", Reply.Of);
        writer.WriteString("reason", Reply.Reason);
    }

    public static UnusableEntry Read(JsonElement line, TimeSpan at) => new(new UnusableReply(
        JournalEntries.ReadText(line, "key"), at, line.GetProperty("items").GetInt32(), line.GetProperty("of").GetInt32(),
        JournalEntries.ReadText(line, "reason")));
}
