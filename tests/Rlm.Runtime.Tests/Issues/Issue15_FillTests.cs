using System.Globalization;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>Rows for empty bins, and columns for the values of a field.</summary>
internal sealed class Issue15_FillTests
{
    private const string Table = "d,k,n\n2026-01-05 10:00,a,1\n2026-03-01 12:00,b,2\n2026-03-09 12:30,a,3\n";

    [TestCase("count by m = bin(d, \"month\") | fill m by \"month\" with 0", "2026-01-01:1 2026-02-01:0 2026-03-01:2")]
    [TestCase("count by m = bin(d, \"month\") | fill m by \"month\"", "2026-01-01:1 2026-02-01:0 2026-03-01:2")]
    [TestCase("aggregate c = count(), s = sum(n) by m = bin(d, \"month\") | select m, count = c | fill m by \"month\"", "2026-01-01:1 2026-02-01:0 2026-03-01:2")]
    [TestCase("aggregate count = sum(n) by m = bin(d, \"month\") | fill m by \"month\"", "2026-01-01:1 2026-02-01:none 2026-03-01:5")]
    [TestCase("count n > 1 by m = bin(d, \"month\") | fill m by \"month\" with (none)", "2026-01-01:0 2026-02-01:none 2026-03-01:2")]
    [TestCase("count by m = bin(d, \"quarter\") | fill m by \"quarter\" with 0", "2026-01-01:3")]
    [TestCase("count by m = bin(d, \"month\"), k | fill m by \"month\" per k with 0 | where k == \"b\"", "2026-01-01:0 2026-02-01:0 2026-03-01:1")]
    [TestCase("where n > 1 | count by m = bin(d, 7d) | fill m by \"week\" with 0", "2026-02-23:1 2026-03-02:0 2026-03-09:1")]
    [TestCase("where n > 1 | count by m = bin(d, 4d) | first 1 | fill m by 4d with 0", "2026-02-26:1")]
    [TestCase("count by m = hour(d) | fill m by 1 with 0", "10:1 11:0 12:2")]
    [TestCase("count by m = bin(n, 0.5) | fill m by 0.5 with 0", "1:1 1.5:0 2:1 2.5:0 3:1")]
    [TestCase("where n == 9 | count by m = n | fill m by 1 with 0", "")]
    public async Task Fill_EmptyBins_HaveRows(string stages, string expected)
    {
        var run = await RunAsync($"answer context | parse csv | {stages} | map \"{{m}}:{{count}}\" | join \" \"");

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        Assert.That(run.Answer, Is.EqualTo(expected));
    }

    [TestCase("count by d | fill d by \"month\"", "`d` is 2026-01-05 10:00, where none of the steps of `fill` begins")]
    [TestCase("fill n by 0", "`fill` goes by a width above 0, a duration or a calendar unit, and this is 0")]
    [TestCase("fill n by \"score\"", "`fill` goes by a width above 0, a duration or a calendar unit, and this is score")]
    [TestCase("extend n = if n == 3 then 3000000 else n | fill n by 1", "`fill` would make more than 1,000,000 rows")]
    [TestCase("extend z = 1 | pivot k by n", "`pivot` takes rows with one field beside `k` and the keys, and here are `d`, `z`")]
    [TestCase("select k, n | pivot k by n", "`pivot` takes rows with one field beside `k` and the keys, and here is none")]
    [TestCase("select k, one = 1, n | pivot k by one", "a row of `pivot` has several values for `a`")]
    [TestCase("select k, b = 1, n | where n < 3 | pivot k by b", "a column would be named `b` as the key is")]
    public async Task Run_NotToBeDone_IsAnError(string stages, string message)
    {
        var run = await RunAsync($"answer context | parse csv | {stages}");

        Assert.That(run.Result.Diagnostics[0].Message, Is.EqualTo(message));
    }

