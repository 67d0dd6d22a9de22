namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// How alike two texts are, from 0 to 1: one minus the letters that are typed wrong, in the share of the longer text. Words are paired
/// with those that they may be misspelled from; a word without a partner is wrong as a whole. Long texts are compared by whole words.
/// </summary>
/// <param name="above">How alike two texts are at least, and a bit more.</param>
internal sealed class TextLikeness(decimal above)
{
    private readonly List<string> _left = [], _right = [];

    /// <summary>The likeness, or null where it is not above what is asked for.</summary>
    public double? Find(FoldedText one, FoldedText other) =>
        one.Key == other.Key || one.Unspaced == other.Unspaced ? 1 : FindOfOthers(one, other);

    /// <summary>The same of texts that differ in words.</summary>
    public double? FindOfOthers(FoldedText one, FoldedText other)
    {
        if (one.IsBlank || other.IsBlank || one.Numbers != other.Numbers)
            return null;

        bool isLong = one.IsLong || other.IsLong;
        int size = isLong ? Math.Max(one.Words, other.Words) : Math.Max(one.Letters, other.Letters), most = MostWrong(size);
        int wrong = isLong ? CountOtherWords(one.Hashes, other.Hashes, most)
            : one.Fixed == other.Fixed ? CountWrongLetters(one, other, most) : most + 1;
        return wrong <= most ? 1 - ((double)wrong / size) : null;
    }

    /// <summary>Most letters, or words, of so many that may be wrong.</summary>
    public int MostWrong(int size) => (int)Math.Ceiling((1 - above) * size) - 1;

    /// <summary>The same for a text of that size and any that is like it.</summary>
    public long MostWrongOfLonger(int size) => above == 0 ? int.MaxValue : MostWrong((int)Math.Min(int.MaxValue / 2, decimal.Floor(size / above)));

    private static int CountOtherWords(ulong[] one, ulong[] other, int most)
    {
        int same = 0, longer = Math.Max(one.Length, other.Length);
        for (int i = 0, j = 0; i < one.Length && j < other.Length && longer - same - Math.Min(one.Length - i, other.Length - j) <= most;)
        {
            int order = one[i].CompareTo(other[j]);
            same += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }

        return longer - same;
    }

    private int CountWrongLetters(FoldedText one, FoldedText other, int most)
    {
        int wrong = one.CountWrongAtLeast(other);
        if (wrong > most)
            return wrong;

        wrong = 0;
        for (int part = 0; part < one.Parts.Count && wrong <= most; part++)
            wrong += CountWrongLetters(one.Parts[part], other.Parts[part], most - wrong);
        return wrong;
    }

    private int CountWrongLetters(string[] one, string[] other, int most)
    {
        var (left, right) = (_left, _right);
        left.Clear();
        right.Clear();
        for (int i = 0, j = 0; i < one.Length || j < other.Length;)
        {
            int order = i == one.Length ? 1 : j == other.Length ? -1 : string.CompareOrdinal(one[i], other[j]);
            if (order < 0)
                left.Add(one[i]);
            else if (order > 0)
                right.Add(other[j]);
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;

            // A word that has no equal has one wrong letter at least.
            if (left.Count > most || right.Count > most)
                return most + 1;
        }

        // What can hold no typo says another thing elsewhere among the numbers.
        if (!left.TrueForAll(FoldedText.MayHoldTypo) || !right.TrueForAll(FoldedText.MayHoldTypo))
            return most + 1;

        int wrong = 0;
        while (wrong <= most && FindNearest(left, right) is var (first, second, distance))
        {
            wrong += distance;
            left.RemoveAt(first);
            right.RemoveAt(second);
        }

        return wrong + Math.Max(left.Sum(static word => word.Length), right.Sum(static word => word.Length));
    }

    /// <summary>The two words with the fewest typos, of equal ones those that are first in the alphabet; null where none are alike.</summary>
    private static (int First, int Second, int Distance)? FindNearest(List<string> left, List<string> right)
    {
        (int First, int Second, int Distance)? nearest = null;
        for (int i = 0; i < left.Count; i++)
        {
            for (int j = 0; j < right.Count; j++)
            {
                int most = SpellingDistance.MostTypos(Math.Min(left[i].Length, right[j].Length)), distance = SpellingDistance.Of(left[i], right[j], most);
                if (distance <= most && (nearest is not { } best || distance < best.Distance
                    || (distance == best.Distance && IsBefore(left[i], right[j], left[best.First], right[best.Second]))))
                    nearest = (i, j, distance);
            }
        }

        return nearest;
    }

    /// <summary>Whether two words stand before two others, whichever of them is called first.</summary>
    private static bool IsBefore(string one, string other, string left, string right)
    {
        int order = string.CompareOrdinal(MinOf(one, other), MinOf(left, right));
        return order < 0 || (order == 0 && string.CompareOrdinal(MaxOf(one, other), MaxOf(left, right)) < 0);
    }

    private static string MinOf(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? one : other;

    private static string MaxOf(string one, string other) => string.CompareOrdinal(one, other) <= 0 ? other : one;
}
