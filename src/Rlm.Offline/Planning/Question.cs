using System.Text.RegularExpressions;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Planning;

/// <summary>A question with the literal phrases and topic words it names.</summary>
internal sealed partial record Question(string Text, string Lower, IReadOnlyList<Word> Words, IReadOnlyList<string> Phrases)
{
    public static Question Read(string text)
    {
        List<string> phrases =
            [.. Quotation.Matches(text).Select(static m => m.Groups["q"].Value).Where(static p => p.Trim().Length > 0).Take(8)];
        string rest = Quotation.Replace(text, " ");
        return new Question(text, text.ToLowerInvariant(), WordReader.Read(rest), phrases);
    }

    /// <summary>
    /// How many of the first in an order are asked for, as in "top 3" or "the two cheapest"; null where that is not said.
    /// </summary>
    public int? Ranked
    {
        get
        {
            Match match = Ranks.Match(Lower);
            int number = match.Success ? WordLists.Numeral(match.Groups["n"].Value) : 0;
            return number > 1 ? number : null;
        }
    }

    public bool Has(string regex) => Regex.IsMatch(Lower, regex, RegexOptions.CultureInvariant);

    public Match Match(string regex) => Regex.Match(Lower, regex, RegexOptions.CultureInvariant);

    /// <summary>Regexes of the phrases, then of the topic words that are not used up.</summary>
    public List<string> Terms(IReadOnlySet<string> used) =>
    [
        .. Phrases.Where(p => !used.Contains(p)).Select(static p => ProgramText.Escape(p))
            .Concat(Words.Where(w => IsFree(w, used)).Select(ProgramText.Inflect))
            .Distinct(StringComparer.Ordinal).Take(8),
    ];

    /// <summary>
    /// Regexes of topic words bound by a preposition, as in "change of control"; a text may bind them by another, and break the line.
    /// </summary>
    public IEnumerable<string> FindBound(IReadOnlySet<string> used) =>
        Pairs(used).Select(static pair => $@"{ProgramText.Inflect(pair.Left)}\s+(of|in|to|for)\s+{ProgramText.Inflect(pair.Right)}");

    /// <summary>The stems that are used up, with those of bound words.</summary>
    public HashSet<string> FindBoundStems(IReadOnlySet<string> used) =>
        [.. used, .. Pairs(used).SelectMany(static pair => new[] { pair.Left.Stem, pair.Right.Stem })];

    private IEnumerable<(Word Left, Word Right)> Pairs(IReadOnlySet<string> used)
    {
        for (int i = 1; i + 1 < Words.Count; i++)
        {
            if (Words[i].Text is "of" or "in" or "for" && IsFree(Words[i - 1], used) && IsFree(Words[i + 1], used))
                yield return (Words[i - 1], Words[i + 1]);
        }
    }

    private static bool IsFree(Word word, IReadOnlySet<string> used) => WordLists.IsTopic(word) && !used.Contains(word.Stem);

    private const string Few = @"\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve";

    [GeneratedRegex(@"\b(?:top|bottom|best|worst|highest|lowest|largest|smallest|biggest|longest|shortest|slowest|fastest|cheapest|most expensive) (?<n>" + Few + @")\b"
        + @"|\b(?<n>" + Few + @")(?: \w+){0,4} (?:most|least|best|worst|highest|lowest|largest|smallest|biggest|longest|shortest|slowest|fastest|cheapest|top)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Ranks { get; }

    [GeneratedRegex("[\"“](?<q>[^\"”\\n]{1,120})[\"”]|`(?<q>[^`\\n]{1,120})`|(?<![\\w])'(?<q>[^'\\n]{1,120})'(?!\\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Quotation { get; }
}
