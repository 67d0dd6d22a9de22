namespace Rlm.Dsl.Text;

/// <summary>Regular expressions whose matches go over line ends, and what a line end is in them.</summary>
internal static class LineSpans
{
    private static readonly string[] Opposites = ["sS", "dD", "wW"];

    /// <summary>Whether the regex says that it means line ends: by the flag <c>s</c>, a line break, or a set of everything.</summary>
    public static bool IsSpanning(string pattern, string flags)
    {
        if (flags.Contains('s'))
            return true;

        for (int i = 0; i < pattern.Length; i++)
        {
            switch (pattern[i])
            {
                case '\\' when i + 1 < pattern.Length && pattern[i + 1] is 'n' or 'r':
                    return true;
                case '\\':
                    i++;
                    break;
                case '[':
                    int end = ClassEnd(pattern, i);
                    if (HoldsLineEnd(pattern.Substring(i + 1, end - i - 1)))
                        return true;
                    i = end;
                    break;
                case '(' when i + 1 < pattern.Length && pattern[i + 1] == '?':
                    string inline = new([.. pattern.Skip(i + 2).TakeWhile(letter => letter is >= 'a' and <= 'z')]);
                    if (inline.Contains('s') && inline.All(flag => "imnsx".Contains(flag)))
                        return true;
                    break;
            }
        }

        return false;
    }

    /// <summary>The regex with a CRLF of its own as any line end: texts are matched with each CRLF as one.</summary>
    public static string WithAnyLineEnd(string pattern)
    {
        foreach (int place in Returns(pattern).Reverse())
        {
            if (string.CompareOrdinal(pattern, place + 2, "\\n", 0, 2) == 0)
                pattern = pattern.Insert(place + 2, "?");
        }

        return pattern;
    }

    /// <summary>Whether the regex asks for a CR, so that a text is matched with those of its line ends.</summary>
    public static bool NeedsReturn(string pattern) =>
        Returns(pattern).Any(place => place + 2 == pattern.Length || pattern[place + 2] is not ('?' or '*'));

    /// <summary>Whether every match of the regex holds a line end; false where that is not told at a glance.</summary>
    public static bool NeedsLineEnd(string pattern) => pattern.IndexOfAny(['|', '(']) < 0
        && FindEscapes(pattern, 'n').Any(place => place + 2 == pattern.Length || pattern[place + 2] is not ('?' or '*' or '{'));

    private static IEnumerable<int> Returns(string pattern) => FindEscapes(pattern, 'r');

    /// <summary>The places of an escape outside of sets.</summary>
    private static IEnumerable<int> FindEscapes(string pattern, char letter)
    {
        for (int i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '[')
                i = ClassEnd(pattern, i);
            else if (pattern[i] == '\\' && ++i < pattern.Length && pattern[i] == letter)
                yield return i - 1;
        }
    }

    /// <summary>The place of the bracket that closes a set; the last place where none does.</summary>
    private static int ClassEnd(string pattern, int start)
    {
        // A bracket right behind the opening one, or behind its `^`, is a member.
        int first = start + (start + 1 < pattern.Length && pattern[start + 1] == '^' ? 2 : 1);
        for (int i = first; i < pattern.Length; i++)
        {
            if (pattern[i] == '\\')
                i++;
            else if (pattern[i] == ']' && i > first)
                return i;
        }

        return pattern.Length - 1;
    }

    private static bool HoldsLineEnd(string members)
    {
        if (members.Length > 0 && members[0] == '^')
            return false;

        string escapes = new([.. members.Skip(1).Where((_, i) => members[i] == '\\')]);
        return escapes.Contains('n') || escapes.Contains('r') || Opposites.Any(pair => pair.All(letter => escapes.Contains(letter)));
    }
}
