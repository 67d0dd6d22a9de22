namespace Rlm.Offline.Reading;

/// <summary>Finds proper names: runs of capitalised words.</summary>
/// <remarks>
/// A single capitalised word that opens a sentence counts only if it stands inside a sentence elsewhere, or before a colon.
/// </remarks>
internal static class NameReader
{
    public static List<Word> Read(IReadOnlyList<Sentence> sentences)
    {
        List<(Word Name, bool Sure)> found = [];
        HashSet<string> sure = new(StringComparer.Ordinal);
        foreach (Sentence sentence in sentences)
        {
            foreach ((Word name, bool opens) in Runs(sentence))
            {
                int after = name.End;
                bool speaks = opens && after < sentence.Source.Length && sentence.Source[after] == ':';
                bool isSure = !opens || name.Text.Contains(' ', StringComparison.Ordinal) || speaks;
                found.Add((name, isSure));
                if (isSure)
                    sure.Add(name.Text);
            }
        }

        return [.. found.Where(f => f.Sure || sure.Contains(f.Name.Text)).Select(static f => f.Name)];
    }

    private static IEnumerable<(Word Name, bool Opens)> Runs(Sentence sentence)
    {
        IReadOnlyList<Word> words = sentence.Words;
        for (int first = 0; first < words.Count; first++)
        {
            if (!IsNameWord(words[first]))
                continue;

            int last = first;
            while (last + 1 < words.Count && last - first < 4 && IsNameWord(words[last + 1]) && Gap(sentence, words[last], words[last + 1]))
                last++;
            Word open = words[first], close = words[last];
            string text = sentence.Source[open.Start..close.End];
            if (text.EndsWith("'s", StringComparison.Ordinal) || text.EndsWith("’s", StringComparison.Ordinal))
                text = text[..^2];
            yield return (new Word(open.Start, text.Length, text, close.Stem), first == 0);
            first = last;
        }
    }

    private static bool Gap(Sentence sentence, Word left, Word right)
    {
        ReadOnlySpan<char> gap = sentence.Source.AsSpan(left.End, right.Start - left.End);
        return gap is " " or "-" || gap is ". " && left.Length <= 3;
    }

    private static bool IsNameWord(Word word)
    {
        string lower = word.Text.ToLowerInvariant();
        return word.IsCapitalised && word.Length > 1 && !WordLists.Stop.Contains(lower) && WordLists.Month(word.Text) == 0
            && !WordLists.Weekdays.Contains(lower);
    }
}
