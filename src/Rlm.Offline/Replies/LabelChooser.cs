
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Chooses one of given labels for an item: its own words in the text count 3, lexicon words 2, words that explain it 1.</summary>
/// <remarks>
/// Ties go to the first label. A label that stands for "nothing special", such as neutral, ham or other, starts at half a point.
/// </remarks>
internal static class LabelChooser
{
    public static string Choose(Item item, IReadOnlyList<string> labels)
    {
        string best = labels[0];
        double bestScore = double.NegativeInfinity;
        HashSet<string> stems = [.. item.Sentences.SelectMany(static s => s.Words).Select(static w => w.Stem)];
        bool isYesNo = labels.Any(static l => l.Equals("yes", StringComparison.OrdinalIgnoreCase))
            && labels.Any(static l => l.Equals("no", StringComparison.OrdinalIgnoreCase));
        foreach (string label in labels)
        {
            double score = isYesNo ? YesNo(item, label) : Score(item, label, stems);
            if (score > bestScore)
                (best, bestScore) = (label, score);
        }

        return best;
    }

    private static double YesNo(Item item, string label) => label.ToLowerInvariant() switch
    {
        "yes" => Judgement.IsTrue(item) ? 1 : 0,
        "no" => Judgement.IsTrue(item) ? 0 : 1,
        _ => -1,
    };

    private static double Score(Item item, string label, HashSet<string> stems)
    {
        List<Word> own = [.. WordReader.Read(label).Where(static w => w.Length > 1 && !WordLists.Stop.Contains(w.Text.ToLowerInvariant()))];
        double score = LabelLexicon.Score(label, item);
        if (own.Count > 0)
            score += 3.0 * own.Count(word => stems.Contains(word.Stem)) / own.Count;
        return score + Explanation(item.Instruction, label).Count(stems.Contains);
    }

    /// <summary>Stems of what follows the label in the instruction: in parentheses, or after a colon to the end of the line.</summary>
    private static IEnumerable<string> Explanation(string instruction, string label)
    {
        int at = instruction.IndexOf(label, StringComparison.OrdinalIgnoreCase);
        if (at < 0 || label.Length == 0)
            return [];

        ReadOnlySpan<char> rest = instruction.AsSpan(at + label.Length).TrimStart("\"' ");
        if (rest.Length < 2 || rest[0] is not ('(' or ':' or '='))
            return [];

        int end = rest[0] == '(' ? rest.IndexOf(')') : rest.IndexOfAny('\n', ';');
        string words = rest[1..(end < 1 ? rest.Length : end)].ToString();
        return WordReader.Read(words).Where(WordLists.IsTopic).Select(static w => w.Stem).Distinct(StringComparer.Ordinal);
    }
}
