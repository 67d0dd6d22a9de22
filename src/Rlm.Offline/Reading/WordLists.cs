using System.Collections.Frozen;

namespace Rlm.Offline.Reading;

/// <summary>Words that carry no topic, lower case.</summary>
internal static class WordLists
{
    /// <summary>Articles, pronouns, prepositions, auxiliaries and question words.</summary>
    public static readonly FrozenSet<string> Stop = Set(
        "a about above across after again against all along also although always am among an and another any anybody anyone anything are around as at away "
        + "back be because been before being below between both but by can cannot could did didn't do does doesn't doing don't done down during each either "
        + "else ever every everyone everything few for from further get gets given go goes got had has have having he her here hers herself him himself his "
        + "how however i i'm if in into is isn't it it's its itself just let like many may me might mine more most much must my myself near neither no nor not "
        + "now of off often on once one only onto or other our ours out over own per please quite rather same shall she should since so some somebody someone "
        + "something still such than that that's the their theirs them themselves then there there's these they this those though through till to too toward "
        + "under until up upon us use used very was wasn't we well were weren't what what's when where whether which while who who's whom whose why will with "
        + "within without would yes yet you your yours yourself");

    /// <summary>Words of a question or instruction that speak of the task or of the rows, not of the topic.</summary>
    public static readonly FrozenSet<string> Task = Set(
        "answer answers ask asked asking asks average bullet bullets card category categories categorise classify classified common commonest contain contained "
        + "containing contains context count counts data describe described describing description discuss discussed discusses distinct document documents "
        + "different email emails entries entry every exactly example examples explain extract fewest file files find first following form format found "
        + "frequent frequently full give gives happen happened happens highest include includes including instance instances item items kind kinds label labels last "
        + "latest least line lines list listed log logs longest lowest mail mails main maximum mean median mention mentioned mentioning mentions merge message "
        + "messages minimum name names number numbers occur occurrence occurrences occurs overall page paragraph paragraphs part passage percent percentage phrase "
        + "piece point points print proportion question questions quote quoted record records refer refers reply report return row rows said say saying says "
        + "sentence sentences share short show shows speak summaries summarise summarize summary talk talking talks tell text texts thing things three times "
        + "top total transcript two type types unique value values word words write appear appeared appears five briefly concise according below exist exists "
        + "overview reason reasons root cause caused causes five six seven eight nine ten half whole entire containing final final_answer individual associated");

    private static readonly FrozenSet<string> TaskStems = Task.Select(Stemmer.Stem).ToFrozenSet(StringComparer.Ordinal);

    public static readonly string[] Months =
    [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
    ];

    public static readonly FrozenSet<string> Weekdays = Set("monday tuesday wednesday thursday friday saturday sunday");

    private static readonly string[] Numerals =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    public static bool IsTopic(Word word)
    {
        string lower = word.Text.ToLowerInvariant();
        return lower.Length > 1 && !Stop.Contains(lower) && !Task.Contains(lower) && !TaskStems.Contains(word.Stem);
    }

    /// <summary>1 to 12, or 0 if the word names no month. Three letters are enough, except for may, which is a verb too.</summary>
    public static int Month(string word)
    {
        string lower = word.ToLowerInvariant();
        for (int month = 0; month < Months.Length; month++)
        {
            if (lower == Months[month] && (month != 4 || char.IsUpper(word[0]))
                || lower.Length == 3 && lower != "may" && lower != "mar" && Months[month].StartsWith(lower, StringComparison.Ordinal))
                return month + 1;
        }

        return lower == "mar" ? 3 : lower == "sept" ? 9 : 0;
    }

    /// <summary>The number that a numeral or digits stand for, or -1.</summary>
    public static int Numeral(string word) =>
        int.TryParse(word, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number)
            ? number
            : Array.IndexOf(Numerals, word.ToLowerInvariant());

    private static FrozenSet<string> Set(string words) =>
        words.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
