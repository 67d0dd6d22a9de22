using System.Text.Json;
using Rlm.Runtime.Budget;
using Rlm.Runtime.Models;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Journal;

/// <summary>A reply came, which is never paid for again.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="Model">What the run calls the model.</param>
/// <param name="Reply">The reply, with the tokens of all attempts.</param>
internal sealed record CallEntry(string Key, string Model, ModelReply Reply) : IJournalEntry
{
    public string Kind => "call";

    public TimeSpan? At { get; init; }

    public TimeSpan Took { get; init; }

    /// <summary>The limit that had left it too few tokens, so that it is for a replay alone; null for none.</summary>
    public string? Limit { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("tookMs", (long)Took.TotalMilliseconds);
        writer.WriteString("key", Key);
        writer.WriteString("model", Model);
        JournalTokens.Write(writer, Reply.Tokens);
        if (Reply.IsCut)
            writer.WriteBoolean("cut", true);
        if (Limit is not null)
            writer.WriteString("limit", Limit);
        if (Reply.IsRefused)
            writer.WriteBoolean("refused", true);
        writer.WriteString("reply", Reply.Received);
    }

    public static CallEntry Read(JsonElement line, TimeSpan at)
    {
        var reply = new ModelReply(JournalEntries.ReadText(line, "reply"), JournalTokens.Read(line))
        {
            IsCut = line.TryGetProperty("cut", out _),
            IsRefused = line.TryGetProperty("refused", out _),
        };
        return new(JournalEntries.ReadText(line, "key"), JournalEntries.ReadText(line, "model"), reply)
        {
            At = at,
            Took = TimeSpan.FromMilliseconds(line.GetProperty("tookMs").GetInt64()),
            Limit = JournalEntries.FindText(line, "limit"),
        };
    }
}

/// <summary>A call failed.</summary>
/// <param name="Key">What it is known by.</param>
/// <param name="Model">What the run calls the model.</param>
/// <param name="Failure">Why.</param>
/// <param name="Message">The same in one line.</param>
internal sealed record FailedEntry(string Key, string Model, ModelFailure Failure, string Message) : IJournalEntry
{
    public string Kind => "failed";

    public TimeSpan? At { get; init; }

    public TimeSpan Took { get; init; }

    public int Attempts { get; init; }

    /// <summary>The tokens that its attempts were or may have been charged; null for none.</summary>
    public TokenCounts? Charged { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteNumber("tookMs", (long)Took.TotalMilliseconds);
        writer.WriteString("key", Key);
        writer.WriteString("model", Model);
        if (Charged is { } charged)
            JournalTokens.Write(writer, charged);
        writer.WriteString("failure", Failure.ToString());
        writer.WriteNumber("attempts", Attempts);
        writer.WriteString("message", Message);
    }

    public static FailedEntry Read(JsonElement line, TimeSpan at) => new(
        JournalEntries.ReadText(line, "key"), JournalEntries.ReadText(line, "model"),
        Enum.Parse<ModelFailure>(JournalEntries.ReadText(line, "failure")), JournalEntries.ReadText(line, "message"))
    {
        At = at,
        Took = TimeSpan.FromMilliseconds(line.GetProperty("tookMs").GetInt64()),
        Attempts = line.GetProperty("attempts").GetInt32(),
        Charged = JournalTokens.Find(line),
    };
}

/// <summary>A limit left too little for a call, or cut one off that was made; a replay has to know.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="Limit">The limit, as its message has it.</param>
/// <param name="At">Time since the run began.</param>
internal sealed record RefusedEntry(string Key, string Limit, TimeSpan? At) : IJournalEntry
{
    public string Kind => "refused";

    /// <summary>What the run calls the model; null in a journal that does not tell.</summary>
    public string? Model { get; init; }

    /// <summary>The tokens of a call that was made; null for one that was not.</summary>
    public TokenCounts? Charged { get; init; }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Key);
        if (Model is not null)
            writer.WriteString("model", Model);
        writer.WriteString("limit", Limit);
        if (Charged is { } charged)
            JournalTokens.Write(writer, charged);
    }

    public static RefusedEntry Read(JsonElement line, TimeSpan at) =>
        new(JournalEntries.ReadText(line, "key"), JournalEntries.ReadText(line, "limit"),
            at)
        { Model = JournalEntries.FindText(line, "model"), Charged = JournalTokens.Find(line) };
}

/// <summary>An attempt failed and is made again.</summary>
/// <param name="Key">What the call is known by.</param>
/// <param name="Failure">Why it failed.</param>
/// <param name="Wait">How long it waits for that.</param>
/// <param name="At">Time since the run began.</param>
internal sealed record RetryEntry(string Key, ModelFailure Failure, TimeSpan Wait, TimeSpan? At) : IJournalEntry
{
    public string Kind => "retry";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("key", Key);
        writer.WriteString("failure", Failure.ToString());
        writer.WriteNumber("waitMs", (long)Wait.TotalMilliseconds);
    }

    public static RetryEntry Read(JsonElement line, TimeSpan at) => new(
        JournalEntries.ReadText(line, "key"),
        Enum.Parse<ModelFailure>(JournalEntries.ReadText(line, "failure")),
        TimeSpan.FromMilliseconds(line.GetProperty("waitMs").GetInt64()),
        at);
}
