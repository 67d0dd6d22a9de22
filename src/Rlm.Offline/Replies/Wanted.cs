using System.Text.RegularExpressions;
using Rlm.Offline.Reading;

namespace Rlm.Offline.Replies;

/// <summary>What a sentence must hold to answer a question of a kind.</summary>
internal static class Wanted
{
    private const string Number =
        @"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million)\b";

    private static readonly (string Question, string Sentence)[] Kinds =
    [
        (@"\bhow long\b", $@"(?i)(?:{Number})[\w-]*,?\s+(?:ms|seconds?|minutes?|hours?|days?|weeks?|months?|years?)\b"),
        (@"\bhow (?:many|much|old|far|high|large|big)\b", $"(?i){Number}"),
        (@"\bwhen\b|\bwhat (?:time|year|date|day)\b", @"(?i)\b\d{1,2}:\d\d\b|\b\d{4}\b|\b\d{1,2}(?:st|nd|rd|th)\b|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"),
        (@"\bwhy\b|\breason\b|\bcaus\w+", @"(?i)\b(?:because|since|due to|so that|caused|reason|therefore)\b"),
    ];

    /// <summary>Words of questions and the words that texts answer them with.</summary>
    private static readonly (string Asked, string Told)[] Synonyms =
    [
        ("bought", "sold"), ("buy", "sell"), ("cost", "price"), ("die", "death"), ("begin", "start"), ("start", "begin"),
        ("wife", "married"), ("keep", "retention"), ("kept", "retention"),
        ("quit", "resigned"), ("boss", "manager"), ("child", "daughter"), ("child", "son"), ("job", "work"), ("hire", "employ"),
        ("purchas", "sold"),
    ];

    public static Regex? In(string question)
    {
        if (Regex.Match(question, @"\bhow many (\p{L}{3,})", RegexOptions.CultureInvariant) is { Success: true } counted)
            return new Regex(
                $@"(?i)(?:{Number})[\w-]*\s+(?:\p{{L}}+\s+)?{Stemmer.Stem(counted.Groups[1].Value)}", RegexOptions.CultureInvariant);
        return Array.Find(
            Kinds, kind => Regex.IsMatch(question, kind.Question, RegexOptions.CultureInvariant)) is { Sentence: { } sentence }
            ? new Regex(sentence, RegexOptions.CultureInvariant)
            : null;
    }

    public static bool IsName(string question) =>
        Regex.IsMatch(question, @"\b(who|whom|whose|which)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static string WithSynonyms(string instruction)
    {
        string[] told =
            [.. Synonyms.Where(s => Regex.IsMatch(
                instruction, $@"\b{s.Asked}\w*\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)).Select(static s => s.Told)];
        return told.Length == 0 ? instruction : $"{instruction} {string.Join(' ', told)}";
    }
}
