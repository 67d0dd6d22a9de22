using System.Text.RegularExpressions;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>Answers in sentences of the text itself: its best passage for a question, its central sentences for a summary.</summary>
internal static class TextReply
{
    private const int SummarySentences = 5;
    private const int Considered = 8;
    private const int MostListed = 12;

    // How far behind a word that denies stands what it denies.
    private const int DenialWords = 6;

    public static string? Answer(Item item)
    {
        if (item.Sentences.Count == 0)
            return null;

        string lower = item.Instruction.ToLowerInvariant();
        bool summary = Has(
            lower, "summar", "merge", "combine", "overview", "main ", "key ", "list the", "list of", "bullet", "describe", "gist");
        bool why = Has(lower, "why", "explain", "reason", "cause", "what happened");
        if (summary || item.Topic.Count == 0)
            return PickCentral(item, lower);

        List<Sentence> best = TakeBest(item, lower, why ? 3 : 1);
        // A question whose words stand nowhere has no answer here; an instruction is about the text itself.
        if (best.Count == 0)
            return item.Instruction.Contains('?', StringComparison.Ordinal) ? null : PickCentral(item, lower);
        if (!why && Has(lower, "only", "just the", "one word", "name of", "short answer") && WriteShort(item, lower) is { } entity)
            return entity;
        return string.Join(
            best.Count > 3 ? '\n' : ' ',
            best.OrderBy(static s => s.Index).Select(static s => StripMarks(s.Text)).Distinct(StringComparer.Ordinal));
    }

    /// <summary>The best sentences, those first that hold what the question asks for, headings last.</summary>
    private static List<Sentence> TakeBest(Item item, string lower, int most)
    {
        // "What was decided?" asks for all that was.
        if (item.Topic.Count == 1 && lower.StartsWith("what w", StringComparison.Ordinal))
            return [.. item.Sentences.Where(item.Covers).Take(MostListed)];

        List<Sentence> best = Passages.PickBest(item.Sentences, item.Scores, Considered);
        if (best.Exists(sentence => !Denies(sentence, item)))
            best.RemoveAll(sentence => Denies(sentence, item));
        Regex? wanted = Wanted.In(lower);
        return [.. best.OrderByDescending(s => (wanted is null || wanted.IsMatch(s.Text) ? 2 : 0) + (IsHeading(s) ? 0 : 1)).Take(most)];
    }

    /// <summary>
    /// Whether the sentence denies what the question asks for, as "I do not want a refund" does where somebody asks who wants one.
    /// </summary>
    private static bool Denies(Sentence sentence, Item item)
    {
        if (WordReader.Read(item.Instruction).Any(IsDenial))
            return false;

        for (int i = 0; i < sentence.Words.Count; i++)
        {
            if (IsDenial(sentence.Words[i]) && sentence.Words.Skip(i + 1).Take(DenialWords).Any(word => item.Topic.Contains(word.Stem)))
                return true;
        }

        return false;
    }

    private static bool IsDenial(Word word) => word.Text.ToLowerInvariant() is "not" or "no" or "never" or "without" or "neither" or "nor"
        || word.Text.EndsWith("n't", StringComparison.OrdinalIgnoreCase) || word.Text.EndsWith("n’t", StringComparison.OrdinalIgnoreCase);

    private static bool IsHeading(Sentence sentence) =>
        sentence.Words.Count < 8 && sentence.Text[^1] is not ('.' or '!' or '?' or '"' or '”');

    /// <summary>
    /// The name, number or date that the question word asks for, from the best sentences, if they hold one the question does not.
    /// </summary>
    public static string? WriteShort(Item item, string lower)
    {
        List<Sentence> best = Passages.PickBest(item.Sentences, item.Scores, 8);
        foreach (Sentence sentence in best)
        {
            string? found = Has(lower, "how many", "how much", "number")
                ? NumberReader.Read(item.Text, sentence.Words).Select(static n => n.Number).FirstOrDefault()
                : Has(lower, "when", "date", "year")
                    ? DateReader.Read(item.Text, sentence.Words).Select(static d => d.Date).FirstOrDefault()
                : NameReader.Read([sentence]).Where(name => !item.Topic.Contains(name.Stem)).Select(static name => name.Text)
                    .FirstOrDefault();
            if (found is not null)
                return found;
        }

        return null;
    }

    private static string? PickCentral(Item item, string lower)
    {
        bool bullets = Has(lower, "bullet", "list", "points");
        List<Sentence> unique = [.. item.Sentences.DistinctBy(static s => StripMarks(s.Text), StringComparer.OrdinalIgnoreCase)];
        List<Sentence> picked = CentralSentences.Pick(unique, HowMany(lower));
        if (picked.Count == 0)
            picked = [.. unique.Take(1)];
        IEnumerable<string> lines = picked.Select(static s => StripMarks(s.Text));
        return picked.Count == 0 ? null : bullets ? string.Join('\n', lines.Select(static line => $"- {line}")) : string.Join(' ', lines);
    }

    /// <summary>The first number of the instruction, up to 20, as in "three sentences"; five by default.</summary>
    private static int HowMany(string lower)
    {
        foreach (Word word in WordReader.Read(lower))
        {
            int number = WordLists.Numeral(word.Text);
            if (number is >= 1 and <= 20)
                return number;
        }

        return lower.Contains("one-line", StringComparison.Ordinal) ? 1 : SummarySentences;
    }

    /// <summary>Without the list marks of partial answers: bullets and <c>1.</c>, <c>2)</c>, <c>[3]</c>.</summary>
    private static string StripMarks(string line)
    {
        ReadOnlySpan<char> text = line.AsSpan().TrimStart("-*• ");
        int digits = text.Length > 0 && text[0] == '[' ? 1 : 0;
        int from = digits;
        while (digits < text.Length && digits < 6 && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits > from && digits < text.Length && (from == 1 ? text[digits] == ']' : text[digits] is '.' or ')')
            && digits + 1 < text.Length && text[digits + 1] == ' ')
            text = text[(digits + 2)..];
        return text.TrimStart("-*• ").ToString();
    }

    private static bool Has(string text, params ReadOnlySpan<string> parts)
    {
        foreach (string part in parts)
        {
            if (text.Contains(part, StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
