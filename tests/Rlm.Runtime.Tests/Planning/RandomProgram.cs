using Rlm.Dsl;

namespace Rlm.Runtime.Tests.Planning;

/// <summary>Programs of a few free and paid stages in any order that type-checks.</summary>
/// <param name="seed">The number of the program.</param>
/// <param name="check">Checks a program.</param>
internal sealed class RandomProgram(int seed, Func<string, RlmProgram> check)
{
    private static readonly string[] Free =
    [
        "lines", "words", "distinct", "sort", "first 3", "last 2", "skip 1", "where length(\"{it}\") > 4", "where it contains \"1\"",
        "map \"<{it}>\"", "map upper(it)",
        "chunk 2 items", "chunk 2 lines", "chunk into 2", "group by length(\"{it}\")", "count by it", "count by length(\"{it}\")",
        "extend n = length(\"{it}\")", "flatten", "grep /1/", "sample 3",
        "pairs", "join \"; \"", "top 2 by it", "top 2 by length(\"{it}\") with ties", "to bullets", "slice 1..4", "peek 2", "get kind",
        "where kind == \"a\"", "count by kind", "select kind", "count", "count by length(\"{it}\") | fill key by 1 with 0", "count by kind, a = length(\"{it}\") | pivot a by kind",
        "first", "sentences", "upper", "rank \"item\" top 2", "share by it", "aggregate n = count() by length(\"{it}\")", "map {a: it}",
        "parse csv", "parse jsonl", "extract \"{a} {b}\"", "extract /(?<a>\\w*)/", "split \" \"", "split /e|,/", "paragraphs",
        "chunk 1 lines", "chunk 2 lines overlap 1", "chunk 3 words", "chunk 9 chars overlap 3",
        "chunk by /reply/", "grep /e/ around 1", "where a != \"x\"", "get a", "get b", "map it.a",
        "reverse", "describe", "sum length(\"{it}\")", "average length(\"{it}\")", "min it", "max length(\"{it}\")",
        "median length(\"{it}\")", "stdev length(\"{it}\")", "percentile 90 length(\"{it}\")", "any it contains \"1\"", "all it contains \"1\"",
        "join (context | lines | extract \"{a} {n}\") on a", "left join (context | lines | extract \"{a} {n}\") on a",
        "follow \"item\" from a to b max 9", "extract a /(?<c>\\w)/",
    ];

    private static readonly string[] Paid =
    [
        "llm \"Sum up.\"", "llm \"Say {count(context | lines)}.\"", "map llm \"Say: {it}\"", "map llm \"Say: {it}\" votes 3",
        "map llm \"Shorten.\"", "map llm \"Yes?\" as bool", "map llm \"Yes?\" as bool pack 3",
        "where llm \"Is it good?\"", "where llm \"Is it good?\" or skip", "extend kind = llm \"Which?\" as one of [\"a\", \"b\", \"c\"]",
        "extend note = llm \"Note on {it}\"", "reduce llm \"Merge.\"",
        "reduce llm \"Merge.\" by length(\"{it}\")", "reduce llm \"Merge.\" votes 2", "map llm \"List.\" as list of text",
        "map llm \"List.\" as list of text", "llm \"Name them.\" as list of text", "reduce llm \"Name all.\" as list of text?",
        "extend llm \"Fill.\" as {kind: text, size: number?}", "map llm \"Number.\" as number or 0",
        "map llm \"Say {it} of {top}\"", "reduce llm \"About {top}\"", "where llm \"Is it {top}?\"",
    ];

    public static IEnumerable<string> Stages => Free.Concat(Paid);

    private readonly Random _random = new(seed);
    private readonly List<string> _lines = [];

    public string Write()
    {
        Add("let top = ", "context", 2, " | first");
        string[] sources = ["context", "context | lines", "context | lines", "context | lines | distinct"];
        for (int i = 1 + _random.Next(2); i > 0; i--)
        {
            Add($"let v{i} = ", Pick(sources), 4);
            sources = [.. sources, $"v{i}", $"v{i}"];
        }

        sources = [.. sources, "top"];
        if (_random.Next(4) == 0)
            Add("assert (", Pick(sources), 1, " | count) > 0");
        for (int i = _random.Next(3); i > 0; i--)
            Add("", Pick(sources), 4);
        Add("answer ", Pick(sources), 5);
        return string.Join('\n', _lines);
    }

    /// <summary>Adds a statement whose stages fit what comes in, as far as that is checked.</summary>
    private void Add(string head, string source, int most, string end = "")
    {
        string pipeline = source;
        for (int i = _random.Next(most + 1) + 1; i > 0; i--)
        {
            string longer = $"{pipeline} | {Pick(_random.Next(5) < 2 ? Paid : Free)}";
            if (IsGood(head + longer + end))
                pipeline = longer;
        }

        if (IsGood(head + pipeline + end))
            _lines.Add(head + pipeline + end);
    }

    private bool IsGood(string line) => !check(string.Join('\n', _lines.Append(line))).HasErrors;

    private string Pick(string[] words) => words[_random.Next(words.Length)];
}
