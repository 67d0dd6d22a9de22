namespace Rlm.Runtime.Execution;

/// <summary>Makes the last value that a program shows its answer, where it has no other.</summary>
internal static class ShownAnswer
{
    /// <param name="result">What came of the program.</param>
    /// <param name="shown">What it showed last; null for nothing.</param>
    /// <param name="options">The most characters of an answer.</param>
    public static RlmResult Add(RlmResult result, ValueShown? shown, RlmOptions options)
    {
        if (result is not { Outcome: RlmOutcome.Completed } || shown is null)
            return result;
        if (!shown.IsCut)
            return result with { Outcome = RlmOutcome.Answered, Written = shown.Written, Forms = shown.Forms };

        string name = options.NameOf(nameof(RlmOptions.MaxAnswerChars));
        return result with { Notes = [.. result.Notes, Invariant($"the value that is shown has more than {options.MaxAnswerChars:N0} characters ({name}), so that it is not the answer")] };
    }
}