    [Test]
    public async Task Fill_RowsWithoutAPlace_ComeLastAndAreLost()
    {
        var run = await RunAsync("answer context | parse csv | fill n by 1 | map \"{n}{k}\" | join \" \"", "n,k\n3,a\nx,b\n,c\n1,d\n");

        Assert.That(run.Answer, Is.EqualTo("1d 2none 3a xb nonec"));
        Assert.That(run.Result.Losses.Single().Text, Does.StartWith("1 row has no number in `n`").Or.StartWith("2 rows have no number in `n`"));
        Assert.That(run.Notes, Does.Contain("fill: 1 row was added"));
    }

    [TestCase("count by k, m = month(d) | pivot k by m with 0", "| m | a | b |\n|---|---|---|\n| 1 | 1 | 0 |\n| 3 | 1 | 1 |")]
    [TestCase("count by k, m = month(d) | pivot k by m", "| m | a | b |\n|---|---|---|\n| 1 | 1 | 0 |\n| 3 | 1 | 1 |")]
    [TestCase("sum n by k, m = month(d) | pivot m by k", "| k | 1 | 3 |\n|---|---|---|\n| a | 1 | 3 |\n| b | none | 2 |")]
    [TestCase("count by k, m = month(d) | pivot k by m with 0 | map a + b | sum", "3")]
    public async Task Pivot_Rows_BecomeColumns(string stages, string expected) =>
        Assert.That((await RunAsync($"answer context | parse csv | {stages}")).Answer, Is.EqualTo(expected));

    [Test]
    public async Task Pivot_Labels_AreColumnsInTheirOrder()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("yes!", StringComparison.Ordinal) ? "up" : "down");
        var run = await ProgramRun.RunAsync(
            "answer context | extract \"{d} {t}\" | extend k = llm \"{t}\" as one of [\"left\", \"up\", \"down\"] pack 1 | count by d, k | pivot k by d with 0",
            "1 yes!\n1 no!\n2 no!", model);

        Assert.That(run.Answer, Is.EqualTo("| d | left | up | down |\n|---|---|---|---|\n| 1 | 0 | 1 | 1 |\n| 2 | 0 | 0 | 1 |"));
    }

    /// <summary>Random rows: filled counts are those of each number between, and a pivoted table has the counts of a plain loop.</summary>
    [Test]
    public async Task Run_RandomRows_EqualTheDefinitions()
    {
        var random = new Random(15);
        for (int round = 0; round < 30; round++)
        {
            (char Key, int Number)[] rows = [.. Enumerable.Range(0, random.Next(1, 30)).Select(_ => ((char)('a' + random.Next(3)), random.Next(12)))];
            string table = "k,n\n" + string.Concat(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key},{row.Number}\n")));
            int least = rows.Min(row => row.Number), greatest = rows.Max(row => row.Number);
            char[] keys = [.. rows.Select(row => row.Key).Distinct()];

            var filled = await RunAsync("answer context | parse csv | count by k, n | fill n by 1 per k with 0 | map \"{k}{n}:{count}\" | join \" \"", table);
            var pivoted = await RunAsync("answer context | parse csv | count by n, k | pivot k by n with 0 | to csv", table);

            Assert.That(filled.Answer, Is.EqualTo(string.Join(' ', keys.SelectMany(key => Enumerable.Range(least, greatest - least + 1).Select(
                number => string.Create(CultureInfo.InvariantCulture, $"{key}{number}:{rows.Count(row => row == (key, number))}"))))));
            Assert.That(pivoted.Answer!.ReplaceLineEndings("\n").TrimEnd(), Is.EqualTo($"n,{string.Join(',', keys)}\n" + string.Join('\n', rows.Select(row => row.Number).Distinct().Select(
                number => $"{number},{string.Join(',', keys.Select(key => rows.Count(row => row == (key, number))))}"))));
        }
    }

    private static Task<ProgramRun> RunAsync(string program, string context = Table) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
