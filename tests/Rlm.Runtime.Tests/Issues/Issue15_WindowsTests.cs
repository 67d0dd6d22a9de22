using System.Globalization;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>What a row is among the others of its list or group.</summary>
internal sealed class Issue15_WindowsTests
{
    private const string Table = "k,d,n\na,2026-01-01,2\nb,2026-01-02,5\na,2026-01-03,3\nb,2026-01-04,5\na,2026-01-05,\nc,2026-01-06,x\n";

    [TestCase("extend s = running_sum(n) | get s | join \",\"", "2,7,10,15,15,15")]
    [TestCase("extend s = running_sum(n) per k | get s | join \",\"", "2,5,5,10,5")]
    [TestCase("where n > 0 | extend s = running_sum(n), d2 = s - prev(s) per k | map coalesce(d2, 0) | join \",\"", "0,0,3,5")]
    [TestCase("extend p = prev(n) per k | get p | join \",\"", "2,5,3")]
    [TestCase("extend p = lag(n, 2) per k | get p | join \",\"", "2")]
    [TestCase("map lead(n, 3) | join \",\"", "5,x")]
    [TestCase("extend i = index + 1 per k | get i | join \",\"", "1,1,2,2,3,1")]
    [TestCase("where n > 0 | extend r = rank(n) | get r | join \",\"", "4,1,3,1")]
    [TestCase("where n > 0 | extend r = rank(n, \"asc\") | get r | join \",\"", "1,3,2,3")]
    [TestCase("where n > 0 | extend r = rank(n) per k | get r | join \",\"", "2,1,1,1")]
    [TestCase("extend r = rank(d) per k | get r | join \",\"", "3,2,2,1,1,1")]
    [TestCase("where k != \"c\" | extend r = rank(n) | where r is none | get d", "2026-01-05")]
    [TestCase("where rank(d) <= 2 | get k | join \"\"", "ac")]
    [TestCase("where n > 0 | select k, t = running_sum(n) | last | get t", "15")]
    [TestCase("extend a = n * 2, b = prev(a) | get b | join \",\"", "4,10,6,10")]
    [TestCase("sort by running_sum(n) desc | first | get n", "5")]
    [TestCase("where n > 0 | extend t = sum(n) per k | get t | join \",\"", "5,10,5,10")]
    [TestCase("where n > 0 | extend s = n / sum(n) per k | map \"{s:.1f}\" | join \",\"", "0.4,0.5,0.6,0.5")]
    [TestCase("extend c = count(), y = count(k == \"a\"), f = first(d) per k | map \"{c}{y}\" | join \",\"", "33,20,33,20,33,10")]
    [TestCase("where n > 0 | extend p = percentile(n, 50), m = max(n), u = distinct_count(n) per k | map \"{p}{m}{u}\" | join \",\"", "232,551,232,551")]
    [TestCase("where n > 0 | where n > average(n) | count", "2")]
    [TestCase("where n > 0 | sort by abs(n - average(n)), d | get d | first", "2026-01-03")]
    [TestCase("where n > 0 | count by big = n == max(n) | map count | join \",\"", "2,2")]
    [TestCase("where n > 0 | aggregate s = sum((n - average(n)) ** 2)  | get s", "6.75")]
    [TestCase("where n > 0 | aggregate s = count(n == max(n)) by k | map s | join \",\"", "1,2")]
    [TestCase("where n > 0 | group by k | extend m = max(n) | map m | join \",\"", "3,5")]
    [TestCase("where n > 0 | extend m = n + 1 | where n in list(m) | get n | join \",\"", "3")]
    [TestCase("where n > 0 | extend m = n - 2 | where m not in distinct(n) | get n | join \",\"", "2,3")]
    [TestCase("where n > 0 | top 1 by n / sum(n) per k | map n | join \",\"", "3,5")]
    public async Task Run_Window_Gives(string stages, string expected)
    {
        var run = await RunAsync($"answer context | parse csv | {stages}");

        Assert.That(run.Result.Diagnostics.Where(diagnostic => diagnostic.Id is not ("RLM3011" or "RLM3017")).Select(diagnostic => diagnostic.Message), Is.Empty);
        Assert.That(run.Answer, Is.EqualTo(expected));
    }

