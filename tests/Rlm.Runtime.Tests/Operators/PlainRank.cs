using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Tests.Operators;

/// <summary>BM25 written down as the textbook has it, over strings in memory: what the streaming one is compared with.</summary>
internal static class PlainRank
{
    /// <summary>The texts that hold a word of the query, best first; the one item <c>no words</c> where the query has none.</summary>
    public static string[] Best(string[] texts, string query)
    {
        string[] terms = [.. WordsOf(query).Distinct(StringComparer.Ordinal)];
        if (terms.Length == 0)
            return ["no words"];

        string[][] words = [.. texts.Select(WordsOf)];
        double average = words.Sum(item => (double)item.Length) / texts.Length;
        double[] scores = [.. words.Select(
            item => terms.Sum(term => Score(item.Count(word => word == term), words.Count(other => other.Contains(term)), item.Length)))];
        return [.. Enumerable.Range(0, texts.Length).Where(i => scores[i] > 0).OrderByDescending(i => scores[i]).Select(i => texts[i])];

        double Score(double frequency, int itemsWith, int length) => frequency == 0
            ? 0
            : Math.Log(
                1 + ((texts.Length - itemsWith + 0.5) / (itemsWith + 0.5))) * frequency * 2.2 / (frequency + (1.2 * (1 - 0.75 + (0.75 * length / average))));
    }

    private static string[] WordsOf(string text)
    {
        var scanner = new WordScanner(TextSource.FromString(text).Whole);
        List<string> words = [];
        while (scanner.MoveNext())
            words.Add(Stem(scanner.Text().ToLowerInvariant()));
        return [.. words];
    }

    private static string Stem(string word)
    {
        if (word.Length < 4 || word[^1] != 's')
            return word;
        if (word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal))
            return word[..^2];
        if (word.EndsWith("ies", StringComparison.Ordinal) && word[^4] is not ('e' or 'a'))
            return $"{word[..^3]}y";
        return word[^2] is 'u' or 's' ? word : word[..^1];
    }
}
