using System.Text.RegularExpressions;
using Rlm.Runtime.Replies;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary><c>calibrate n</c>: a few items are asked about first, and stand with their replies in each other call.</summary>
internal sealed partial class CalibrateTests
{
    private const string Labels = "context | lines | extend kind = llm \"Which?\" as one of [\"a\", \"b\"]";

    [TestCase("pack 4", 4, 3)]
    [TestCase("pack 1", 2, 12)]
    [TestCase("", 3, 2)]
    public async Task Extend_Calibrated_ShowsTheSameExamplesInEachOtherCall(string pack, int examples, int calls)
    {
        var model = new ScriptedChatClient(AnswerRows);

        var run = await RunAsync($"answer {Labels} {pack} calibrate {examples} | map \"{{text}}={{kind}}\" | join \" \"", Items(12), model, new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo(string.Join(' ', Enumerable.Range(1, 12).Select(item => $"item {item}={KindOf(item)}"))));
        Assert.That(model.CallCount, Is.EqualTo(calls));
        string?[] shown = [.. model.Calls.Select(call => PromptMarkers.Unwrap(call.LastText, PromptMarkers.Examples))];
        int first = shown.TakeWhile(text => text is null).Count();
        Assert.That(shown.Skip(first).Distinct().Count(), Is.EqualTo(1));
        Assert.That(Example.Matches(shown[^1]!).Select(example => (int.Parse(example.Groups[1].Value), example.Groups[2].Value)),
            Is.All.Matches<(int Item, string Kind)>(example => example.Kind == KindOf(example.Item)));
        Assert.That(Example.Count(shown[^1]!), Is.EqualTo(examples));

        // Each item is asked about once.
        Assert.That(model.Calls.SelectMany(call => NumbersIn(call.LastText)).Order(), Is.EqualTo(Enumerable.Range(1, 12)));
        Assert.That(model.Calls.Skip(first).Select(call => call.LastText), Is.All.Contain("The examples were answered before."));
    }

    [TestCase(12)]
    [TestCase(50)]
    public async Task Extend_AsManyExamplesAsItems_AsksAsWithout(int examples)
    {
        var (with, without) = (new ScriptedChatClient(AnswerRows), new ScriptedChatClient(AnswerRows));
        await RunAsync($"answer {Labels} calibrate {examples} | count by kind", Items(12), with);
        await RunAsync($"answer {Labels} | count by kind", Items(12), without);

        Assert.That(with.Calls.Select(call => call.LastText), Is.EqualTo(without.Calls.Select(call => call.LastText)));
    }

    [Test]
    public async Task Extend_EqualItems_TakeTheReplyOfTheExample()
    {
        var model = new ScriptedChatClient(AnswerRows);
        var run = await RunAsync($"answer {Labels} pack 2 calibrate 1 | map kind | join \"\"", "item 1\nitem 1\nitem 2\nitem 2\nitem 1\nitem 4", model);

        Assert.That(run.Answer, Is.EqualTo("bbaaba"));
        Assert.That(model.Calls.Sum(call => NumbersIn(call.LastText).Length), Is.EqualTo(3));
    }

