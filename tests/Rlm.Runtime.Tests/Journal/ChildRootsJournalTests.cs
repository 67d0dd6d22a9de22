using System.Text.RegularExpressions;
using Rlm.Runtime.Tests.Asking;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Journal;

/// <summary>A run whose roots ask roots, cut off anywhere and gone on with, or replayed.</summary>
internal sealed partial class ChildRootsJournalTests : JournalFileFixture
{
    private const string Context = "a 1\nb 2\nc 3\nd 4";

    [Test]
    public async Task Resume_CutAtEachLine_GivesTheSameAndAsksNothingTwice()
    {
        var whole = Model();
        var (first, _) = await AskAsync(whole, RlmJournal.Create(JournalPath, JournalSync.Off), parallel: 1);
        string[] lines = await File.ReadAllLinesAsync(JournalPath);
        string[] asked = Texts(whole);
        Assert.That((first.Answer, asked.Length), Is.EqualTo(("seen a 1; seen b 2 (1)\nseen c 3; seen d 4 (1)", 11)));

        for (int kept = 1; kept <= lines.Length; kept++)
        {
            await File.WriteAllLinesAsync(JournalPath, lines[..kept]);
            int held = lines[..kept].Count(IsCall);
            var again = Model();
            var (result, _) = await AskAsync(again, RlmJournal.Resume(JournalPath, JournalSync.Off), parallel: 1);

            Assert.That((result.Answer, result.IsPartial), Is.EqualTo((first.Answer, false)), $"{kept} lines");
            Assert.That(Texts(again), Is.EqualTo(asked[held..]), $"{kept} lines");
        }
    }

    [Test]
    public async Task Resume_ChildrenAtTheSameTime_AsksNothingTwice()
    {
        var whole = Model();
        var (first, _) = await AskAsync(whole, RlmJournal.Create(JournalPath, JournalSync.Off), parallel: 4);
        string[] lines = await File.ReadAllLinesAsync(JournalPath);
        for (int kept = 1; kept <= lines.Length; kept += 3)
        {
            await File.WriteAllLinesAsync(JournalPath, lines[..kept]);
            var again = Model();
            var (result, _) = await AskAsync(again, RlmJournal.Resume(JournalPath, JournalSync.Off), parallel: 4);

            Assert.That((result.Answer, again.CallCount), Is.EqualTo((first.Answer, whole.CallCount - lines[..kept].Count(IsCall))), $"{kept} lines");
            Assert.That(Texts(again), Is.SubsetOf(Texts(whole)));
        }
    }

    [TestCase(1)]
    [TestCase(4)]
    public async Task Replay_Whole_IsTheSameWithoutAModel(int parallel)
    {
        var (first, events) = await AskAsync(Model(), RlmJournal.Create(JournalPath, JournalSync.Off), parallel);

        var (result, replayed) = await AskAsync(new ScriptedChatClient(), RlmJournal.Replay(JournalPath), parallel);

        Assert.That((result.Answer, result.Usage with { Elapsed = default, Readings = [] }), Is.EqualTo((first.Answer, first.Usage with { Elapsed = default, Readings = [] })));
        Assert.That(Roots(replayed), Is.EqualTo(Roots(events)));

        var account = JournalAccount.Read(JournalPath).Runs.Single();
        Assert.That((account.Turns, account.RootCalls, account.Calls), Is.EqualTo((first.Usage.Steps, 1, first.Usage.Calls)));
    }

    [Test]
    public async Task Journal_OfChildren_TellsTheRootOfEachEntry()
    {
        await AskAsync(Model(), RlmJournal.Create(JournalPath, JournalSync.Off), parallel: 1);

        string[] told = [.. (await File.ReadAllLinesAsync(JournalPath)).Select(line => $"{Event.Match(line).Groups["event"].Value} {Root.Match(line).Groups["root"].Value}".Trim())
            .SkipWhile(line => line != "turnEnd 1.1")];

        Assert.That(told.TakeWhile(line => line != "rootEnd 1.1").Where(line => line.StartsWith("root", StringComparison.Ordinal) || line.StartsWith("call", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "call 1.1", "rootStart 1.1/1.1", "call 1.1/1.1", "rootEnd 1.1/1.1" }));
    }

    /// <summary>The run's root asks a root about each half, and that asks its lines, then a root below it.</summary>
    private static ScriptedChatClient Model() => ChildScript.Model(asked => (asked.Question, asked.Turn) switch
    {
        ("Which one?", _) => "answer context | chunk 2 lines | map rlm \"Mid\" or fail",
        ("Mid", 1) => "let said = context | lines | map llm \"Say: {it}\"\nsaid | join \"; \"",
        ("Mid", _) => "answer \"{said | join \"; \"} ({context | rlm \"Low\" as number})\"",
        _ => "answer context | lines | count - 1",
    });

    private static async Task<(RlmResult Result, IReadOnlyList<RlmEvent> Events)> AskAsync(ScriptedChatClient model, RlmJournal journal, int parallel)
    {
        using (journal)
        {
            var run = await RootRun.AskAsync(
                model, Context, new RlmOptions { DirectTokens = 0, MaxDepth = 2, MaxCalls = 1_000, Parallel = parallel, Journal = journal }, model);
            return (run.Result, run.Events);
        }
    }

    private static bool IsCall(string line) => line.Contains("\"event\":\"call\"", StringComparison.Ordinal);

    private static string[] Texts(ScriptedChatClient model) => [.. model.Calls.Select(call => Budget.Replace(call.AllText, ""))];

    private static IEnumerable<(string?, string?, int)> Roots(IReadOnlyList<RlmEvent> events) =>
        events.OfType<RootFinished>().Select(root => (root.Root, root.Answer, root.Calls)).OrderBy(root => root.Root, StringComparer.Ordinal);

    [GeneratedRegex(@"<budget>[\s\S]*?</budget>")]
    private static partial Regex Budget { get; }

    [GeneratedRegex("\"event\":\"(?<event>\\w+)\"")]
    private static partial Regex Event { get; }

    [GeneratedRegex("\"root\":\"(?<root>[^\"]+)\"")]
    private static partial Regex Root { get; }
}
