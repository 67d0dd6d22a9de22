namespace Rlm.Offline.Planning;

/// <summary>Programs for when no rule answers: what the text shows nearest to the question, said to be no more than that.</summary>
/// <remarks>Each gives an empty answer where it finds nothing, so that the next program has its turn.</remarks>
internal static class LastResorts
{
    private const int Shown = 20;

    public static bool IsIncident(Question question) =>
        question.Has(
            @"\b(outages?|crash\w*|incidents?|downtime|fail\w*|broke\w*|problems?|trouble|issues?|went wrong|go wrong|went down)\b");

    /// <summary>For "what caused the outage" over a log: its worst lines, and which errors are most frequent.</summary>
    public static string? FindSigns(Question question, Card card, RowShape shape)
    {
        if (shape.Head is not { Length: > 0 } head || shape.Find("level") is null
            || !IsIncident(question) && !question.Has(@"\bcaus\w+\b|\bwhy\b"))
            return null;

        return $"""
            let fatal = {card.Name} | grep /^{head} \[?(FATAL|CRITICAL)\b/ | first 5
            let errors = {card.Name} | grep /^{head} \[?ERROR\b/
            let kinds = errors | map replace(it, /^{head} \S+ +/, "") | map replace(it, /\d+/, "N") | count by it | top 3 by count | map "{"{count}"} times: {"{key}"}"
            let hours = errors | extract /^(?<time>{head})/ as {"{time: date}"} | count by hour = bin(time, 1h) | top 1 by count | map "{"{hour}"}: {"{count}"} errors"
            answer if (errors | count) + (fatal | count) == 0 then "" else "The offline model cannot tell causes. What the log shows:\n{"{fatal | join \"\\n\"}"}\nMost frequent errors:\n{"{kinds | join \"\\n\"}"}\nWorst hour: {"{hours}"}"
            """.ReplaceLineEndings("\n");
    }

    /// <summary>The documents, or the lines, that hold most of the terms.</summary>
    public static string? FindNearest(Question question, Card card, IReadOnlyList<string> terms)
    {
        if (terms.Count == 0)
            return null;

        bool areDocuments = card.Type.Contains("doc", StringComparison.Ordinal);
        string score = string.Join(" + ", terms.Select(static t => $"(if it matches /{t}/i then 1 else 0)"));
        string hits = areDocuments ? card.Name : $"{card.Name} | grep /{string.Join('|', terms)}/i";
        string best = areDocuments && !question.Has(@"\bhow many\b")
            ? "answer if (most | coalesce(0)) == 0 then \"\" else \"No document answers for certain. The nearest:\\n{scored | where score == most | get name | join \"\\n\"}\""
            : $"answer if (scored | count) == 0 then \"\" else \"No exact answer was found. The nearest lines:\\n{{scored | top {Shown} by score | get text | join \"\\n\"}}\"";
        return $"let scored = {hits} | extend score = {score}\n{(areDocuments ? "let most = scored | max score\n" : "")}{best}";
    }
}
