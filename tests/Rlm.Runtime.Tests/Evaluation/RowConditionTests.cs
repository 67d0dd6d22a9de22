namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>What stages read of bytes is what they read of values.</summary>
internal sealed class RowConditionTests
{
    private const string Text = "alpha beta\r\nbeta\n\nAlphabet\ngamma é\n12\n1,200\nyes\n";
    private const string Log = "a=web-1 ms=20\na=web-2 ms=7.50\n\na=db ms=abc\nnothing\na=web-1 ms=007 a=é ms=1e3\na= ms=\n";
    private const string Table = "name,price,day\nnut,1,2026-03-01\n\"a \"\"b\"\"\",,2026-03-02\nbolt,2.5,\nnut,1.0,2026-03-01\n";

    private const string Json = """
        {"name": "nut", "price": 1, "ok": true, "tags": ["x"], "größe": 2}
        {"price": 2.5e0, "name": "bo\nlt", "ok": null, "tags": [], "größe": 1}

        {"name": "n\u0075t", "price": "7", "ok": false, "tags": ["x", "y"], "größe": 3}
        {"name": "\ud800", "price": 1}
        no json
        {"n\u0061me": "gear", "price": 1e40, "price": 4, "tags": "x", "größe": "2", "more": 1}
        {"name": {"a": 1}, "price": [1]}
        17
        {"name": "nut", "price": 3} x

        """;

    [TestCase("it contains \"beta\"")]
    [TestCase("not it contains \"é\"")]
    [TestCase("it starts with \"beta\"")]
    [TestCase("it ends with \"beta\"")]
    [TestCase("it matches /^.{4}$|\\bé$/")]
    [TestCase("it matches /(?i)ALPHA/")]
    [TestCase("it contains \"\"")]
    [TestCase("it contains \"a\" and not it contains \"b\"")]
    [TestCase("it == \"beta\" or it ends with \"é\"")]
    [TestCase("it != \"beta\" and it != \"12\"")]
    [TestCase("it in [\"beta\", \"12\"]")]
    [TestCase("it not in [\"beta\", \"12\"]")]
    [TestCase("length(it) > 7")]
    [TestCase("length(it) == 7")]
    [TestCase("number(it) > 100")]
    [TestCase("it == 12")]
    [TestCase("it >= 12")]
    [TestCase("upper(it) == \"BETA\"")]
    public async Task Where_OverBytes_AgreesWithValues(string condition)
    {
        string stages = $"where {condition} | join \"|\"";
        Assert.That(
            await AnswerOf($"context | lines | {stages}", Text),
            Is.EqualTo(await AnswerOfKept("context | lines", stages, Text)).And.Not.Empty);
    }

    [TestCase("where a == \"web-1\" | count by a")]
    [TestCase("where a in [\"web-1\", \"é\"] and ms > 7 | top 2 by ms")]
    [TestCase("where a starts with \"web\" | sum ms by a")]
    [TestCase("where ms != 7 | get ms")]
    [TestCase("where not (ms > 8) | get a")]
    [TestCase("where length(a) > 2 | distinct by a")]
    [TestCase("top 2 by ms with ties")]
    [TestCase("top 1 by a")]
    [TestCase("top 9 by ms")]
    [TestCase("count by a, ms")]
    [TestCase("count by length(a)")]
    [TestCase("share a == \"web-1\"")]
    [TestCase("average ms by a")]
    [TestCase("max ms")]
    [TestCase("min a")]
    [TestCase("median ms")]
    [TestCase("distinct")]
    [TestCase("distinct by a | count")]
    [TestCase("any ms > 900")]
    [TestCase("all ms > 900")]
    [TestCase("group by a | get a")]
    [TestCase("where a == next(a) | count")]
    public async Task Stages_OverCaptures_AgreeWithValues(string stages)
    {
        const string rows = "context | extract \"a={a} ms={ms}\" as {ms: number}";
        Assert.That(await AnswerOf($"{rows} | {stages}", Log), Is.EqualTo(await AnswerOfKept(rows, stages, Log)).And.Not.Empty);
    }

    [TestCase("where price > 0.5 | count")]
    [TestCase("where price == 1 | distinct")]
    [TestCase("where price == none | get name")]
    [TestCase("where name contains \"b\"")]
    [TestCase("count by price")]
    [TestCase("count by name")]
    [TestCase("count by day")]
    [TestCase("sum price by name")]
    [TestCase("top 2 by price")]
    [TestCase("where day > date(\"2026-03-01\") | count")]
    public async Task Stages_OverCells_AgreeWithValues(string stages)
    {
        Assert.That(
            await AnswerOf($"context | parse csv | {stages}", Table),
            Is.EqualTo(await AnswerOfKept("context | parse csv", stages, Table)).And.Not.Empty);
    }

    [TestCase("where price > 0.5 | count")]
    [TestCase("where name == \"nut\" | get price")]
    [TestCase("where name contains \"\\n\" | count")]
    [TestCase("where name == none | count")]
    [TestCase("count by name")]
    [TestCase("count by ok")]
    [TestCase("sum price by name")]
    [TestCase("top 2 by price")]
    [TestCase("where \"x\" in tags | count")]
    [TestCase("where größe > 1 | get name")]
    [TestCase("where more == 1 | get name")]
    public async Task Stages_OverJson_AgreeWithValues(string stages)
    {
        Assert.That(
            await AnswerOf($"context | parse jsonl | {stages}", Json),
            Is.EqualTo(await AnswerOfKept("context | parse jsonl", stages, Json)).And.Not.Empty);
    }

    private static Task<string> AnswerOfKept(string rows, string stages, string text) =>
        AnswerOf($"let rows = {rows}\nanswer rows | {stages}", text);

    private static async Task<string> AnswerOf(string program, string text)
    {
        var run = await ProgramRun.RunAsync(
            program.StartsWith("let", StringComparison.Ordinal) ? program : $"answer {program}", text, new OfflineChatClient());
        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        // Notes of what was left out of a fold or a comparison have to be the same; those of what was read are of all rows where they are kept.
        return $"{run.Answer}\n{string.Join('\n', run.Notes.Where(note => !note.StartsWith("extract:", StringComparison.Ordinal)))}";
    }
}
