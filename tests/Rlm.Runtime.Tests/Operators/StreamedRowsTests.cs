using System.Text;

namespace Rlm.Runtime.Tests.Operators;

/// <summary>
/// Stages that read rows once and keep few of them give what they give of rows in memory, whatever stands in the cells: of numbers, dates and
/// texts side by side only the whole column tells what it is ordered as and joined by.
/// </summary>
internal sealed class StreamedRowsTests
{
    private static readonly string[][] Pools =
    [
        ["1", "2", "10", "9", "100", "-3", "2.5"],
        ["1", "1.0", "01", "1e3", "1,500", "1,5", "1.500", "007"],
        ["2026-01-02", "2025-12-31", "03/04/2026", "13/04/2026", "20260102", "2026-01-02T10:00:00Z"],
        ["a", "b", "B", "ä", " a", "a ", "file2", "file10", "€ 5", "$7"],
        ["", " ", "x"],
    ];

    private static readonly string[] Names = ["k", "v", "w"];

    [Test]
    public async Task SortAndFirst_OfRowsReadOnce_IsThatOfRowsInMemory([Range(0, 199)] int seed)
    {
        var random = new Random(seed);
        var (table, parse) = MakeTable(random, random.Next(60));
        string order = string.Join(", ", Names.OrderBy(_ => random.Next()).Take(random.Next(1, 4)).Select(name => name + (random.Next(2) == 0 ? "" : " desc")));
        string first = random.Next(4) == 0 ? "first" : $"first {random.Next(0, 12)}";
        string where = random.Next(3) == 0 ? " | where v != \"b\"" : "";
        if (random.Next(5) == 0)
            first = first.Replace("first", "last", StringComparison.Ordinal);

        var streamed = await RunAsync($"answer context | {parse}{where} | sort by {order} | {first}", table, "");
        var kept = await RunAsync($"let rows = context | {parse}{where}\nanswer rows | sort by {order} | {first}", table, "");

        AreAlike(streamed, kept, parse, table);
    }

    [Test]
    public async Task SortAndFirst_OfLines_IsThatOfLinesInMemory([Range(0, 49)] int seed)
    {
        var random = new Random(seed);
        string[] pool = [.. Pools.Where(_ => random.Next(2) == 0).SelectMany(cells => cells).Append("end")];
        string text = string.Join('\n', Enumerable.Range(0, random.Next(40)).Select(_ => pool[random.Next(pool.Length)]));
        string sort = random.Next(2) == 0 ? "sort" : "sort by it desc";

        var streamed = await RunAsync($"answer context | lines | {sort} | first 5", text, "");
        var kept = await RunAsync($"let all = context | lines\nanswer all | {sort} | first 5", text, "");

        AreAlike(streamed, kept, "", text);
    }

    [Test]
    public async Task Top_IsTheBeginningOfTheSortedRows([Range(0, 99)] int seed)
    {
        var random = new Random(seed);
        var (table, parse) = MakeTable(random, random.Next(60));
        int count = random.Next(1, 12);

        var top = await RunAsync($"answer context | {parse} | top {count} by k", table, "");
        var sorted = await RunAsync($"let rows = context | {parse}\nanswer rows | sort by k desc | first {count}", table, "");

        Assert.That(top.Answer, Is.EqualTo(sorted.Answer), table);
    }

    [Test]
    public async Task Join_OfRowsReadOnce_IsThatOfRowsInMemory([Range(0, 199)] int seed)
    {
        var random = new Random(seed);
        var (table, parse) = MakeTable(random, random.Next(30));
        var (other, parseOther) = MakeTable(random, random.Next(12));
        string on = random.Next(3) == 0 ? "k, v" : "k";
        string renamed = on == "k" ? "select k, v2 = v, w2 = w" : "select k, v, w2 = w";
        string join = $"{(random.Next(2) == 0 ? "join" : "left join")} (other | {parseOther} | {renamed}) on {on}";
        string then = random.Next(3) switch { 0 => "", 1 => " | count by w2", _ => " | sort by w2, w | first 4" };

        var streamed = await RunAsync($"answer context | {parse} | {join}{then}", table, other);
        var kept = await RunAsync($"let rows = context | {parse}\nanswer rows | {join}{then}", table, other);

        AreAlike(streamed, kept, parse, table);
    }

    [Test]
    public async Task CountBy_SeveralKeys_IsThatByTheirList([Range(0, 49)] int seed)
    {
        var random = new Random(seed);
        var (table, parse) = MakeTable(random, random.Next(60));

        var several = await RunAsync($"answer context | {parse} | count by k, v, w | map count", table, "");
        var list = await RunAsync($"answer context | {parse} | extend all = [k, v, w] | count by all | map count", table, "");

        Assert.That(several.Answer, Is.EqualTo(list.Answer), table);
    }

    [Test]
    public async Task Aggregate_OfItemsOneByOne_IsThatOfTheirList([Range(0, 99)] int seed)
    {
        var random = new Random(seed);
        var (table, parse) = MakeTable(random, random.Next(60));
        string by = random.Next(3) switch { 0 => "", 1 => " by k", _ => " by k, w" };
        const string Folds = "n = count(), s = sum(v), span = max(w) - min(w), f = first(v), l = last(w), d = distinct_count(v), b = count(v == \"b\"), m = average(number(v))";

        var folded = await RunAsync($"answer context | {parse} | aggregate {Folds}{by}{(by == "" ? "" : " | select n, s, span, f, l, d, b, m")}", table, "");
        var listed = await RunAsync($"answer context | {parse} | aggregate {Folds}, all = max(index){by}{(by == "" ? "" : " | select n, s, span, f, l, d, b, m")}", table, "");

        Assert.That(folded.Answer, Is.EqualTo(listed.Answer?.Split("\nall:")[0]), table);
    }

