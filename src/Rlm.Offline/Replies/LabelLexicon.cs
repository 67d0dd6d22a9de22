
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Words that speak for common labels: sentiment, spam, support topics, news desks.</summary>
/// <remarks>Small and English: it makes a label guess possible without a model, not good.</remarks>
internal static class LabelLexicon
{
    private static readonly Dictionary<string, HashSet<string>> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["positive"] = Stems("good great excellent love loved like amazing wonderful best happy perfect nice fantastic awesome thanks thank enjoy enjoyed pleased "
            + "recommend fast friendly beautiful helpful brilliant superb delightful satisfied works easy favourite favorite fun impressive outstanding"),
        ["negative"] = Stems("bad terrible awful hate hated worst poor horrible disappointed disappointing disappointment broken slow rude useless waste angry annoying annoyed never "
            + "refund fail failed fails failure problem problems crash crashes bug wrong late missing damaged dirty boring ugly unhappy complaint unacceptable defective sad"),
        ["spam"] = Stems("free win winner won prize cash claim urgent txt call congratulations offer click subscribe unsubscribe guaranteed bonus reward selected awarded "
            + "mobile ringtone stop reply voucher credit loan viagra lottery limited deal discount 18 www http https com £1000 £"),
        ["complaint"] = Stems("complain complaint disappointed unacceptable refund broken terrible worst angry late never rude damaged"),
        ["billing"] = Stems("bill billing invoice charge charged payment refund card price subscription credit paid"),
        ["technical"] = Stems("error crash bug install login password update server broken slow app screen connect"),
        ["shipping"] = Stems("ship shipping delivery deliver arrived package parcel courier tracking late order"),
        ["bug"] = Stems("bug crash error exception broken fails fail wrong stack trace regression"),
        ["feature"] = Stems("feature add support request wish would option allow enhancement improve"),
        ["sports"] = Stems("game team season coach player match win league cup championship goal olympic score tournament"),
        ["business"] = Stems("company stock market profit shares oil price bank economy sales corporate deal investor quarter billion"),
        ["world"] = Stems("president minister government war iraq election military troops police killed attack nuclear country peace"),
        ["science"] = Stems(
            "software microsoft internet computer space nasa research scientists technology google web phone security online"),
    };

    private static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pos"] = "positive",
        ["neg"] = "negative",
        ["junk"] = "spam",
        ["complaints"] = "complaint",
        ["sport"] = "sports",
        ["sci/tech"] = "science",
        ["technology"] = "science",
        ["sci-tech"] = "science",
        ["delivery"] = "shipping",
        ["payment"] = "billing",
        ["feature request"] = "feature",
    };

    private static readonly HashSet<string> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        "neutral", "ham", "other", "none", "not spam", "unknown", "mixed", "misc", "miscellaneous", "normal", "general",
    };

    public static bool Knows(string label) => Words.ContainsKey(Alias(label)) && label is "positive" or "negative" or "spam" or "complaint";

    public static string Opposite(string label) => label switch
    {
        "positive" => "negative",
        "negative" => "positive",
        _ => "",
    };

    public static double Score(string label, Item item)
    {
        if (Defaults.Contains(label))
            return 0.5;
        if (QuestionKinds.IsLabel(label))
            return QuestionKinds.Kind(item.Text) == QuestionKinds.Alias(label) ? 8 : 0;
        return Words.TryGetValue(Alias(label), out HashSet<string>? words) ? 2 * Hits(item, words, label) : 0;
    }

    private static int Hits(Item item, HashSet<string> words, string label)
    {
        HashSet<string>? opposite = Words.GetValueOrDefault(Opposite(Alias(label)));
        int hits = 0;
        foreach (Sentence sentence in item.Sentences)
        {
            for (int i = 0; i < sentence.Words.Count; i++)
            {
                string stem = sentence.Words[i].Stem;
                bool negated = opposite is not null && IsNegated(sentence, i);
                if (negated ? opposite!.Contains(stem) : words.Contains(stem))
                    hits++;
            }
        }

        return hits;
    }

    private static bool IsNegated(Sentence sentence, int index)
    {
        for (int i = Math.Max(0, index - 2); i < index; i++)
        {
            string word = sentence.Words[i].Text.ToLowerInvariant();
            if (word is "not" or "no" or "hardly" || word.EndsWith("n't", StringComparison.Ordinal)
                || word.EndsWith("n’t", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static string Alias(string label) => Aliases.GetValueOrDefault(label, label);

    private static HashSet<string> Stems(string words) => [.. words.Split(' ').Select(Stemmer.Stem)];
}
