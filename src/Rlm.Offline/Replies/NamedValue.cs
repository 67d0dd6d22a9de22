
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Finds what a text says outright of a field: a line <c>Name: value</c> whose name has the field's words.</summary>
internal static class NamedValue
{
    private const int LongestNameChars = 40;

    public static string? Find(string text, string field)
    {
        List<string> wanted = Stems(field);
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            int colon = line[..Math.Min(line.Length, LongestNameChars)].IndexOf(':');
            if (colon < 1 || line[(colon + 1)..].IsWhiteSpace())
                continue;

            List<string> words = Stems(line[..colon].ToString());
            if (words.Count == wanted.Count && wanted.TrueForAll(words.Contains))
                return line[(colon + 1)..].Trim().ToString();
        }

        return null;
    }

    private static List<string> Stems(string text) => [.. WordReader.Read(text).Select(static word => word.Stem)];
}
