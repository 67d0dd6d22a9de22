using System.Text.RegularExpressions;

namespace Rlm.Dsl.Checks;

/// <summary>What a regular expression may not hold, so that it runs in linear time.</summary>
internal static class RegexRules
{
    private static readonly Regex NamedGroup = new(@"(?<!\\)\(\?P?<[A-Za-z_]", RegexOptions.CultureInvariant);

    /// <summary>The first construct that needs backtracking, and what to write instead; null where there is none.</summary>
    public static (string Construct, string Help)? NonLinear(string pattern)
    {
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i], next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
            if (c == '\\')
            {
                if (!inClass && (next is >= '1' and <= '9' || (next == 'k' && i + 2 < pattern.Length && pattern[i + 2] is '<' or '\'')))
                    return ("a backreference", "capture the parts with `extract /(?<a>…) (?<b>…)/` and compare them with `where a == b`");
                if (!inClass && next == 'G')
                    return ("`\\G`", "leave it out");
                i++;
            }
            else if (c == '[')
            {
                inClass = true;
            }
            else if (c == ']')
            {
                inClass = false;
            }
            else if (!inClass && c == '(' && next == '?' && i + 2 < pattern.Length)
            {
                if (Lookaround(pattern, i + 2) is { } found)
                    return found;
            }
        }

        return null;
    }

    /// <summary>Whether more than one group has a name.</summary>
    public static bool HasNamedGroups(string pattern) => NamedGroup.Match(pattern) is { Success: true } first && first.NextMatch().Success;

    /// <summary>How many groups capture without a name.</summary>
    public static int CountUnnamedGroups(string pattern) => FindUnnamedGroups(pattern).Count;

    /// <summary>The pattern with names for its groups that have none, in their order.</summary>
    public static string NameGroups(string pattern, IReadOnlyList<string> names)
    {
        var groups = FindUnnamedGroups(pattern);
        for (int i = Math.Min(groups.Count, names.Count) - 1; i >= 0; i--)
            pattern = pattern.Insert(groups[i] + 1, $"?<{names[i]}>");
        return pattern;
    }

    private static List<int> FindUnnamedGroups(string pattern)
    {
        List<int> groups = [];
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\':
                    i++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '(' when !inClass && (i + 1 == pattern.Length || pattern[i + 1] != '?'):
                    groups.Add(i);
                    break;
            }
        }

        return groups;
    }

    private static (string Construct, string Help)? Lookaround(string pattern, int i)
    {
        char next = i + 1 < pattern.Length ? pattern[i + 1] : '\0';
        return pattern[i] switch
        {
            '=' => ("a lookahead", "match it too, and keep the part before with `extract /(?<x>…)…/`"),
            '!' => ("a negative lookahead", "filter in two steps: `grep /a/ | where not (it matches /b/)`"),
            '<' when next == '=' => ("a lookbehind", "match it too, and keep the part behind with `extract /…(?<x>…)/`"),
            '<' when next == '!' => ("a negative lookbehind", "filter in two steps: `grep /a/ | where not (it matches /b/)`"),
            '>' => ("an atomic group", "write a plain group `(?:…)`: matching is linear anyway"),
            '(' => ("a conditional", "write the alternatives: `a|b`"),
            _ => null,
        };
    }
}
