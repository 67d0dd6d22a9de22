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
        if (Call.Reply.IsCut)
            writer.WriteBoolean("cut", true);
        if (Call.Limit is not null)
            writer.WriteString("limit", Call.Limit);
        if (Call.Reply.IsRefused)
            writer.WriteBoolean("refused", true);
        writer.WriteString("reply", Call.Reply.Received);
    }

    public static CallEntry Read(JsonElement line, TimeSpan at)
    {
        var reply = new ModelReply(JournalEntries.ReadText(line, "reply"), JournalTokens.Read(line))
        {
            IsCut = line.TryGetProperty("cut", out _),
            IsRefused = line.TryGetProperty("refused", out _),
        };
        return new(new RepliedCall(JournalEntries.ReadText(line, "key"), at, JournalEntries.ReadText(line, "model"), reply)
        {
            Took = TimeSpan.FromMilliseconds(line.GetProperty("tookMs").GetInt64()),
            Limit = JournalEntries.FindText(line, "limit"),
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
    }

    public static RefusedEntry Read(JsonElement line, TimeSpan at) =>
        new(new RefusedCall(JournalEntries.ReadText(line, "key"), at, JournalEntries.ReadText(line, "limit"))
        {
            Model = JournalEntries.FindText(line, "model"),
            Charged = JournalTokens.Find(line),
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
