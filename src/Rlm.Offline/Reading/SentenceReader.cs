using System.Collections.Frozen;

namespace Rlm.Offline.Reading;

/// <summary>Cuts text into sentences.</summary>
/// <remarks>
/// A sentence ends at <c>. ! ?</c> before a blank, and at a line break, unless the line looks wrapped: 40 characters or more, no end
/// mark, and the next line starts in lower case. What is longer than 600 characters is cut at a blank.
/// </remarks>
internal static class SentenceReader
{
    private const int LongestChars = 600;
    private const int WrappedChars = 40;

    private static readonly FrozenSet<string> Abbreviations =
        new[] { "mr", "mrs", "ms", "dr", "prof", "st", "vs", "etc", "e.g", "i.e", "no", "jr", "sr", "inc", "ltd", "co", "fig", "approx" }
            .ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static List<Sentence> Read(string text)
    {
        List<Sentence> sentences = [];
        int start = 0, lineStart = 0, lastBlank = -1;
        for (int at = 0; at < text.Length; at++)
        {
            char c = text[at];
            int end = -1;
            if (c == '\n')
            {
                if (!IsWrapped(text, lineStart, at))
                    end = at;
                lineStart = at + 1;
            }
            else if (c is '.' or '!' or '?' or '。'
                && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]) || text[at + 1] is '"' or '”' or ')')
                && !(c == '.' && IsAbbreviation(text, start, at)))
            {
                end = at + 1;
                if (end < text.Length && text[end] is '"' or '”' or ')')
                    end++;
            }
            else if (at - start >= LongestChars)
            {
                end = lastBlank > start ? lastBlank : at;
            }

            if (char.IsWhiteSpace(c))
                lastBlank = at;
            if (end >= 0)
            {
                Add(sentences, text, start, end);
                start = end;
            }
        }

        Add(sentences, text, start, text.Length);
        return sentences;
    }

    private static void Add(List<Sentence> sentences, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (end == start)
            return;

        List<Word> words = WordReader.Read(text, start, end - start);
        if (words.Count > 0)
            sentences.Add(new Sentence(text, start, end - start, sentences.Count, words));
    }

    private static bool IsWrapped(string text, int lineStart, int lineEnd)
    {
        int last = lineEnd - 1;
        while (last > lineStart && char.IsWhiteSpace(text[last]))
            last--;
        return last - lineStart >= WrappedChars && text[last] is not ('.' or '!' or '?' or ':' or ';')
            && lineEnd + 1 < text.Length && char.IsLower(text[lineEnd + 1]);
    }

    private static bool IsAbbreviation(string text, int start, int at)
    {
        // The number of a list item is not a sentence of its own.
        if (at - start < 8 && text.AsSpan(start, at - start).Trim() is { Length: > 0 } number && !number.ContainsAnyExceptInRange('0', '9'))
            return true;

        int from = at;
        while (from > start && at - from < 8 && (char.IsLetter(text[from - 1]) || text[from - 1] == '.'))
            from--;
        return at - from == 1 && char.IsUpper(text[from]) || Abbreviations.Contains(text[from..at]);
    }
}
