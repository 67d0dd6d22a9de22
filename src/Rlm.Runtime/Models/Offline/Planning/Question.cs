using System.Text.RegularExpressions;
using Rlm.Runtime.Models.Offline.Reading;

namespace Rlm.Runtime.Models.Offline.Planning;

/// <summary>A question with the literal phrases and topic words it names.</summary>
internal sealed partial record Question(string Text, string Lower, IReadOnlyList<Word> Words, IReadOnlyList<string> Phrases)
{
    public static Question Read(string text)
    {
        List<string> phrases = [.. Quotation().Matches(text).Select(static m => m.Groups["q"].Value).Where(static p => p.Trim().Length > 0).Take(8)];
        string rest = Quotation().Replace(text, " ");
        return new Question(text, text.ToLowerInvariant(), WordReader.Read(rest), phrases);
    }

    public bool Has(string regex) => Regex.IsMatch(Lower, regex, RegexOptions.CultureInvariant);

    public Match Match(string regex) => Regex.Match(Lower, regex, RegexOptions.CultureInvariant);

    /// <summary>Regexes of the phrases, then of the topic words that are not used up.</summary>
    public List<string> Terms(IReadOnlySet<string> used) =>
    [
        .. Phrases.Where(p => !used.Contains(p)).Select(ProgramText.Escaped)
            .Concat(Words.Where(w => WordLists.IsTopic(w) && !used.Contains(w.Stem)).Select(ProgramText.Inflected))
            .Distinct(StringComparer.Ordinal).Take(8),
    ];

    [GeneratedRegex("[\"“](?<q>[^\"”\\n]{1,120})[\"”]|`(?<q>[^`\\n]{1,120})`|(?<![\\w])'(?<q>[^'\\n]{1,120})'(?!\\w)", RegexOptions.CultureInvariant)]
    private static partial Regex Quotation();
}
