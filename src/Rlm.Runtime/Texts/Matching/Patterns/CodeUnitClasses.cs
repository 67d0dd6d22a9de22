using System.Buffers;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Texts.Matching.Patterns;

/// <summary>The code units of all texts, in as few classes as a pattern's sets can tell apart.</summary>
internal sealed class CodeUnitClasses
{
    /// <summary>What <c>\b</c> takes for part of a word: <c>\w</c> and the two joiners.</summary>
    private static readonly Lazy<CodeUnitSet> WordUnits = new(() => CodeUnitSet.Of(@"[\w\u200C\u200D]", RegexOptions.CultureInvariant));

    private const int MaxCount = 200;

    private readonly byte[] _classOf = new byte[char.MaxValue + 1];
    private readonly List<bool[]> _members = [];

    private CodeUnitClasses()
    {
    }

    public int Count => _members.Count;

    /// <summary>The classes of some sets; null where they are too many.</summary>
    /// <param name="sets">The pattern's sets.</param>
    /// <param name="withWords">Whether words are told apart as well.</param>
    public static CodeUnitClasses? Of(IEnumerable<CodeUnitSet> sets, bool withWords)
    {
        var classes = new CodeUnitClasses();
        CodeUnitSet[] all = withWords ? [.. sets, WordUnits.Value] : [.. sets];
        var starts = new SortedSet<int> { 0 };
        foreach (var (first, last) in all.SelectMany(set => set.Ranges))
        {
            starts.Add(first);
            starts.Add(last + 1);
        }

        starts.Remove(char.MaxValue + 1);
        var known = new Dictionary<string, byte>();
        int[] bounds = [.. starts, char.MaxValue + 1];
        for (int i = 0; i + 1 < bounds.Length; i++)
        {
            bool[] member = Array.ConvertAll(all, set => set.Contains((char)bounds[i]));
            string signature = string.Create(member.Length, member, static (signs, bits) =>
            {
                for (int at = 0; at < bits.Length; at++)
                    signs[at] = bits[at] ? '1' : '0';
            });
            if (!known.TryGetValue(signature, out byte number))
            {
                if (classes.Count == MaxCount)
                    return null;
                known.Add(signature, number = (byte)classes.Count);
                classes._members.Add(member);
            }

            classes._classOf.AsSpan(bounds[i]..bounds[i + 1]).Fill(number);
        }

        return classes;
    }

    public byte Of(char unit) => _classOf[unit];

    /// <summary>The units of some classes in order; null where they are more than so many.</summary>
    /// <param name="classes">By class, whether its units are asked for.</param>
    /// <param name="most">The most units that are of use.</param>
    public char[]? UnitsOf(bool[] classes, int most)
    {
        byte[] numbers = [.. Enumerable.Range(0, Count).Where(number => classes[number]).Select(number => (byte)number)];
        var asked = SearchValues.Create(numbers);
        var units = new List<char>();
        for (int unit = 0; _classOf.AsSpan(unit).IndexOfAny(asked) is >= 0 and var ahead; unit++)
        {
            unit += ahead;
            if (units.Count == most)
                return null;
            units.Add((char)unit);
        }

        return [.. units];
    }

    public bool IsIn(int unitClass, int set) => _members[unitClass][set];

    /// <summary>Whether <c>\b</c> takes the class for part of a word; only where words are told apart.</summary>
    public bool IsWord(int unitClass) => _members[unitClass][^1];
}
