using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Runtime.Replies;

namespace Rlm.Offline.Planning;

/// <summary>Answers a root turn with the best program that was not tried yet.</summary>
internal static partial class RootAnswerer
{
    private const int DefaultCallsLeft = 400;

    public static string Answer(string first, IReadOnlyList<string> said, IEnumerable<string> replies)
    {
        Question question = Question.Read(PromptMarkers.Unwrap(first, PromptMarkers.Question)!);
        List<Card> cards = Card.Read(PromptMarkers.Unwrap(first, PromptMarkers.Variables)!);
        if (cards.Count == 0)
            return $"```rlm\nanswer {ProgramText.Quote(OfflineChatClient.NoText)}\n```";

        string? budget = said.Select(static text => PromptMarkers.Unwrap(text, PromptMarkers.Budget))
            .LastOrDefault(static b => b is not null);
        int callsLeft = budget is not null && Left.Match(budget) is { Success: true } left
            && int.TryParse(
                left.Groups[1].Value.Replace(",", "", StringComparison.Ordinal),
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out int calls)
                ? calls
                : DefaultCallsLeft;
        string[] own = [.. replies];
        if (own.Length > 0 && said.Count > 0 && PromptMarkers.Unwrap(said[^1], PromptMarkers.Returned) is not null)
            return own[^1];

        HashSet<string> tried = [.. own];
        IEnumerable<string> programs = new QuestionPlanner(question, cards, callsLeft).Programs();
        return programs.Select(static p => $"```rlm\n{p}\n```").FirstOrDefault(reply => !tried.Contains(reply))
            ?? $"```rlm\n{QuestionPlanner.NoAnswer}\n```";
    }

    [GeneratedRegex(@"([\d,]+) left", RegexOptions.CultureInvariant)]
    private static partial Regex Left { get; }
}
