namespace Rlm.Offline.Reading;

/// <summary>
/// Cuts text into words: runs of letters and digits, with an apostrophe or underscore inside, and numbers with their points.
/// </summary>
internal static class WordReader
{
    /// <summary>A run longer than this is cut, so that a line without blanks costs no more than any other.</summary>
    private const int LongestChars = 64;

    public static List<Word> Read(string text) => Read(text, 0, text.Length);

    public static List<Word> Read(string text, int start, int length)
    {
        List<Word> words = [];
        int end = start + length;
        for (int at = start; at < end;)
        {
            if (!char.IsLetterOrDigit(text[at]))
            {
                at++;
                continue;
            }

            int from = at++;
            while (at < end && at - from < LongestChars && Continues(text, at, end))
                at++;
            string word = text[from..at];
            words.Add(new Word(from, at - from, word, Stemmer.Stem(Possessive(word))));
        }

        return words;
    }

    private static bool Continues(string text, int at, int end)
    {
        char c = text[at];
        if (char.IsLetterOrDigit(c) || c == '_' || CharUnicode.IsMark(c))
            return true;
        if (at + 1 >= end || !char.IsLetterOrDigit(text[at + 1]))
            return false;
        return c is '\'' or '’'
            ? char.IsLetter(text[at - 1])
            : c is '.' or ',' && char.IsAsciiDigit(text[at - 1]) && char.IsAsciiDigit(text[at + 1]);
    }

    private static string Possessive(string word) =>
        word.EndsWith("'s", StringComparison.Ordinal) || word.EndsWith("’s", StringComparison.Ordinal) ? word[..^2] : word;
}
