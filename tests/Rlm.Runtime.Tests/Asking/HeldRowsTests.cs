using Rlm.Runtime.Replies;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>A row that was asked about in one pack is not asked about again in another.</summary>
internal sealed class HeldRowsTests
{
    private const string Labels = "as one of [\"a\", \"b\", \"c\"]";

    [Test]
    public async Task AnyStage_RandomParts_AreAskedAboutOnceEachAndPlannedSo([Values(1, 9)] int parallel, [Range(1, 8)] int seed)
    {
        var random = new Random(seed);
        int rows = 50 + random.Next(250), pack = 2 + random.Next(20);
        string context = string.Join('\n', Enumerable.Range(0, rows).Select(row => $"{row % (rows - 7)};{random.Next(5)}"));
        var model = Model();
        var session = Session(context, model, new RlmOptions { Parallel = parallel, MaxCalls = 1_000 });
        var known = new HashSet<string>();
        for (int stage = 0; stage < 12; stage++)
        {
            int from = random.Next(rows), count = random.Next(rows);
            string[] part = [.. context.Split('\n').Skip(from).Take(count)];
            string text = $"answer context | lines | skip {from} | first {count} | extend k = llm \"Which?\" {Labels} pack {pack} | map k | join \"\"";
            int before = model.CallCount, fresh = part.Distinct().Count(row => !known.Contains(row));

            var plan = await session.PlanAsync(text);
            var run = await RunAsync(session, text);

            known.UnionWith(part);
            Assert.That(run.Answer ?? "", Is.EqualTo(string.Concat(part.Select(LabelOf))));
            Assert.That((model.CallCount - before, plan.Calls, plan.IsExact), Is.EqualTo(((fresh + pack - 1) / pack, (fresh + pack - 1) / pack, true)), text);
        }
    }

    [Test]
    public async Task ExtendLlm_OnePartOfAProgramAskedBefore_IsPlannedAsAtMost()
    {
        const string program =
            "let rows = context | lines\nlet all = rows | extend k = llm \"Which?\" " + Labels + "\nlet few = rows | where it contains \"7\" | extend k = llm \"Which?\" " + Labels + "\nall | count by k\nanswer few | count by k | sum count";
        var model = Model();
        var session = Session(Items(400), model, new RlmOptions());

        var plan = await session.PlanAsync(program);
        var run = await RunAsync(session, program);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("76", 10)));
        Assert.That(plan.Stages.Select(stage => (stage.Calls, stage.Certainty)), Is.EqualTo([(10L, SpendingCertainty.Exactly), (2L, SpendingCertainty.AtMost)]));
    }

    [TestCase("extend k = llm \"Who?\" as one of [\"a\", \"b\", \"c\"]", 1)]
    [TestCase("extend k = llm \"Which?\" as one of [\"a\", \"b\", \"c\", \"d\"]", 1)]
    [TestCase("extend k = llm \"Which?\" as text", 2)]
    [TestCase("extend k = llm \"Which?\" as one of [\"a\", \"b\", \"c\"] votes 3", 3)]
    [TestCase("extend k = llm \"Which?\" as one of [\"a\", \"b\", \"c\"] with model other", 0)]
    public async Task AnyStage_AnotherQuestion_IsAskedForItself(string stage, int calls)
    {
        var model = Model();
        var other = Model();
        var session = Session(Items(30), model, new RlmOptions { Models = new Dictionary<string, Microsoft.Extensions.AI.IChatClient> { ["other"] = other } });
        await RunAsync(session, $"answer context | lines | extend k = llm \"Which?\" {Labels} | count by k");
        int before = model.CallCount;

        await RunAsync(session, $"answer context | lines | skip 4 | {stage} | map k | join \"\"");

        Assert.That((model.CallCount - before, other.CallCount), Is.EqualTo((calls, calls == 0 ? 1 : 0)));
    }

    [Test]
    public async Task ExtendLlm_RowsWithoutAUsableReply_AreAskedAboutAgainAmongOthersAlone()
    {
        var model = new ScriptedChatClient(call => Answer(call, row => row == "item 9" ? "perhaps" : "a"));
        var session = Session(Items(30), model, new RlmOptions());
        string Program(string part) => $"answer context | lines | {part} | extend k = llm \"Which?\" {Labels} | where k is failed | count";

        var first = await RunAsync(session, Program("first 30"));
        int asked = model.CallCount;
        var same = await RunAsync(session, Program("first 30"));
        int again = model.CallCount;
        var part = await RunAsync(session, Program("skip 5"));

        Assert.That((first.Answer, same.Answer, part.Answer), Is.EqualTo(("1", "1", "1")));
        Assert.That((again - asked, model.CallCount - again > 0), Is.EqualTo((0, true)));
        Assert.That(model.Calls.Skip(again).Select(call => call.LastText), Has.All.Not.Contain("item 10"));
    }

    [Test]
    public async Task Journal_OfStagesThatShareRows_IsResumedAndReplayedWithoutACall()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.jsonl");
        const string program =
            "let all = context | lines | extend k = llm \"Which?\" " + Labels + " pack 7\nlet some = context | lines | where it contains \"1\" | extend k = llm \"Which?\" " + Labels + " pack 7\n"
            + "let more = context | words | extend k = llm \"Which?\" " + Labels + " pack 7\nall | map k | join \"\"\nsome | map k | join \"\"\nanswer more | map k | join \"\"";
        var model = Model();
        RlmResult whole;
        using (var journal = RlmJournal.Create(path))
            whole = (await RunAsync(program, Items(60), model, new RlmOptions { Journal = journal, Parallel = 3 })).Result;
        int calls = model.CallCount;

        ProgramRun resumed, replayed;
        using (var journal = RlmJournal.Resume(path))
            resumed = await RunAsync(program, Items(60), model, new RlmOptions { Journal = journal, Parallel = 1 });
        using (var journal = RlmJournal.Replay(path))
            replayed = await RunAsync(program, Items(60), new ScriptedChatClient(), new RlmOptions { Journal = journal, Parallel = 16 });
        File.Delete(path);

        Assert.That((model.CallCount, resumed.Answer, replayed.Answer), Is.EqualTo((calls, whole.Answer, whole.Answer)));
        Assert.That(calls, Is.EqualTo(9 + 9));
    }

    [Test]
    public async Task WhereLlm_FirstFewOfRowsThatAreHeld_AreFoundWithoutACall()
    {
        var model = new ScriptedChatClient(call => Answer(call, row => row.EndsWith('7') ? "true" : "false"));
        var session = Session(Items(200), model, new RlmOptions());
        await RunAsync(session, "answer context | lines | where llm \"Good?\" | count");
        int before = model.CallCount;

        var run = await RunAsync(session, "answer context | lines | skip 30 | where llm \"Good?\" | first 3 | join \",\"");

        Assert.That((run.Answer, model.CallCount - before), Is.EqualTo(("item 37,item 47,item 57", 0)));
        Assert.That(run.Events.OfType<StageStarted>(), Is.Empty);
    }

    private static string LabelOf(string row) => "abc"[row.Sum(letter => letter) % 3].ToString();

    private static ScriptedChatClient Model() => new(call => Answer(call, LabelOf));

    /// <summary>The reply about each row of a prompt.</summary>
    private static string Answer(ScriptedCall call, Func<string, string> answer) =>
        PromptMarkers.Unwrap(call.LastText, PromptMarkers.Rows) is { } rows
            ? string.Join('\n', rows.Trim('\n').Split('\n').Select(row => row.Split("] ", 2)).Select(row => $"{row[0]}] {answer(row[1])}"))
            : answer(PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!.Trim('\n'));
}
