namespace Rlm;

/// <summary>The near name that somebody probably meant.</summary>
public static class NameSuggestion
{
    /// <summary>
    /// The candidate nearest to the name, or null where none is near: at most a third of the letters may differ, and none of a name of two.
    /// </summary>
    public static string? For(string name, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(candidates);
        string? best = null;
        int bestDistance = name.Length < 3 ? 1 : Math.Max(1, name.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            int distance = string.Equals(name, candidate, StringComparison.OrdinalIgnoreCase) ? 0
                : candidate.StartsWith(name, StringComparison.OrdinalIgnoreCase) && name.Length >= 3 ? 1
                : Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant());
            if (distance < bestDistance)
                (best, bestDistance) = (candidate, distance);
        }

        return best;
    }

    /// <summary>The nearest candidates, nearest first.</summary>
    internal static IReadOnlyList<string> FindNearest(string name, IEnumerable<string> candidates, int count) =>
        [.. candidates.Distinct().OrderBy(candidate => Distance(name.ToLowerInvariant(), candidate.ToLowerInvariant())).Take(count)];

    /// <summary>Edits between two words: insertion, deletion, replacement, and swapped neighbours.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (int j = 0; j <= b.Length; j++)
            rows[0, j] = j;

        for (int i = 1; i <= a.Length; i++)
        {
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                rows[i, j] = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
            }
        }

        return rows[a.Length, b.Length];
    }
}
