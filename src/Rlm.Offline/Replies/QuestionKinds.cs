
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>The six question classes of TREC (Li and Roth 2002), told by a question's first words.</summary>
internal static class QuestionKinds
{
    private static readonly HashSet<string> Places =
        [.. "country city state place capital continent river mountain island ocean lake address planet region county town street sea peak"
            .Split(' ')];

    private static readonly HashSet<string> Quantities =
        [.. ("year date day month time percentage number population age temperature speed distance length height weight cost price zip salary "
            + "size rate odds length birthday century decade").Split(' ')];

    private static readonly HashSet<string> Persons =
        [.. ("person president actor actress author writer inventor king queen singer president team company organization player man woman "
            + "leader director composer artist astronaut scientist founder prime minister").Split(' ')];

    public static bool IsLabel(string label) => Alias(label) is not null;

    public static string? Alias(string label)
    {
        string lower = label.ToLowerInvariant();
        return lower is "abbreviation" or "entity" or "location" ? lower
            : lower.StartsWith("description", StringComparison.Ordinal) ? "description"
            : lower.StartsWith("human", StringComparison.Ordinal) ? "human"
            : lower.StartsWith("numeric", StringComparison.Ordinal) ? "numeric"
            : null;
    }

    public static string Kind(string question)
    {
        string lower = question.ToLowerInvariant();
        List<string> words =
            [.. WordReader.Read(question, 0, Math.Min(question.Length, 400)).Select(static w => w.Text.ToLowerInvariant())];
        if (lower.Contains("stand for", StringComparison.Ordinal) || lower.Contains("abbreviat", StringComparison.Ordinal)
            || lower.Contains("acronym", StringComparison.Ordinal))
            return "abbreviation";

        int asks = words.FindIndex(static w => w is "who" or "whom" or "whose" or "where" or "when" or "how" or "why" or "what" or "which"
            or "name" or "define" or "who's" or "what's");
        if (asks < 0)
            return "entity";

        string next = asks + 1 < words.Count ? words[asks + 1] : "";
        switch (words[asks])
        {
            case "who" or "whom" or "whose" or "who's":
                return "human";
            case "where":
                return "location";
            case "when":
                return "numeric";
            case "how":
                return next is "many" or "much" or "far" or "long" or "old" or "tall" or "big" or "fast" or "high" or "large" or "deep"
                    or "often" or "hot" ? "numeric" : "description";
            case "why" or "define":
                return "description";
        }

        IEnumerable<string> focus = words.Skip(asks + 1).Take(6);
        foreach (string word in focus)
        {
            if (Places.Contains(word))
                return "location";
            if (Quantities.Contains(word))
                return "numeric";
            if (Persons.Contains(word))
                return "human";
        }

        bool defines = next is "is" or "are" or "does" or "do" or "was"
            && (words.Count - asks <= 5 || words[^1] is "mean" or "do" or "for");
        return defines || words.Contains("difference") || words.Contains("origin") || words.Contains("caused") ? "description" : "entity";
    }
}
