using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>Dates, formats and rounding in whole programs.</summary>
internal sealed class Issue12_DatesTests
{
    private static readonly RlmOptions Options =
        new() { TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 11, 28, 12, 0, 0, TimeSpan.Zero)) };

    [TestCase("answer format(date(\"2022-12-06\"), \"%B %Y\")", "December 2022")]
    [TestCase("answer format(date(\"2022-12-06\"), \"DD.MM.YYYY\")", "06.12.2022")]
    [TestCase("answer format(date(\"2022-12-06\"), \"MMMM YYYY\")", "December 2022")]
    [TestCase("answer format(date(\"2022-12-06 20:12:05\"), \"%H:%M:%S\")", "20:12:05")]
    [TestCase("let d = date(\"2022-12-06\")\nanswer \"on {d:d MMMM yyyy}\"", "on 6 December 2022")]
    [TestCase("let d = date(\"2022-12-06 20:12\")\nanswer \"at {d:HH:mm}, {d:%A}\"", "at 20:12, Tuesday")]
    [TestCase("let d = 95m\nanswer \"{d:hh:mm}\"", "01:35")]
    [TestCase("let x = 1234.567\nanswer \"{x:.1f} {x:0.0} {x:0.00} {x:,} {x:,.0f} {x:N1}\"", "1234.6 1234.6 1234.57 1,234.567 1,235 1,234.6")]
    [TestCase("let x = 0.2567\nanswer \"{x:.1%} {(x * 2):P0}\"", "25.7% 51%")]
    [TestCase("let x = [1, 2, 4]\nanswer \"{x | average:.2f}\"", "2.33")]
    [TestCase("answer day(date(\"05/03/2026\", \"dd/MM/yyyy\"))", "5")]
    [TestCase("answer month(date(\"05/03/2026\", \"%m/%d/%Y\"))", "5")]
    [TestCase("answer format(date(\"1772355600\", \"epoch\"), \"yyyy-MM-dd HH:mm zzz\")", "2026-03-01 09:00 +00:00")]
    [TestCase("answer format(date(\"2026-03-01 09:17\"), \"yyyy-MM-dd HH:00\")", "2026-03-01 09:00")]
    [TestCase("answer format(date(1772355600123, \"epoch\"), \"HH:mm:ss.fff\")", "09:00:00.123")]
    [TestCase("answer date(\"5.3.2026\", \"yyyy-MM-dd\") == none", "true")]
    [TestCase("answer date(\"2026-03-01T09:15:00+02:00\") == date(\"2026-03-01T07:15:00Z\")", "true")]
    [TestCase("answer hour(date(\"2026-03-01T09:15:00+02:00\"))", "9")]
    [TestCase("answer bin(date(\"2026-03-01T09:15:00+02:00\"), 1h)", "2026-03-01 09:00+02:00")]
    [TestCase("answer bin(date(\"2026-03-01T01:15:00+02:00\"), \"day\")", "2026-03-01")]
    [TestCase("answer date(\"2026-03-01T09:15:00+02:00\") - date(\"2026-03-01T07:00:00Z\")", "15m")]
    [TestCase("answer date(\"2026-03-01T09:15:00+02:00\") - date(\"2026-03-01\")", "9h15m")]
    [TestCase("answer date(\"2026-03-02 23:59\") <= date(\"2026-03-02\")", "true")]
    [TestCase("answer date(\"2026-03-02 23:59\") <= \"2026-03-02\"", "true")]
    [TestCase("answer date(\"2026-03-02 00:01\") > \"2026-03-02\"", "false")]
    [TestCase("answer date(\"2026-03-02 00:01\") == \"2026-03-02\"", "true")]
    [TestCase("answer date(\"2026-03-02 00:01\") != \"2026-03-02\"", "false")]
    [TestCase("answer date(\"2026-03-02 00:01\") == \"2026-03\"", "true")]
    [TestCase("answer date(\"2026-03-02T23:59:00-08:00\") == \"2026-03-02\"", "true")]
    [TestCase("answer date(\"2026-03-02\") + 1d", "2026-03-03")]
    [TestCase("answer round(32.95, 1)", "33.0")]
    [TestCase("answer \"{round(32.95, 1)} {round(2, 0)} {round(1250, -2)}\"", "33.0 2 1300")]
    [TestCase("answer round(32.95, 1) + 1", "34")]
    [TestCase("answer round(95s, 1m)", "2m")]
    [TestCase("answer sum([90s, 30s]) / 1s", "120")]
    [TestCase("answer date(\"06:55:46\") < date(\"7:05\")", "true")]
    [TestCase("answer hour(date(\"06:55:46\"))", "6")]
    [TestCase("answer date(\"2026-03-02 08:00\") > \"07:30\"", "true")]
    public async Task Run_Expression_IsAsDocumented(string program, string answer) =>
        Assert.That((await ProgramRun.RunAsync(program, "a", new ScriptedChatClient(), Options)).Answer, Is.EqualTo(answer));

    [TestCase("05/03/26 a\n06/03/26 b", "extract \"{t} {m}\" as {t: date \"dd/MM/yy\"} | map month(t)", "3\n3")]
    [TestCase("1131566461 a", "extract \"{t} {m}\" as {t: date epoch} | map bin(t, \"minute\")", "2005-11-09 20:01Z")]
    [TestCase("a=2026-03-01T09:00:00Z b=2026-03-01T09:00:30.5Z", "extract \"a={a} b={b}\" as {a: date, b: date} | select d = b - a, a | to csv", "d,a\n30.5,2026-03-01T09:00:00Z")]
    [TestCase("[Sun Dec 04 04:47:44 2005] x", "extract \"[{t}] {m}\" as {t: date} | to jsonl", "{\"t\":\"2005-12-04T04:47:44\",\"m\":\"x\"}")]
    [TestCase("[Sun Dec 04 04:47:44 2005] x", "extract \"[{t}] {m}\" as {t: date} | map \"{t}\"", "Sun Dec 04 04:47:44 2005")]
    [TestCase("a=09:00:00 b=09:00:30\na=09:00:00 b=09:01:30", "extract \"a={a} b={b}\" as {a: date, b: date} | aggregate s = sum(b - a), m = average(b - a), p = percentile(b - a, 50), n = round(sum(b - a) / 1m, 1)",
        "s: 2m\nm: 1m\np: 30s\nn: 2.0")]
    [TestCase("a=09:00:00 b=09:00:30\na=09:00:00 b=09:01:30", "extract \"a={a} b={b}\" as {a: date, b: date} | median b - a", "1m")]
    [TestCase("1\n2\n2", "lines | average number(it)", "1.6667")]
    [TestCase("1.25\n2\n2", "lines | average number(it)", "1.75")]
    [TestCase("1\n2\n2", "lines | share it == \"1\"", "0.3333")]
    [TestCase("1\n2\n2", "lines | aggregate m = average(number(it)) | to json", "{\"m\":1.6666666666666666666666666667}")]
    [TestCase("32.95\n3", "lines | select r = round(number(it), 1) | to csv", "r\n33.0\n3.0")]
    [TestCase("32.95\n3", "lines | map round(number(it), 1) | sort by it", "3.0\n33.0")]
    [TestCase("t=2026-03-01T09:15:00+02:00 lvl=E", "extract \"t={t} lvl={l}\" as {t: date} | where hour(t) == 9 | count", "1")]
    [TestCase("Dec 10 06:55:46 host a\nDec 10 07:55:46 host b", "extract \"{t} host {m}\" as {t: date} | where hour(t) == 6 | count", "1")]
    [TestCase("Dec 10 06:55:46 host a", "extract \"{t} host {m}\" as {t: date} | map year(t)", "2025")]
    [TestCase("17/06/09 20:10:40 INFO a", "extract \"{t} INFO {m}\" as {t: date} | map bin(t, \"day\")", "2017-06-09")]
    [TestCase("[Sun Dec 04 04:47:44 2005] [notice] a", "extract \"[{t}] [{l}] {m}\" as {t: date} | map bin(t, \"hour\")", "2005-12-04 04:00")]
    [TestCase("t=2026-03-02T23:59:59Z\nt=2026-03-03T00:00:00Z", "extract \"t={t}\" as {t: date} | where t <= \"2026-03-02\" | count", "1")]
    [TestCase("t=2026-03-02T23:59:59Z\nt=2026-03-03T00:00:00Z", "extract \"t={t}\" as {t: date} | where t > \"2026-03-02\" | count", "1")]
    public async Task Run_Log_IsRead(string context, string program, string answer) =>
        Assert.That(
            (await ProgramRun.RunAsync("answer context | " + program, context, new ScriptedChatClient(), Options)).Answer,
            Is.EqualTo(answer));
}
