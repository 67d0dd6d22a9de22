namespace Rlm.Offline.Reading;

/// <summary>Picks the sentences that speak of what the others speak of (TextRank, Mihalcea and Tarau 2004).</summary>
/// <remarks>
/// Similarity is shared topic stems over the logarithms of the lengths; 20 rounds with damping 0.85. Only the 400 sentences
/// with the most frequent words are compared, so time stays bounded.
/// </remarks>
internal static class CentralSentences
{
    private const int MostCompared = 400;
    private const int Rounds = 20;
    private const double Damping = 0.85;

    /// <summary>At most <paramref name="count"/> sentences in text order, without near repetitions.</summary>
    public static List<Sentence> Pick(IReadOnlyList<Sentence> sentences, int count)
    {
        List<(Sentence Sentence, int[] Stems)> kept = Candidates(sentences);
        double[] rank = Rank(kept);
        List<(Sentence Sentence, int[] Stems)> picked = [];
        foreach (int i in Enumerable.Range(0, kept.Count).OrderByDescending(i => rank[i]).ThenBy(static i => i))
        {
            if (picked.Count == count)
                break;
            if (!picked.Any(p => IsRepetition(p.Stems, kept[i].Stems)))
                picked.Add(kept[i]);
        }

        return [.. picked.Select(static p => p.Sentence).OrderBy(static s => s.Index)];
    }

    private static List<(Sentence Sentence, int[] Stems)> Candidates(IReadOnlyList<Sentence> sentences)
    {
        Dictionary<string, int> ids = new(StringComparer.Ordinal);
        List<int> frequency = [];
        List<(Sentence Sentence, int[] Stems)> all = [];
        foreach (Sentence sentence in sentences)
        {
            SortedSet<int> stems = [];
            foreach (Word word in sentence.Words.Where(WordLists.IsTopic))
            {
                if (!ids.TryGetValue(word.Stem, out int id))
                {
                    ids[word.Stem] = id = ids.Count;
                    frequency.Add(0);
                }

                if (stems.Add(id))
                    frequency[id]++;
            }

            all.Add((sentence, [.. stems]));
        }

        return all.Count <= MostCompared
            ? all
            : [.. all.OrderByDescending(c => c.Stems.Sum(id => (double)frequency[id]) / Math.Sqrt(c.Stems.Length + 1))
                .ThenBy(static c => c.Sentence.Index)
                .Take(MostCompared).OrderBy(static c => c.Sentence.Index)];
    }

    private static double[] Rank(List<(Sentence Sentence, int[] Stems)> kept)
    {
        int n = kept.Count;
        double[,] weight = new double[n, n];
        double[] outgoing = new double[n];
        for (int i = 0; i < n; i++)
        {
            for (int j = i + 1; j < n; j++)
            {
                double w = CountShared(
                    kept[i].Stems, kept[j].Stems) / (1 + Math.Log(1 + kept[i].Stems.Length) + Math.Log(1 + kept[j].Stems.Length));
                weight[i, j] = weight[j, i] = w;
                outgoing[i] += w;
                outgoing[j] += w;
            }
        }

        double[] rank = new double[n];
        Array.Fill(rank, 1);
        for (int round = 0; round < Rounds; round++)
        {
            double[] next = new double[n];
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                    sum += weight[i, j] > 0 ? weight[i, j] / outgoing[j] * rank[j] : 0;
                next[i] = 1 - Damping + Damping * sum;
            }

            rank = next;
        }

        return rank;
    }

    private static bool IsRepetition(int[] left, int[] right) =>
        left.Length == 0 || right.Length == 0 || CountShared(left, right) >= 0.7 * Math.Min(left.Length, right.Length);

    private static int CountShared(int[] left, int[] right)
    {
        int shared = 0;
        for (int i = 0, j = 0; i < left.Length && j < right.Length;)
        {
            if (left[i] == right[j])
            {
                shared++;
                i++;
                j++;
            }
            else if (left[i] < right[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return shared;
    }
}