    [Test]
    public async Task Extend_NoExampleHasAReply_AsksWithoutAndSaysSo()
    {
        var run = await RunAsync($"answer {Labels} pack 1 calibrate 2 | count kind is not failed", Items(12), new ScriptedChatClient(_ => "no"));
        var some = await RunAsync($"answer {Labels} pack 12 calibrate 1 | count kind is not failed", Items(12), Failing());

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.Failed));
        Assert.That(some.Answer, Is.EqualTo("11"));
        Assert.That(some.Notes, Has.Some.EqualTo(
            "extend kind = llm \"Which?\" as one of [\"a\", \"b\"] pack 12 cali…: no example has a reply that could be shown, so that the other items were asked about without"));
        Assert.That(some.Result.Losses.Single(), Is.EqualTo(some.Result.Losses.Single() with { Kind = RlmLossKind.FailedItems, Count = 1, Of = 12 }));
    }

    [TestCase("map llm \"Sum up.\" as {n: number, words: list of text} calibrate 1 | count n == 1", "Reply: {\"n\":1,\"words\":[\"x\"]}")]
    [TestCase("where llm \"Good?\" pack 2 calibrate 1 | count", "Reply: true")]
    public async Task Examples_OfOtherTypes_AreWrittenAsReplies(string stages, string shown)
    {
        var model = new ScriptedChatClient(call => stages.StartsWith("map", StringComparison.Ordinal) ? "{\"n\": 1, \"words\": [\"x\"]}"
            : PromptMarkers.Unwrap(call.LastText, PromptMarkers.Rows) is null ? "true" : "[1] true\n[2] true");

        var run = await RunAsync($"answer context | lines | {stages}", Items(3), model, new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("3"));
        Assert.That(model.Calls[^1].LastText, Does.Contain(shown));
    }

    [Test]
    public async Task WhereLlm_FirstFew_StopsInOrder()
    {
        var all = await RunAsync("answer context | lines | where llm \"Good?\" pack 2 calibrate 2 | join \",\"", Items(40), new ScriptedChatClient(AnswerYes));
        var model = new ScriptedChatClient(AnswerYes);
        var few = await RunAsync("answer context | lines | where llm \"Good?\" pack 2 calibrate 2 | first 3 | join \",\"", Items(40), model);

        Assert.That(few.Answer, Is.EqualTo(string.Join(',', all.Answer!.Split(',').Take(3))));
        Assert.That(model.CallCount, Is.LessThan(12));
    }

    [Test]
    public async Task Answer_Parallelism_ChangesNothing([Range(1, 6)] int seed)
    {
        string text = string.Join('\n', Enumerable.Range(0, 40 + seed).Select(item => $"item {item * seed % 31}"));
        string program = $"answer {Labels} pack {1 + seed} calibrate {seed} | map \"{{text}}={{kind}}\" | join \" \"";
        var (one, eight) = (new ScriptedChatClient(AnswerRows), new ScriptedChatClient(AnswerRows));

        var first = await RunAsync(program, text, one, new RlmOptions { Parallel = 1 });
        var second = await RunAsync(program, text, eight, new RlmOptions { Parallel = 8 });

        Assert.That(second.Answer, Is.EqualTo(first.Answer));
        Assert.That(eight.Calls.Select(call => call.LastText).Order(StringComparer.Ordinal), Is.EqualTo(one.Calls.Select(call => call.LastText).Order(StringComparer.Ordinal)));
    }

    [TestCase(13)]
    [TestCase(4)]
    public async Task PlanAsync_Calibrated_TellsAtMostWhatIsMade(int items)
    {
        var model = new ScriptedChatClient(AnswerRows);
        var session = Session(Items(items), model, new RlmOptions { MaxCalls = 30 });
        string program = $"answer {Labels} pack 1 calibrate 4 | count by kind";

        var plan = await session.PlanAsync(program);
        var run = await RunAsync(session, program);

        Assert.That(plan.Stages.Single().Calls, Is.EqualTo(items));
        Assert.That(model.CallCount, Is.EqualTo(items));
        Assert.That(run.Result.Usage.InputTokens, Is.AtMost(plan.Stages.Single().InputTokens));
    }

    [Test]
    public async Task RunAsync_FewerCallsThanAll_AsksNothing()
    {
        var model = new ScriptedChatClient(AnswerRows);
        var run = await RunAsync($"answer {Labels} pack 1 calibrate 4 | count by kind", Items(12), model, new RlmOptions { MaxCalls = 11 });

        Assert.That((run.Result.Outcome, model.CallCount), Is.EqualTo((RlmOutcome.LimitReached, 0)));
    }

    [Test]
    public async Task RunAsync_ResumedJournal_PaysNothingTwice()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        string program = $"answer {Labels} pack 3 calibrate 4 | count by kind";
        ProgramRun first, again;
        using (var journal = RlmJournal.Create(path))
            first = await RunAsync(program, Items(12), new ScriptedChatClient(AnswerRows), new RlmOptions { Journal = journal });
        using (var journal = RlmJournal.Resume(path))
            again = await RunAsync(program, Items(12), new ScriptedChatClient(), new RlmOptions { Journal = journal, MaxCalls = 1 });

        File.Delete(path);
        Assert.That((again.Answer, again.Result.Usage.Calls), Is.EqualTo((first.Answer, 0)));
    }

    /// <summary>What is behind the last round was not asked about, and is not confirmed for.</summary>
    [Test]
    public async Task RunAsync_ResumedJournalOfStageThatEndedEarly_NeedsNoConsentAndNoCall()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        const string Program = "answer context | lines | where llm \"Good?\" pack 2 calibrate 2 | first 3 | join \",\"";
        var asked = new List<SpendingPlan>();
        ProgramRun first, again;
        SpendingPlan plan;
        using (var journal = RlmJournal.Create(path))
            first = await RunAsync(Program, Items(40), new ScriptedChatClient(AnswerYes), new RlmOptions { Journal = journal });
        using (var journal = RlmJournal.Resume(path))
        {
            var session = Session(Items(40), new ScriptedChatClient(), new RlmOptions
            {
                Journal = journal,
                MaxCalls = 1,
                Confirm = (spending, _) => { asked.Add(spending); return ValueTask.FromResult(true); },
            });
            plan = await session.PlanAsync(Program);
            again = await RunAsync(session, Program);
        }

        File.Delete(path);
        Assert.That((again.Answer, again.Result.Usage.Calls, plan.MaxCalls), Is.EqualTo((first.Answer, 0, 0)));
        Assert.That(asked, Is.Empty);
    }

    [Test]
    public async Task RunAsync_Sample_AsksTheExamplesAndSomeOthers()
    {
        var model = new ScriptedChatClient(AnswerRows);
        var run = await RunAsync($"answer {Labels} pack 1 calibrate 2 | count kind is not failed", Items(30), model, new RlmOptions { SampleItems = 5 });

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("7", 7)));
        Assert.That(run.Result.Losses.Single(loss => loss.Kind == RlmLossKind.Sampled), Has.Property("Count").EqualTo(23).And.Property("Of").EqualTo(30));
    }

    [Test]
    public async Task Answer_FilterBehind_KeepsTheExamplesOfAllItems()
    {
        var (with, without) = (new ScriptedChatClient(AnswerRows), new ScriptedChatClient(AnswerRows));
        await RunAsync($"answer {Labels} pack 4 calibrate 2 | where text contains \"1\" | count by kind", Items(12), with, new RlmOptions { Parallel = 1 });
        await RunAsync($"answer {Labels} pack 4 calibrate 2 | count by kind", Items(12), without, new RlmOptions { Parallel = 1 });

        Assert.That(with.Calls.Select(call => call.LastText), Is.EqualTo(without.Calls.Select(call => call.LastText)));
    }

    [Test]
    public async Task Extend_ExamplesBeyondTheWindow_AreRefused()
    {
        string text = string.Join('\n', Enumerable.Range(0, 6).Select(item => $"{item} {string.Concat(Enumerable.Repeat("word ", 60))}"));
        var model = new ScriptedChatClient(AnswerRows) { Services = [new ChatClientTraits { WindowTokens = 1_460, MaxOutputTokens = 200 }] };

        var run = await RunAsync($"answer {Labels} calibrate 5 | count by kind", text, model);

        Assert.That(run.Result.Diagnostics.Single().Message, Does.Match("^an item and the examples have about [0-9]+ tokens; [0-9]+ fit the model's window$"));
        Assert.That(model.CallCount, Is.Zero);
    }

    private static string KindOf(int item) => item % 2 == 0 ? "a" : "b";

    private static string AnswerRows(ScriptedCall call) => Answer(call.LastText, KindOf);

    private static string AnswerYes(ScriptedCall call) => Answer(call.LastText, item => item % 3 == 0 ? "true" : "false");

    private static string Answer(string prompt, Func<int, string> kindOf)
    {
        int[] items = NumbersIn(prompt);
        return PromptMarkers.Unwrap(prompt, PromptMarkers.Rows) is null ? kindOf(items.Single())
            : string.Join('\n', items.Select((item, place) => $"[{place + 1}] {kindOf(item)}"));
    }

    /// <summary>A model that has no reply about the item in the middle of the list, which is the only example.</summary>
    private static ScriptedChatClient Failing()
    {
        int? example = null;
        return new ScriptedChatClient(call =>
        {
            int[] items = NumbersIn(call.LastText);
            example ??= items.Single();
            return items.Contains(example.Value) ? "no" : AnswerRows(call);
        });
    }

    private static int[] NumbersIn(string prompt) =>
        [.. Item.Matches(PromptMarkers.Unwrap(prompt, PromptMarkers.Rows) ?? PromptMarkers.Unwrap(prompt, PromptMarkers.Data)!).Select(item => int.Parse(item.Groups[1].Value))];

    [GeneratedRegex("item ([0-9]+)")]
    private static partial Regex Item { get; }

    [GeneratedRegex("Item: item ([0-9]+)\nReply: (.*)")]
    private static partial Regex Example { get; }
}