    [TestCase("extend s = running_sum(n)", "running_sum: 1 of 6 values of `n` is not a number and was left out, as `x`", true)]
    [TestCase("extend r = rank(n)", "rank: 1 of 5 values of `n` is not a number and comes last, as `x`", false)]
    public async Task Run_ValuesThatDoNotRead_AreSaid(string stages, string note, bool isPartial)
    {
        var run = await RunAsync($"answer context | parse csv | {stages} | count");

        Assert.That(run.Notes, Does.Contain(note));
        Assert.That(run.Result.IsPartial, Is.EqualTo(isPartial));
    }

    [Test]
    public async Task Extend_GroupIsUnknown_WhatLooksAtItIsUnknownToo()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("bad", StringComparison.Ordinal) ? "?" : "a");
        var run = await ProgramRun.RunAsync(
            "answer context | lines | extend k = llm \"Kind of {text}?\" as one of [\"a\"] pack 1 | extend i = index per k | map \"{text} {i is failed}\" | join \",\"",
            "one\nbad\ntwo", model);

        Assert.That(run.Answer, Is.EqualTo("one false,bad true,two false"));
        Assert.That(run.Result.IsPartial);
    }

    /// <summary>An aggregate with a condition is that of the rows that the condition leaves.</summary>
    [TestCase("average(n, d > date(\"2026-01-02\"))", "average(n)", "d > date(\"2026-01-02\")")]
    [TestCase("average(n where d > date(\"2026-01-02\"))", "average(n)", "d > date(\"2026-01-02\")")]
    [TestCase("sum(n, k != \"b\")", "sum(n)", "k != \"b\"")]
    [TestCase("percentile(n where k != \"b\", 90)", "percentile(n, 90)", "k != \"b\"")]
    [TestCase("list(n where not k == \"b\")", "list(n)", "not k == \"b\"")]
    [TestCase("median(n, k != \"b\" and n > 2)", "median(n)", "k != \"b\" and n > 2")]
    public async Task Aggregate_WithACondition_IsOfTheRowsThatItLeaves(string conditional, string plain, string condition)
    {
        var asked = await RunAsync($"answer context | parse csv | where n > 0 | aggregate x = {conditional} | to jsonl");
        var left = await RunAsync($"answer context | parse csv | where n > 0 | where {condition} | aggregate x = {plain} | to jsonl");

        Assert.That(asked.Answer, Is.Not.Empty.And.EqualTo(left.Answer));
    }

    [TestCase("running_sum(k, 2)", "`running_sum` takes one expression over items")]
    [TestCase("prev(n, 0)", "`prev` takes a whole number from 1 here")]
    [TestCase("rank(n, \"up\")", "`rank` takes \"asc\" or \"desc\" here")]
    public async Task Run_WrongArguments_AreRefused(string call, string message) => Assert.That(
        (await RunAsync($"answer context | parse csv | extend x = {call}")).Result.Diagnostics[0].Message, Is.EqualTo(message));

    /// <summary>Random rows against the definitions: a row's sum is that of the rows before it in its group, its rank one more than greater values there are.</summary>
    [Test]
    public async Task Run_RandomRows_EqualTheDefinitions()
    {
        var random = new Random(15);
        for (int round = 0; round < 30; round++)
        {
            (char Key, int Number)[] rows = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => ((char)('a' + random.Next(4)), random.Next(-5, 6)))];
            string table = "k,n\n" + string.Concat(rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key},{row.Number}\n")));

            var run = await RunAsync("answer context | parse csv | extend s = running_sum(n), r = rank(n), p = coalesce(prev(n), 99), t = sum(n), m = max(n) per k "
                + "| map \"{s} {r} {p} {t} {m}\" | join \",\"", table);

            var expected = rows.Select((row, i) =>
            {
                var before = rows.Take(i).Where(other => other.Key == row.Key).Select(other => other.Number).ToList();
                int rank = 1 + rows.Count(other => other.Key == row.Key && other.Number > row.Number);
                var group = rows.Where(other => other.Key == row.Key).Select(other => other.Number).ToList();
                return string.Create(CultureInfo.InvariantCulture,
                    $"{before.Sum() + row.Number} {rank} {(before.Count == 0 ? 99 : before[^1])} {group.Sum()} {group.Max()}");
            });
            Assert.That(run.Answer, Is.EqualTo(string.Join(',', expected)));
        }
    }

    private static Task<ProgramRun> RunAsync(string program, string context = Table) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
