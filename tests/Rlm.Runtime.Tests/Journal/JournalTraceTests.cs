using System.Text.RegularExpressions;
using Rlm.Runtime.Tests.Asking;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Journal;

/// <summary>What a journal tells of a run is what happened, as far as it is there.</summary>
internal sealed class JournalTraceTests : JournalFileFixture
{
    private const string Labels = "answer context | lines | map llm \"Which? {it}\" as one of [\"x\", \"y\"] pack 1";

    private static readonly RlmOptions Priced = RootRun.Programs with { Price = new TokenPrice(1, 10), Parallel = 1 };

    [Test]
    public async Task Read_RootLoop_PutsStepsAndCallsInTheirTurns()
    {
        string[] programs = [RootRun.Fenced("context | lines | count"), RootRun.Fenced(Labels)];
        RootRun run;
        using (var journal = RlmJournal.Create(JournalPath))
            run = await RootRun.AskAsync(new ScriptedChatClient(programs), "a\nb\nc", Priced with { Journal = journal }, new ScriptedChatClient(_ => "x"));

        var traced = JournalTrace.Read(JournalPath).Runs.Single();

        Assert.That(traced.Steps.Select(step => $"{step.Kind} {step.Text.Split('\n')[0]}".Trim()), Is.EqualTo(new[]
        {
            "Turn", "Program context | lines | count", "Value number", "Turn", $"Program {Labels}", $"Stage {run.Events.OfType<StageStarted>().Single().Stage}",
        }));
        Assert.That(traced.Calls.Select(call => (call.Model, call.Turn, call.Stage)), Is.EqualTo(new[]
        {
            ("root", 1, null), ("root", 2, null), ("sub", 2, (int?)0), ("sub", 2, 0), ("sub", 2, 0),
        }));
        Assert.That((traced.Result!.Answer, traced.Result.Usage.Calls, traced.Result.Usage.CostUsd), Is.EqualTo((run.Result.Answer, 3, run.Result.Usage.CostUsd)));
        Assert.That(traced.Calls.Sum(call => call.CostUsd), Is.EqualTo(run.Result.Usage.CostUsd).And.GreaterThan(0));
        Assert.That(traced.Stages.Single() is { Calls: 3, CountedCalls: 3, PlannedCalls: 3, FailedItems: 0, Turn: 2, EndedAt: not null });
    }

