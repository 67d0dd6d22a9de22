using Rlm.Offline.Planning;

namespace Rlm.Offline;

/// <summary>
/// How far an answer of the offline model can be trusted: it knows that itself, and says so in the program or reply that gave the answer.
/// </summary>
internal static class OfflineVerdict
{
    public const string Guess =
        "a guess: the offline model goes by words, and understands neither the question nor the text; ask a language model, or write the program by hand";

    private const string GuessMark = "# a guess by words";

    /// <summary>The program, marked as one whose answer is a guess.</summary>
    public static string AsGuess(string program) => $"{GuessMark}\n{program}";

    /// <summary>The result of a root: a guess is partial, and nothing found is not an answer.</summary>
    public static RlmResult OfRoot(RlmResult result)
    {
        if (result is not { Outcome: RlmOutcome.Answered, Answer: { } answer })
            return result;

        string text = answer.Trim();
        if (text is QuestionPlanner.NothingFound or OfflineChatClient.NoText or "none")
            return result with
            {
                Outcome = RlmOutcome.NoAnswer,
                Answer = null,
                Citations = [],
                Reasons = [.. result.Reasons, text == "none" ? QuestionPlanner.NothingFound : text]
            };

        // What is answered without a program is read by a sub-call.
        bool isGuess = result.Program?.StartsWith(GuessMark, StringComparison.Ordinal) ?? true;
        return isGuess ? AsGuess(result) : result;
    }

    /// <summary>The result of a program whose paid stages asked it: it rests on guesses.</summary>
    public static RlmResult OfSubCalls(RlmResult result) => result.Outcome is RlmOutcome.Answered or RlmOutcome.Completed ? AsGuess(result) : result;

    private static RlmResult AsGuess(RlmResult result) => result with { IsPartial = true, Reasons = [.. result.Reasons, Guess] };
}
