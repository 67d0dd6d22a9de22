using System.Globalization;
using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>Logs without a year: the last line is the latest that the run's time allows, and the lines before it tell the new year.</summary>
internal sealed class Issue12_YearsTests
{
    [TestCase("Dec 10 06:00:00 a\nDec 31 06:00:00 a\nJan 1 06:00:00 a\nJan 5 06:00:00 a", "2026-12-20", "2025,2025,2026,2026")]
    [TestCase("Dec 10 06:00:00 a\nDec 31 06:00:00 a\nJan 1 06:00:00 a\nJan 5 06:00:00 a", "2026-03-20", "2025,2025,2026,2026")]
    [TestCase("Jan 10 06:00:00 a\nMar 1 06:00:00 a", "2026-02-01", "2025,2025")]
    [TestCase("Feb 28 06:00:00 a\nFeb 29 06:00:00 a\nMar 1 06:00:00 a", "2026-02-01", "2024,2024,2024")]
    [TestCase("Jan 5 06:00:01 a\nJan 5 06:00:00 a", "2026-01-05", "2026,2026")]
    [TestCase("Jan 5 06:00:00 a\nDec 10 06:00:00 a", "2026-01-20", "2026,2025", Description = "newest first")]
    [TestCase("Mar 5 06:00:00 a\nJul 5 06:00:00 a\nMay 5 06:00:00 a", "2026-06-20", "2026,2025,2026", Description = "in no order")]
    public async Task Run_DatesWithoutAYear_AreOfTheYearsThatTheirOrderTells(string log, string now, string years)
    {
        var run = await RunAsync(log, DateTime.Parse(now, CultureInfo.InvariantCulture));

        Assert.That(run.Answer, Is.EqualTo(years));
        Assert.That(run.Result.Notes.Single(), Does.Contain("no year, which is a guess"));
    }

    [TestCase("Mar 1 06:00:00 a\nAug 20 06:00:00 a\nJan 20 06:00:00 a\nMay 1 06:00:00 a")]
    [TestCase("Mar 1 06:00:00 a\nAug 20 06:00:00 a\nJan 20 06:00:00 a\nJul 10 06:00:00 a\nDec 20 06:00:00 a\nJan 5 06:00:00 a")]
    public async Task Run_DatesWithoutAYearThroughMoreThanOne_AreNotRead(string log)
    {
        var run = await RunAsync(log, new DateTime(2026, 6, 1));

        Assert.That(run.Answer?.Trim(','), Is.Empty);
        Assert.That(run.Result.IsPartial, Is.True);
    }

    [Test]
    public async Task Run_LogsOfLessThanAYear_KeepTheirYearsWhenTheyAreReadLater()
    {
        var random = new Random(8);
        for (int log = 0; log < 60; log++)
        {
            var time = new DateTime(2020, 1, 1).AddDays(random.Next(1500));
            var (first, lines, years) = (time, new List<string>(), new List<int>());
            while (time < first.AddDays(random.Next(30, 360)) && time < first.AddDays(360))
            {
                lines.Add(time.ToString("MMM d HH:mm:ss", CultureInfo.InvariantCulture) + " a");
                years.Add(time.Year);
                time = time.AddMinutes(random.Next(1, 60 * 24 * 60));
            }

            var last = DateTime.ParseExact($"{years[^1]} {lines[^1][..^2]}", "yyyy MMM d HH:mm:ss", CultureInfo.InvariantCulture);
            var run = await RunAsync(string.Join('\n', lines), last.AddDays(1 + random.Next(300)));

            Assert.That(run.Answer, Is.EqualTo(string.Join(',', years)), string.Join('\n', lines));
        }
    }

    [TestCase("t,n\nDec 30 06:00:00,a\nJan 2 06:00:00,b\nJan 5 06:00:00,c", "parse csv")]
    [TestCase("{\"t\":\"Dec 30 06:00:00\",\"n\":\"a\"}\n{\"t\":\"Jan 2 06:00:00\",\"n\":\"b\"}\n{\"t\":\"Jan 5 06:00:00\",\"n\":\"c\"}", "parse jsonl")]
    [TestCase("Dec 30 06:00:00 a\nJan 2 06:00:00 b\nJan 5 06:00:00 c", "extract /(?<t>\\w+ \\d+ \\S+) (?<n>\\w)/")]
    public async Task Run_DatesWithoutAYear_ReadAlikeInConditionsAndInOrders(string text, string reader)
    {
        var run = await ProgramRun.RunAsync(
            $"""
            let r = context | {reader}
            let late = r | where date(t) > date("2026-01-01") | map n | join ""
            let best = r | top 1 by t | map n | join ""
            let last = r | max t
            let sorted = r | sort by t | map n | join ""
            answer "{"{late} {best} {year(last)} {sorted}"}"
            """,
            text,
            new ScriptedChatClient(),
            new RlmOptions { TimeProvider = new FakeTimeProvider(new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero)) });

        Assert.That(run.Answer, Is.EqualTo("bc c 2026 abc"));
    }

    private static Task<ProgramRun> RunAsync(string log, DateTime now) => ProgramRun.RunAsync(
        "answer context | extract \"{t} a\" as {t: date} | map year(t) | join \",\"", log, new ScriptedChatClient(),
        new RlmOptions { TimeProvider = new FakeTimeProvider(new DateTimeOffset(now, TimeSpan.Zero)) });
}
