namespace Rlm.Dsl.Parsing;

/// <summary>What other languages write and this one does not have, with what to write here instead.</summary>
internal static class MisreadForm
{
    private static readonly Dictionary<string, (string Message, string Help)> Words = new(StringComparer.Ordinal)
    {
        ["for"] = ("there are no loops; `map` runs over a list", "write `list | map EXPRESSION`, or `list | map llm \"…\"`"),
        ["while"] = ("there are no loops; every program ends", "write `list | where CONDITION` or `list | map EXPRESSION`"),
        ["def"] = ("there are no user functions", "name a value with `let name = …`"),
        ["function"] = ("there are no user functions", "name a value with `let name = …`"),
        ["import"] = ("there is nothing to import", "`rlm help` lists the operators and functions"),
        ["print"] = ("there is no `print`; a pipeline's value is shown", "write the pipeline alone, or `answer …` to end"),
        ["return"] = ("there is no `return`", "write `answer …`"),
        ["llm"] = ("a paid stage may not stand inside an expression", "write it as a stage: `… | map llm \"…\"`, `… | extend x = llm \"…\"` or `… | llm \"…\"`"),
        ["rlm"] = ("a paid stage may not stand inside an expression", "write it as a stage: `… | rlm \"…\"`"),
    };

    /// <summary>What to write instead of a stage that other languages have.</summary>
    public static string? OfStage(string word) => word switch
    {
        "window" => "the neighbour is `prev(it)` or `next(it)`, as in `where prev(it) contains \"…\"`",
        "percentile" => "write `aggregate p95 = percentile(FIELD, 95)`",
        "similarity" => "write `group by KEY` with a key that equal items share",
        "len" => "count with `count(list)`; a text has `length(text)`",
        "foreach" or "for" or "each" => "there are no loops; `map` runs over a list",
        "pivot" => "write `aggregate a = sum(if KEY == \"a\" then x else 0), … by ROW`",
        _ => null,
    };

    /// <summary>The message and help for the word at a place, or nulls.</summary>
    public static (string? Message, string? Help) Of(string text, int position, string word)
    {
        if (Words.TryGetValue(word, out var misread))
            return misread;

        if (word == "where" && PrecedingWord(text, position) == "count")
            return ("`count` takes no `where`", "write `| where CONDITION | count`, or `aggregate n = count(CONDITION)`");

        return (null, null);
    }

    private static string PrecedingWord(string text, int position)
    {
        int end = position;
        while (end > 0 && text[end - 1] is ' ' or '\t')
            end--;
        int start = end;
        while (start > 0 && Lexemes.IsWordPart(text[start - 1]))
            start--;
        return text.Substring(start, end - start);
    }
}