    [Test]
    public async Task SelectAndExtend_OfRowsReadOnce_AreThoseOfRowsInMemory([Range(0, 99)] int seed)
    {
        var random = new Random(seed);
        var (table, parse) = MakeTable(random, random.Next(40));
        string[] stages =
        [
            "extend a = number(v) * 2 + 1, b = a / number(w)", "extend k = \"{k}{v}\"", "extend a = v * 2, b = v + w, c = a % 7", "select k, v, w, sum = number(v) + number(w)", "select w, k = v, v = k", "where v != \"b\"",
            "extend t = if v == \"b\" then 1 else v",
        ];
        string then = string.Join(" | ", Enumerable.Range(0, random.Next(1, 4)).Select(_ => stages[random.Next(stages.Length)]));
        string end = random.Next(4) switch { 0 => "", 1 => " | sum v", 2 => " | count by k, v", _ => random.Next(2) == 0 ? " | sort by w desc, k | first 3" : " | last 3" };

        var streamed = await RunAsync($"answer context | {parse} | {then}{end}", table, "");
        var kept = await RunAsync($"let rows = context | {parse}\nanswer rows | {then}{end}", table, "");

        Assert.That(streamed.Answer, Is.EqualTo(kept.Answer), table);
    }

    [TestCase("select a, k = bin(5, n) | sum a")]
    [TestCase("extend k = 10 / n | count")]
    [TestCase("extend k = \"{10 / n}\" | sum a")]
    [TestCase("select a, k = 1 / n | count")]
    [TestCase("map 10 / n | count")]
    [TestCase("aggregate x = if count() > 9 then percentile(a, 200) else 0")]
    [TestCase("aggregate x = if count() > 1 then sum(a / b) else max(a / b)")]
    [TestCase("aggregate x = coalesce(sum(a / b), 0) by c")]
    [TestCase("aggregate x = sum(a / b) + 1 by c")]
    [TestCase("aggregate x = sum(1 / n) by c")]
    [TestCase("aggregate x = max(number(p))")]
    [TestCase("extend x = number(p)")]
    [TestCase("top 1 by p")]
    public async Task Rows_LossesAndGuesses_AreToldAsOfRowsInMemory(string stages)
    {
        const string Table = "a,b,c,p\n1,0,x,5%\n2,1,y,6%\n2,0,y,6%\n";

        var streamed = await RunAsync($"let n = 0\nanswer context | parse csv | {stages}", Table, "");
        var kept = await RunAsync($"let n = 0\nlet rows = context | parse csv\nanswer rows | {stages}", Table, "");

        Assert.That(streamed.Answer, Is.EqualTo(kept.Answer));
        Assert.That(streamed.Result.Losses, Is.EqualTo(kept.Result.Losses));
        Assert.That(
            streamed.Notes.Where(note => !note.Contains("before the error", StringComparison.Ordinal)).Order(StringComparer.Ordinal),
            Is.EqualTo(kept.Notes.Where(note => !note.Contains("before the error", StringComparison.Ordinal)).Order(StringComparer.Ordinal)));
    }

    private static void AreAlike(ProgramRun streamed, ProgramRun kept, string parse, string table)
    {
        Assert.That(streamed.Answer, Is.EqualTo(kept.Answer), table);
        // What a stage has read in memory tells of the fields that nobody asked for, too, and an error of what went before it.
        if (!parse.StartsWith("extract", StringComparison.Ordinal) && kept.Answer is not null)
            Assert.That(streamed.Notes.Order(StringComparer.Ordinal), Is.EqualTo(kept.Notes.Order(StringComparer.Ordinal)), table);
    }

    /// <summary>A table of the columns k, v and w, whose cells may be of one kind or of several, and the stage that reads it.</summary>
    private static (string Table, string Parse) MakeTable(Random random, int rows)
    {
        string[][] pools = [.. Names.Select(_ => random.Next(3) == 0 ? Pools.SelectMany(cells => cells).ToArray() : Pools[random.Next(Pools.Length)])];
        int format = random.Next(3);
        var table = new StringBuilder(format == 0 ? "k;v;w\n" : "");
        for (int i = 0; i < rows; i++)
        {
            string[] cells = [.. pools.Select(pool => pool[random.Next(pool.Length)])];
            table.Append(format switch
            {
                0 => string.Join(';', random.Next(20) == 0 ? cells[..2] : cells),
                1 => "{" + string.Join(", ", cells.Select((cell, j) => $"\"{Names[j]}\": {JsonOf(cell, random)}").Where(_ => random.Next(20) > 0)) + "}",
                _ => string.Join('|', cells),
            }).Append('\n');
        }

        string types = random.Next(2) == 0 ? "" : $" as {{k: {(random.Next(2) == 0 ? "number" : "date")}?}}";
        return (table.ToString(), format switch { 0 => "parse csv", 1 => "parse jsonl", _ => $"extract \"{{k}}|{{v}}|{{w}}\"{types}" });
    }

    private static string JsonOf(string cell, Random random) =>
        random.Next(15) == 0 ? "null" : decimal.TryParse(cell, out _) && !cell.Contains(',', StringComparison.Ordinal) && cell[0] != '0' && random.Next(3) > 0 ? cell.Trim()
        : $"\"{cell}\"";

    private static async Task<ProgramRun> RunAsync(string program, string context, string other)
    {
        var session = new RlmSession(
            new ScriptedChatClient(),
            [
                RlmVariable.Text("context", TextSource.FromString(context, "context.txt")),
                RlmVariable.Text("other", TextSource.FromString(other, "other.txt")),
            ]);
        return await ProgramRun.RunAsync(session, program);
    }
}
