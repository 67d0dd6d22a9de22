using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Issues;

internal sealed class Issue15_DurationsTests
{
    [TestCase("00:01:02,345", 62.345)]
    [TestCase("00:01:02.5", 62.5)]
    [TestCase("36:00:00", 129_600)]
    [TestCase("01:30.5", 90.5)]
    [TestCase("1 day, 2:03:04", 93_784)]
    [TestCase("2 days 03:04:05.500000", 183_845.5)]
    [TestCase("1.02:03:04", 93_784)]
    [TestCase("-00:00:05", -5)]
    [TestCase("1h 3m", 3_780)]
    [TestCase("1h3m", 3_780)]
    [TestCase("2 hours and 5 minutes", 7_500)]
    [TestCase("2 hours, 5 min, 1 sec", 7_501)]
    [TestCase("350ms", 0.35)]
    [TestCase("1.5s", 1.5)]
    [TestCase("90 min", 5_400)]
    [TestCase("250 \u00b5s", 0.00025)]
    [TestCase("1w 2d", 777_600)]
    [TestCase("PT1H30M", 5_400)]
    [TestCase("P1DT2H", 93_600)]
    [TestCase("PT0.5S", 0.5)]
    public void Read_OneDuration_IsIt(string text, double seconds) => Assert.That(DurationText.Read(text)?.TotalSeconds, Is.EqualTo(seconds).Within(1e-7));

    [TestCase("90", Description = "of no unit")]
    [TestCase("1:30", Description = "minutes or hours")]
    [TestCase("00:61:00")]
    [TestCase("5m 1h", Description = "the smaller one first")]
    [TestCase("1h 1h")]
    [TestCase("1,500 ms", Description = "a thousand or one and a half")]
    [TestCase("1h30")]
    [TestCase("P1Y", Description = "years differ in length")]
    [TestCase("PT")]
    [TestCase("99999999999 weeks", Description = "more than there is")]
    [TestCase("soon")]
    [TestCase("")]
    public void Read_AnyOtherText_IsNone(string text) => Assert.That(DurationText.Read(text), Is.Null);

    [Test]
    public async Task Extract_AsDuration_KeepsHowItIsWrittenUntilItIsComputedWith()
    {
        const string film = "1\n00:00:01,000 --> 00:00:03,500\nHello\n\n2\n00:00:10,250 --> 00:00:12,000\nWorld\n";
        var run = await RunAsync(
            """
            let times = context | grep /-->/ | extract "{from} --> {to}" as {from: duration, to: duration}
            let gap = times | extend gap = from - prev(to), silent_from = prev(to) | sort by gap desc | first
            answer "After {gap.silent_from}: {gap.gap / 1s} seconds until {gap.from}, {times | where from < "00:00:05" | count}"
            """, film);

        Assert.That(run.Answer, Is.EqualTo("After 00:00:03,500: 6.75 seconds until 00:00:10,250, 1"));
    }

    [Test]
    public async Task Extract_AsDuration_WhatIsNone_IsLost()
    {
        var run = await RunAsync("answer context | extract \"{a} took {t}\" as {t: duration} | aggregate t = sum(t)", "x took 1m\ny took 90\nz took 2m\n");

        Assert.That(run.Result.Losses, Is.Not.Empty, run.Answer);
    }

    [Test]
    public async Task All_NotHolding_TellsTheItem()
    {
        const string table = "day\n2026-03-01\n2026-03-03\n2026-03-02\n";
        var first = await RunAsync("let r = context | parse csv\nassert r | all day >= prev(day)\nanswer 1", table);
        var third = await RunAsync("let r = context | parse csv\nassert r | all index == 0 or day >= prev(day)\nanswer 1", table);

        Assert.That(string.Join('\n', first.Result.Diagnostics.Select(diagnostic => diagnostic.Help)), Does.Contain("item 1, `day: 2026-03-01`").And.Contain("`all index == 0 or …`"));
        Assert.That(string.Join('\n', third.Result.Diagnostics.Select(diagnostic => diagnostic.Help)), Does.Contain("item 3, `day: 2026-03-02`"));
    }

    [TestCase("\"{month_name(3)} {day_name(1)}\"", "March Monday")]
    [TestCase("\"{7 // 2} {(0 - 7) // 2}\"", "3 -4")]
    [TestCase("\"{date(2026, 3, 5)} {date(2026, 12, 24) - date(2026, 12, 1)}\"", "2026-03-05 23d")]
    [TestCase("re.sub(r\"(\\d)\", r\"<\\1>\", \"a1\")", "a<1>")]
    [TestCase("context | parse csv | extend x = if a then \"({a})\" else \"-\" | get x | join \"\"", "(1)-(2)")]
    [TestCase("context | parse csv | extend n = a | words | count, b = index | select n, b | sum n", "2")]
    public async Task Answer_Form_IsWhatItsAuthorMeans(string expression, string expected)
    {
        var run = await RunAsync($"answer {expression}", "a\n1\n\"\"\n2\n");

        Assert.That(run.Answer, Is.EqualTo(expected), string.Join('\n', run.Result.Reasons));
    }

    private static Task<ProgramRun> RunAsync(string program, string context) => ProgramRun.RunAsync(program, context, new ScriptedChatClient());
}
