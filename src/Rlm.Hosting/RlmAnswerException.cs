namespace Rlm;

/// <summary>A run that was to answer as a chat client or a function does, and has no answer.</summary>
/// <remarks>
/// A chat client that gets no reply throws, so that nothing takes an empty or an apologetic text for the answer, and what retries or
/// falls over to another client sees it.
/// </remarks>
public sealed class RlmAnswerException : Exception
{
    /// <param name="result">What came of the run.</param>
    public RlmAnswerException(RlmResult result)
        : base($"There is no answer: {ReasonOf(result)}") => Result = result;

    /// <summary>What came of the run: the outcome, the reasons, and what was used.</summary>
    public RlmResult Result { get; }

    private static string ReasonOf(RlmResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        string reasons = result.Reasons.Count == 0 ? "it is empty" : string.Join("; ", result.Reasons);
        return result.Outcome == RlmOutcome.Answered ? reasons : $"{reasons} ({result.Outcome})";
    }
}
