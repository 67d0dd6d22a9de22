using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Runtime.Tests.Planning;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>Runs that ask about a sample of each paid stage's items, and tell what all would take.</summary>
internal sealed partial class SampleTests
{
    private const int Lines = 200;
    private const string Each = "answer lines | map llm \"Say {it}\" | join \"; \"";
    private const string Labels = "answer lines | extend kind = llm \"Kind?\" as one of [\"a\", \"b\", \"c\"] | count by kind";

    [Test]
    public async Task RunAsync_SampleOfSingleItems_TakesOneOfEachStretchAndIsPartial()
    {
        var model = Model();
        var run = await RunAsync(Each, model, sample: 10);

        int[] asked = [.. model.Calls.Select(call => int.Parse(Item.Match(call.LastText).Value, CultureInfo.InvariantCulture))];
        var loss = run.Result.Losses.Single();
        Assert.That(asked.Select(number => (number - 1) / (Lines / 10)), Is.EqualTo(Enumerable.Range(0, 10)), "one of each stretch");
        Assert.That((loss.Kind, loss.Count, loss.Of, run.Result.IsPartial), Is.EqualTo((RlmLossKind.Sampled, (long?)(Lines - 10), (long?)Lines, true)));
        Assert.That(loss.Text, Is.EqualTo("map llm \"Say {it}\": rests on a sample, 10 of 200 items"));
        Assert.That(run.Answer!.Split("; "), Has.Length.EqualTo(10));
        Assert.That(Estimate(run), Does.StartWith("map llm \"Say {it}\": all items would take about 200 calls, "));
    }

    [TestCase(Each, 0.02)]
    [TestCase(Labels, 0.02)]
    [TestCase("answer lines | where llm \"Good? {it}\" | count", 0.02)]
    [TestCase("answer lines | reduce llm \"Sum up.\"", 0.5)]
    public async Task RunAsync_Sample_TellsAboutWhatTheFullRunTakes(string program, double margin)
    {
        var sampled = await RunAsync(program, Model(), sample: 20);
        var full = await RunAsync(program, Model(), sample: null);

        double[] told = [.. Number.Matches(Estimate(sampled).Split("would take")[1]).Select(number => double.Parse(number.Value, NumberStyles.AllowThousands | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture))];
        var usage = full.Result.Usage;
        Assert.That(told, Has.Length.EqualTo(4), Estimate(sampled));
        Assert.That(told[0], Is.EqualTo((double)usage.Calls).Within(margin * usage.Calls));
        Assert.That(told[1], Is.EqualTo((double)usage.InputTokens).Within(Math.Max(0.1, margin) * usage.InputTokens));
        Assert.That(told[2], Is.EqualTo((double)usage.OutputTokens).Within(Math.Max(0.1, margin) * usage.OutputTokens));
        Assert.That(told[3], Is.EqualTo((double)usage.CostUsd!).Within(Math.Max(0.1, margin) * (double)usage.CostUsd!));
    }

