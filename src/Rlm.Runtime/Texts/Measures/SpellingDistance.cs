namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// How many letters are typed wrong: inserted, left out, replaced, or two that changed places (Damerau 1964, each letter in one of them, as
/// in "optimal string alignment").
/// </summary>
internal static class SpellingDistance
{
    /// <summary>
    /// Most typos of a word of so many letters, as Lucene has it by <c>AUTO</c>: none up to 2 letters, one up to 5, else two.
    /// </summary>
    public static int MostTypos(int letters) => letters < 3 ? 0 : letters < 6 ? 1 : 2;

    /// <summary>The distance of two words of at most <see cref="FoldedText.LongestWord"/> letters; more than the most where it is greater.</summary>
    public static int Of(string one, string other, int most)
    {
        if (Math.Abs(one.Length - other.Length) > most)
            return most + 1;

        Span<int> before = stackalloc int[FoldedText.LongestWord + 1], last = stackalloc int[FoldedText.LongestWord + 1];
        Span<int> row = stackalloc int[FoldedText.LongestWord + 1];
        for (int j = 0; j <= other.Length; j++)
            last[j] = j;
        for (int i = 1; i <= one.Length; i++)
        {
            int least = row[0] = i;
            for (int j = 1; j <= other.Length; j++)
            {
                int cost = one[i - 1] == other[j - 1] ? 0 : 1;
                int distance = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + cost);
                if (i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1])
                    distance = Math.Min(distance, before[j - 2] + 1);
                row[j] = distance;
                least = Math.Min(least, distance);
            }

            if (least > most)
                return most + 1;
            var free = before;
            before = last;
            last = row;
            row = free;
        }

        return last[other.Length];
    }
}