    [Test]
    public async Task Read_RepliesOfNoUseAndFailures_SaysWhichAndWhy()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("\nb\n", StringComparison.Ordinal) && !call.LastText.Contains("none of", StringComparison.Ordinal) ? "perhaps"
            : call.LastText.Contains("\nc\n", StringComparison.Ordinal) ? throw new ModelException(ModelFailure.BadRequest, "no") : "x");
        RlmResult result;
        using (var journal = RlmJournal.Create(JournalPath))
            result = (await ProgramRun.RunAsync(Labels, "a\nb\nc", model, Priced with { Journal = journal })).Result;

        var trace = JournalTrace.Read(JournalPath);
        var traced = trace.Runs.Single();

        Assert.That(traced.Calls.Select(call => (call.State, call.Reason)), Is.EqualTo(new[]
        {
            (TracedCallState.Replied, null), (TracedCallState.Unusable, "`perhaps` is none of the labels"), (TracedCallState.Failed, "BadRequest: no"),
            (TracedCallState.Replied, (string?)null),
        }));
        Assert.That(trace.ReadTexts().Select(text => text.Reply), Is.EqualTo(new[] { "x", "perhaps", null, "x" }));
        Assert.That(traced.Stages.Single() is { Calls: 4, FailedCalls: 1, UnusableReplies: 1, FailedItems: 1 });
        Assert.That(traced.Result!.Losses, Is.EqualTo(result.Losses).And.Not.Empty);
        Assert.That(traced.Result.Losses[0].Remedy, Is.Not.Null);
    }

    [Test]
    public async Task Read_ChildRoots_CountsTheirCallsForTheirStage()
    {
        using (var journal = RlmJournal.Create(JournalPath))
        {
            var model = ChildScript.Model(asked => asked.Question == "Which one?" ? "answer context | lines | map rlm \"Mid\"" : "answer context | lines | map llm \"Say: {it}\"");
            await RootRun.AskAsync(model, "a 1\nb 2", Priced with { Journal = journal }, model);
        }

        var traced = JournalTrace.Read(JournalPath).Runs.Single();
        var outer = traced.Stages[0];

        Assert.That(traced.Stages.Skip(1).Select(stage => (stage.Root, stage.Parent)), Is.Not.Empty.And.All.Matches<(string? Root, int? Parent)>(
            stage => stage.Root is not null && stage.Parent == 0));
        Assert.That((outer.Calls, outer.CountedCalls), Is.EqualTo((traced.Result!.Usage.Calls, (int?)traced.Result.Usage.Calls)));
        Assert.That(outer.InputTokens, Is.EqualTo(traced.Calls.Where(call => call.Model != "root").Sum(call => call.InputTokens)));
        Assert.That(traced.Steps.Where(step => step.Kind == TracedStepKind.RootStarted).Select(step => step.Root), Is.EqualTo(new[] { "1.1", "1.2" }));
    }

    [Test]
    public async Task Read_KilledAnywhere_TellsAsFarAsItCame()
    {
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync(Labels, "a\nb\nc", new ScriptedChatClient(_ => "x"), Priced with { Journal = journal });
        byte[] whole = await File.ReadAllBytesAsync(JournalPath);
        int head = Array.IndexOf(whole, (byte)'\n') + 1;
        for (int kept = head; kept < whole.Length - 1; kept += 7)
        {
            await File.WriteAllBytesAsync(JournalPath, whole[..kept]);

            var trace = JournalTrace.Read(JournalPath);

            Assert.That(trace.DamagedLines, Is.Empty);
            foreach (var run in trace.Runs)
            {
                Assert.That(run.Result, Is.Null);
                Assert.That(run.Calls, Has.Count.EqualTo(trace.ReadTexts().Count()).And.Count.EqualTo(run.Account.Calls));
                Assert.That(run.Stages, Has.All.Matches<TracedStage?>(stage => stage!.Calls == run.Calls.Count));
            }
        }
    }

    [Test]
    public async Task Read_DamagedLine_LeavesItOutAndNamesIt()
    {
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync(Labels, "a\nb\nc", new ScriptedChatClient(_ => "x"), Priced with { Journal = journal });
        string[] lines = await File.ReadAllLinesAsync(JournalPath);
        int damaged = Array.FindIndex(lines, line => line.Contains("\"event\":\"call\"", StringComparison.Ordinal));
        lines[damaged] = lines[damaged].Replace("\"reply\":\"x\"", "\"reply\":\"y\"", StringComparison.Ordinal);
        await File.WriteAllLinesAsync(JournalPath, lines);

        var trace = JournalTrace.Read(JournalPath);
        var run = trace.Runs.Single();

        Assert.That(trace.DamagedLines, Is.EqualTo(new[] { damaged + 1L }));
        Assert.That((run.Calls.Count, trace.ReadTexts().Count(), run.Result!.Usage.Calls, run.Stages[0].CountedCalls), Is.EqualTo((2, 2, 3, (int?)3)));
    }

    [Test]
    public async Task Read_JournalOfEarlierVersion_KnowsNoPriceOfACall()
    {
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync(Labels, "a\nb", new ScriptedChatClient(_ => "x"), Priced with { Journal = journal });
        string[] lines = [.. File.ReadLines(JournalPath)
            .Select(line => Regex.Replace(line, ",\"(line|sum|notes|losses|citations|quotes)\":([0-9]+|\"[0-9a-f]+\"|\\[[^]]*\\])", ""))
            .Select(line => line.Contains("\"event\":\"call\"", StringComparison.Ordinal) ? Regex.Replace(line, ",\"costUsd\":[0-9.]+", "") : line)
            .Select(line => line.Replace("\"formatVersion\":3", "\"formatVersion\":2", StringComparison.Ordinal))];
        await File.WriteAllLinesAsync(JournalPath, lines);

        var run = JournalTrace.Read(JournalPath).Runs.Single();

        Assert.That(run.Calls.Select(call => call.CostUsd), Is.EqualTo(new decimal?[] { null, null }));
        Assert.That((run.Stages[0].CostUsd, run.Result!.Usage.CostUsd > 0, run.Result.Citations.Count), Is.EqualTo(((decimal?)null, true, 0)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ReadTexts_Prompts_AreThereWhereTheyWereKept(bool keeps)
    {
        var model = new ScriptedChatClient(_ => "x");
        using (var journal = RlmJournal.Create(JournalPath))
        {
            journal.KeepsPrompts = keeps;
            await ProgramRun.RunAsync(Labels, "a needle", model, Priced with { Journal = journal });
        }

        var text = JournalTrace.Read(JournalPath).ReadTexts().Single();

        Assert.That(text.Prompt.Select(message => message.Text), Is.EqualTo(keeps ? model.Calls[0].Messages.Select(message => message.Text) : []));
        Assert.That((await File.ReadAllTextAsync(JournalPath)).Contains("needle", StringComparison.Ordinal), Is.EqualTo(keeps));
    }

    [Test]
    public async Task Quotes_LinesThatAnAnswerCites_AreInTheJournal()
    {
        string longLine = new('é', 5_000);
        using (var journal = RlmJournal.Create(JournalPath))
            await ProgramRun.RunAsync("answer context | grep /ERR|é/", $"one\nan ERR here\r\n{longLine}\nlast", new ScriptedChatClient(), new RlmOptions { Journal = journal });

        var result = JournalTrace.Read(JournalPath).Runs.Single().Result!;

        Assert.That(result.Citations, Is.EqualTo(new[] { "notes.txt:2", "notes.txt:3" }));
        Assert.That(result.Quotes, Is.EqualTo(new[] { "an ERR here", new string('é', 1_000) + "…" }));
    }

    [Test]
    public async Task Read_SeveralQuestions_AreRunsOfTheirOwn()
    {
        using (var journal = RlmJournal.Create(JournalPath))
        {
            for (int i = 0; i < 2; i++)
                await ProgramRun.RunAsync(Labels, "a", new ScriptedChatClient(_ => "x"), Priced with { Journal = journal });
        }

        var trace = JournalTrace.Read(JournalPath);

        Assert.That(trace.Runs.Select(run => (run.Calls.Count, run.Result?.Answer)), Is.EqualTo(new[] { (1, "x"), (1, "x") }));
        Assert.That(trace.ReadTexts().Count(), Is.EqualTo(2));
    }
}