    [TestCase("answer lines | extend k = llm \"Good? {it}\" as bool pack 1 | where not (k is none) | reduce llm \"Sum up.\"")]
    [TestCase("answer lines | extend k = llm \"Good? {it}\" as bool pack 1 | extend n = llm \"Kind?\" as one of [\"a\", \"b\", \"c\"] | count by n")]
    public async Task RunAsync_StageBehindASampledOne_FillsItsCallsFirst(string program)
    {
        var sampled = await RunAsync(program, Model(), sample: 4);
        var full = await RunAsync(program, Model(), sample: null);

        string last = sampled.Notes.Last(note => note.Contains("all items would take", StringComparison.Ordinal));
        double told = double.Parse(Number.Matches(last.Split("would take")[1])[0].Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.That(told, Is.EqualTo(full.Result.Usage.Calls - Lines).Within(1), last);
    }

    [Test]
    public async Task RunAsync_AssertThatTheSampleDoesNotMeet_IsNotedAndGoesOn()
    {
        const string program = "let said = lines | map llm \"Say {it}\"\nassert count(said) > 100 \"too few\"\nanswer said | count";
        var sampled = await RunAsync(program, Model(), sample: 10);
        var full = await RunAsync(program, Model(), sample: null);

        Assert.That((sampled.Answer, full.Answer), Is.EqualTo(("10", "200")));
        Assert.That(sampled.Notes, Has.One.EqualTo("`count(said) > 100` does not hold for the sample, which does not tell whether it does for all items: the run goes on"));
    }

    [TestCase(Each, 10)]
    [TestCase(Labels, 1)]
    public async Task RunAsync_FullRunOfTheJournal_AsksOnlyTheRest(string program, int sampledCalls)
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        try
        {
            var first = Model();
            using (var journal = RlmJournal.Create(path))
                await RunAsync(program, first, sample: 10, journal);
            var rest = Model();
            ProgramRun resumed;
            using (var journal = RlmJournal.Resume(path))
                resumed = await RunAsync(program, rest, sample: null, journal);
            var whole = Model();
            var plain = await RunAsync(program, whole, sample: null);

            Assert.That((first.CallCount, rest.CallCount), Is.EqualTo((sampledCalls, whole.CallCount - sampledCalls)));
            Assert.That((resumed.Answer, resumed.Result.IsPartial), Is.EqualTo((plain.Answer, false)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task RunAsync_StageBehindASampledOne_IsScaledByItsShare()
    {
        const string program = "answer lines | where llm \"Good? {it}\" | map llm \"Say {it}\" | join \"; \"";
        var sampled = await RunAsync(program, Model(), sample: 100);
        var full = await RunAsync(program, Model(), sample: null);

        var told = sampled.Notes.Single(note => note.StartsWith("map llm", StringComparison.Ordinal));
        double calls = double.Parse(Number.Match(told.Split("about")[1]).Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        Assert.That(calls, Is.EqualTo(full.Answer!.Split("; ").Length).Within(25));
    }

    [Test]
    public async Task RunAsync_StageBehindAFold_IsToldAtLeast()
    {
        var run = await RunAsync(
            "answer lines | extend kind = llm \"Kind?\" as one of [\"a\", \"b\", \"c\"] | group by kind | map llm \"Say {key}\" | join \"; \"", Model(), sample: 10);

        Assert.That(run.Notes.Single(note => note.StartsWith("map llm", StringComparison.Ordinal)), Does.Contain("would take at least 3 calls, "));
    }

    [TestCase("answer lines | first 10 | map llm \"Say {it}\" | join \"; \"")]
    [TestCase("answer lines | first 3 | reduce llm \"Sum up.\"")]
    [TestCase("answer context | llm \"Sum up.\"")]
    public async Task RunAsync_NoMoreItemsThanTheSample_IsAsWithoutIt(string program)
    {
        var sampled = await RunAsync(program, Model(), sample: 10);
        var full = await RunAsync(program, Model(), sample: null);

        Assert.That((sampled.Answer, sampled.Result.IsPartial, sampled.Result.Usage.Calls), Is.EqualTo((full.Answer, false, full.Result.Usage.Calls)));
        Assert.That(sampled.Notes, Is.Empty);
    }

    [TestCase(Each, 10)]
    [TestCase(Labels, 1)]
    [TestCase("answer lines | reduce llm \"Sum up.\"", 1)]
    public async Task PlanAsync_Sample_TellsWhatItMakes(string program, int calls)
    {
        var plan = await ProgramRun.Session(ProgramRun.Items(Lines), Model(), new RlmOptions { SampleItems = 10 }).PlanAsync(program);

        Assert.That(plan.Calls, Is.EqualTo(calls));
    }

    [Test]
    public async Task PlanAsync_RandomPrograms_NeverTellFewerCallsThanTheSampleMakes()
    {
        int sampledRuns = 0;
        for (int seed = 0; seed < 150; seed++)
        {
            string context = ProgramRun.Items(20) + "\nlast one.";
            var model = Model();
            string program = RandomProgram.Of(seed);
            var session = ProgramRun.Session(context, model, new RlmOptions { SampleItems = 3, Parallel = 1, MaxCalls = 1_000 });
            var plan = await session.PlanAsync(program);
            var run = await ProgramRun.RunAsync(session, program);

            sampledRuns += run.Result.Losses.Any(loss => loss.Kind == RlmLossKind.Sampled) ? 1 : 0;
            if (plan.IsComplete)
                Assert.That(run.Result.Usage.Calls, Is.LessThanOrEqualTo(plan.MaxCalls), program);
        }

        Assert.That(sampledRuns, Is.GreaterThan(20));
    }

    [Test]
    public void Session_SampleOfNothing_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ProgramRun.Session("a", Model(), new RlmOptions { SampleItems = 0 }));

    private static string Estimate(ProgramRun run) => run.Notes.Single(note => note.Contains("all items would take", StringComparison.Ordinal));

    /// <summary>A model that says the same of a row in any pack, and counts words as tokens.</summary>
    private static ScriptedChatClient Model()
    {
        var rows = PlannedRun.Model(8_000, isByRow: true);
        return new ScriptedChatClient(async (call, token) => ScriptedChatClient.Response((await rows.GetResponseAsync(call.Messages, call.Options, token)).Text, call))
        { Services = rows.Services };
    }

    private static Task<ProgramRun> RunAsync(string program, ScriptedChatClient model, int? sample, RlmJournal? journal = null) =>
        ProgramRun.RunAsync(
            program, ProgramRun.Items(Lines), model,
            new RlmOptions { SampleItems = sample, Journal = journal, Price = new TokenPrice(1, 2), Parallel = 1, MaxCalls = 1_000 });

    [GeneratedRegex(@"(?<=item )\d+")]
    private static partial Regex Item { get; }

    [GeneratedRegex(@"\d[\d,.]*\d|\d")]
    private static partial Regex Number { get; }
}
