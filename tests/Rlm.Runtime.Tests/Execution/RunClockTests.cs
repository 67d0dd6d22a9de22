using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>What a program knows of the time: when its run began.</summary>
internal sealed class RunClockTests
{
    private static readonly DateTimeOffset Evening = new(2026, 3, 17, 22, 30, 15, 400, TimeSpan.Zero);

    private readonly string _path = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.jsonl");

    [TearDown]
    public void Delete() => File.Delete(_path);

    [TestCase("answer today()", "2026-03-18")]
    [TestCase("answer now()", "2026-03-18 00:30:15+02:00")]
    [TestCase("answer today() - 30d", "2026-02-16")]
    [TestCase("answer now() - now()", "0s")]
    [TestCase("answer context | lines | where date(it) >= today() - 30d", "2026-02-16")]
    [TestCase("answer context | lines | where date(it) > \"2026-02-14\" and it < today() | count", "2")]
    public async Task Run_ClockAsked_SaysWhenItBeganWhereItRuns(string program, string expected) =>
        Assert.That((await RunAsync(program, InHelsinki())).Answer, Is.EqualTo(expected));

    [Test]
    public async Task Run_DayEndsMeanwhile_HasOneClock()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 17, 23, 59, 0, TimeSpan.Zero));
        var model = new ScriptedChatClient(_ =>
        {
            time.Advance(TimeSpan.FromMinutes(5));
            return "yes";
        });

        var run = await ProgramRun.RunAsync(
            "let before = today()\nlet asked = context | llm \"?\"\nanswer \"{before} {asked} {today()}\"", "a", model,
            new RlmOptions { TimeProvider = time });

        Assert.That(run.Answer, Is.EqualTo("2026-03-17 yes 2026-03-17"));
    }

    [Test]
    public async Task Replay_OnAnotherDay_HasTheClockOfTheRun()
    {
        const string program = "answer context | llm \"What is new since {today()}?\"";
        var client = new ScriptedChatClient(call => call.LastText.Split('\n')[0]);
        using (var journal = RlmJournal.Create(_path))
        {
            var model = JournalModel.Of(client);
            journal.Begin(new(["mine"], "/", program, "mine", model, model));
            await RunAsync(program, InHelsinki(), client, journal);
        }

        using var recorded = RlmJournal.Replay(_path);
        using var replayed = new ReplayChatClient(recorded.LastRun!.Sub);
        var run = await RunAsync(program, new FakeTimeProvider(Evening.AddDays(400)), replayed, recorded);

        Assert.That((run.Answer, replayed.HasMissed), Is.EqualTo(("What is new since 2026-03-18?", false)));
    }

    [Test]
    public async Task Resume_OnAnotherDay_AsksAboutThatDay()
    {
        const string program = "answer context | llm \"What is new since {today()}?\"";
        var client = new ScriptedChatClient(call => call.LastText.Split('\n')[0]);
        using (var journal = RlmJournal.Create(_path))
            await RunAsync(program, InHelsinki(), client, journal);

        using var resumed = RlmJournal.Resume(_path);
        var run = await RunAsync(program, new FakeTimeProvider(Evening.AddDays(2)), client, resumed);

        Assert.That((run.Answer, client.Calls.Count), Is.EqualTo(("What is new since 2026-03-19?", 2)));
    }

    private static FakeTimeProvider InHelsinki()
    {
        var time = new FakeTimeProvider(Evening);
        time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test"));
        return time;
    }

    private static Task<ProgramRun> RunAsync(
        string program, TimeProvider time, Microsoft.Extensions.AI.IChatClient? client = null, RlmJournal? journal = null) =>
        ProgramRun.RunAsync(program, "2026-02-13\n2026-02-15\n2026-02-16", client ?? new ScriptedChatClient(),
            new RlmOptions { TimeProvider = time, Journal = journal });
}
