namespace Rlm.Cli.Report;

/// <summary>How a run ended, in a word, and how that is coloured: <c>good</c>, <c>warn</c> or <c>bad</c>.</summary>
internal sealed record RunEnd(string Word, string Tone)
{
    public static RunEnd NeverBegan { get; } = new("never began", "warn");

    public static RunEnd Unreadable { get; } = new("not readable", "bad");

    /// <param name="outcome">The outcome; null for a run that did not come to its end.</param>
    /// <param name="isPartial">Whether its answer is partial.</param>
    public static RunEnd Of(RlmOutcome? outcome, bool isPartial) => outcome switch
    {
        null => new("not finished", "warn"),
        RlmOutcome.Answered or RlmOutcome.Completed when isPartial => new("partial", "warn"),
        RlmOutcome.Answered => new("answered", "good"),
        RlmOutcome.Completed => new("completed", "good"),
        RlmOutcome.NoAnswer => new("no answer", "bad"),
        RlmOutcome.LimitReached => new("no answer within the limits", "bad"),
        RlmOutcome.ProgramErrors => new("the program has errors", "bad"),
        _ => new("failed", "bad"),
    };
}
