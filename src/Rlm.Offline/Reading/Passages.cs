namespace Rlm.Offline.Reading;

/// <summary>Ranks sentences against the topic words of an instruction by BM25 (k1 1.2, b 0.75), linear in the text.</summary>
internal static class Passages
{
    /// <summary>The distinct stems of the topic words, in order of appearance.</summary>
    public static List<string> Topic(string instruction) =>
        [.. WordReader.Read(instruction).Where(WordLists.IsTopic).Select(static word => word.Stem).Distinct(StringComparer.Ordinal)];

    /// <summary>Scores in the order of <paramref name="sentences"/>; zero where no topic word occurs.</summary>
    public static double[] Score(IReadOnlyList<Sentence> sentences, IReadOnlyList<string> topic)
    {
        double[] scores = new double[sentences.Count];
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        foreach (string stem in topic.Take(64))
            ids.TryAdd(stem, ids.Count);
        if (ids.Count == 0 || sentences.Count == 0)
            return scores;

        int[] frequency = new int[ids.Count];
        List<(int Sentence, int Id, int Times)> hits = [];
        double total = 0;
        int[] times = new int[ids.Count];
        for (int i = 0; i < sentences.Count; i++)
        {
            Array.Clear(times);
            foreach (Word word in sentences[i].Words)
            {
                if (ids.TryGetValue(word.Stem, out int id))
                    times[id]++;
            }

            for (int id = 0; id < times.Length; id++)
            {
                if (times[id] == 0)
                    continue;
                frequency[id]++;
                hits.Add((i, id, times[id]));
            }

            total += sentences[i].Words.Count;
        }

        double average = total / sentences.Count;
        foreach ((int sentence, int id, int count) in hits)
        {
            double rarity = Math.Log(1 + (sentences.Count - frequency[id] + 0.5) / (frequency[id] + 0.5));
            double length = 0.25 + 0.75 * sentences[sentence].Words.Count / average;
            scores[sentence] += rarity * count * 2.2 / (count + 1.2 * length);
        }

        return scores;
    }

    /// <summary>The best sentences with a score above zero, best first, ties in text order.</summary>
    public static List<Sentence> PickBest(IReadOnlyList<Sentence> sentences, double[] scores, int most) =>
        [.. sentences.Where(s => scores[s.Index] > 0).OrderByDescending(s => scores[s.Index]).ThenBy(static s => s.Index).Take(most)];
}
