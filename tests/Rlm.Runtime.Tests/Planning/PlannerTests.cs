using Rlm.Dsl.Operators;
using Rlm.Runtime.Tests.Evaluation;

namespace Rlm.Runtime.Tests.Planning;

internal sealed class PlannerTests
{
    private const int Programs = 540;
    private const int MostCalls = 500;

    /// <summary>So long that the items do not fit one call of the small window.</summary>
    private static readonly string Filler = string.Concat(Enumerable.Repeat("a1", 40));

    [TestCase(8_000, false)]
    [TestCase(8_000, true)]
    [TestCase(1_460, false)]
    [TestCase(1_460, true)]
    public async Task PlanAsync_RandomPrograms_NeverUnderstatesAndIsExactWhereItSaysSo(int windowTokens, bool isSloppy)
    {
        int ran = 0, exact = 0, bounded = 0, unknown = 0;
        var wrong = new List<string>();
        for (int seed = 0; seed < Programs; seed++)
        {
            var model = PlannedRun.Model(windowTokens, isSloppy);
            string context = ProgramRun.Items(3 + (seed % 9)).Replace("\n", $" {Filler}\n", StringComparison.Ordinal)
                + "\nitem 1\nlast one.";
            string program = RandomProgram.Of(seed);
            var planned = await PlannedRun.OfAsync(program, context, model, MostCalls);
            ran++;
            bool isWhole = planned.Run.Result is { IsPartial: false, Outcome: RlmOutcome.Answered };
            foreach (var (stage, made, lines) in planned.Stages)
            {
                bool isKnown = lines.Length > 0 && lines.All(line => line.Certainty != SpendingCertainty.NotKnown);
                bool isExact = lines.Length > 0 && lines.All(line => line.Certainty == SpendingCertainty.Exactly);
                (unknown, bounded, exact) =
                    (unknown + (isKnown ? 0 : 1), bounded + (isKnown && !isExact ? 1 : 0), exact + (isExact ? 1 : 0));
                long calls = lines.Sum(line => line.Calls), most = lines.Sum(line => line.MaxCalls);
                if (lines.Length == 0 || (isKnown && made > (isSloppy ? most : calls))
                    || (isExact && !isSloppy && isWhole && made != calls))
                    wrong.Add(
                        $"{seed}: `{stage}` made {made}, planned {calls} to {most}: {string.Join(", ", lines.Select(line => line.Certainty))}\n{program}\n");
            }

            var usage = planned.Run.Result.Usage;
            if (planned.Plan.IsComplete && (usage.InputTokens > planned.Plan.Stages.Sum(stage => stage.MaxInputTokens)
                || usage.OutputTokens > planned.Plan.Stages.Sum(stage => stage.MaxOutputTokens)))
                wrong.Add(
                    $"{seed}: {usage.InputTokens} tokens in, {usage.OutputTokens} out of {planned.Plan.Stages.Sum(stage => stage.MaxInputTokens)}, {planned.Plan.Stages.Sum(stage => stage.MaxOutputTokens)}\n{program}\n");
            if (planned.Plan.StopsAt is null != planned.Run.Result.Diagnostics.All(
                diagnostic => diagnostic.Severity != DiagnosticSeverity.Error) && planned.Plan.StopsAt is not null)
                wrong.Add($"{seed}: stops at {planned.Plan.StopsAt.Message}\n{program}\n");
        }

        TestContext.Out.WriteLine($"{ran} programs; stages: {exact} exact, {bounded} bounded, {unknown} not known");
        Assert.That(wrong, Is.Empty, string.Join('\n', wrong.Take(6)));
        Assert.That(
            (ran > 200, exact > 100, bounded > 100), Is.EqualTo((true, true, true)), $"{ran} programs, {exact} exact, {bounded} bounded");
    }

    [TestCase(8_000)]
    [TestCase(1_460)]
    public async Task PlanAsync_RandomProgramsOfTornJournals_NeverUnderstatesAndGivesTheSame(int windowTokens)
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        int ran = 0, again = 0;
        for (int seed = 0; seed < Programs / 2; seed++)
        {
            var random = new Random(seed);
            var model = PlannedRun.Model(windowTokens, isSloppy: true);
            string context = ProgramRun.Items(2 + (seed % 5)).Replace("\n", $" {Filler}\n", StringComparison.Ordinal);
            string program = RandomProgram.Of(seed);
            File.Delete(path);
            ProgramRun whole;
            using (var journal = RlmJournal.Create(path))
                whole = await ProgramRun.RunAsync(
                    program, context, model, new RlmOptions { MaxCalls = MostCalls, Parallel = 1, Journal = journal });
            if (whole.Result.Outcome == RlmOutcome.LimitReached)
                continue;

            // Half of the journals lack re-asks alone.
            bool anyCall = seed % 2 == 0;
            string[] asked = [.. model.Calls.Select(call => call.LastText)];
            int call = -1;
            bool IsTorn(string line) => line.Contains("\"event\":\"call\"", StringComparison.Ordinal)
                && (asked[++call].Contains("An earlier reply", StringComparison.Ordinal) || anyCall) && random.Next(3) == 0;
            string[] kept = [.. (await File.ReadAllLinesAsync(path)).Where(line => !IsTorn(line))];
            await File.WriteAllLinesAsync(path, kept);
            var questions = new List<SpendingPlan>();
            using var torn = RlmJournal.Resume(path);
            var session = ProgramRun.Session(context, model, new RlmOptions
            {
                MaxCalls = MostCalls,
                Parallel = 1,
                Journal = torn,
                Confirm = (asking, _) => { questions.Add(asking); return ValueTask.FromResult(true); }
            });
            var plan = await session.PlanAsync(program);
            var run = await ProgramRun.RunAsync(session, program);

            string shown = $"{seed}: {string.Join("; ", run.Result.Reasons)}\n{program}";

            // One that could not ask again as often as it wanted goes on where it stopped.
            if (!whole.Notes.Any(note => note.Contains("items failed", StringComparison.Ordinal)))
                Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((whole.Answer, whole.Result.IsPartial)), shown);
            if (plan.IsComplete)
            {
                Assert.That(run.Result.Usage.Calls, Is.LessThanOrEqualTo(plan.MaxCalls), shown);
                if (plan.Stages.All(stage => stage.Calls <= MostCalls))
                    Assert.That(questions, Has.Count.EqualTo(plan.MaxCalls == 0 ? 0 : 1), shown);
            }

            ran++;
            again += plan.IsComplete && !anyCall && run.Result.Usage.Calls > 0 ? 1 : 0;
        }

        File.Delete(path);
        TestContext.Out.WriteLine($"{ran} programs, {again} of which lacked re-asks alone");
        Assert.That(again, Is.GreaterThan(5));
    }

    [TestCase("answer context | lines | map llm \"Say: {it}\"", "map llm \"Say: {it}\": Exactly 3..6")]
    [TestCase("context | lines | map llm \"Say: {it}\"\nanswer context | lines | first 2 | map llm \"Say: {it}\"", "map llm \"Say: {it}\": Exactly 3..6", "map llm \"Say: {it}\": Exactly 0..2")]
    [TestCase("answer context | lines | map llm \"Say: {it}\" votes 3", "map llm \"Say: {it}\" votes 3: Exactly 9..18")]
    [TestCase("answer context | lines | where llm \"Good?\" or skip | first 1", "where llm \"Good?\" or skip: AtMost 1..3")]
    [TestCase("answer context | lines | where llm \"Good?\" | map llm \"Why?\"", "where llm \"Good?\": Exactly 1..3", "map llm \"Why?\": AtMost 3..6")]
    [TestCase("answer context | lines | extend k = llm \"?\" as one of [\"a\", \"b\"] | where k == \"a\" | map llm \"Why {text}?\"", "extend k = llm \"?\" as one of [\"a\", \"b\"]: Exactly 1..3", "map llm \"Why {text}?\": AtMost 3..6")]
    [TestCase("answer context | lines | map llm \"x\" as one of [\"a\", \"b\"] | count by it | map llm \"y\"", "map llm \"x\" as one of [\"a\", \"b\"]: Exactly 1..3", "map llm \"y\": AtMost 5..10")]
    [TestCase("answer context | llm \"Write.\" | chunk 2 lines | map llm \"x\"", "llm \"Write.\": Exactly 1..2", "map llm \"x\": AtMost 262144..524288")]
    [TestCase("answer context | llm \"Write.\" | lines | map llm \"x\"", "llm \"Write.\": Exactly 1..2", "map llm \"x\": AtMost 524288..1048576")]
    [TestCase("answer context | lines | map llm \"w\" | split \",\" | map llm \"x\"", "map llm \"w\": Exactly 3..6", "map llm \"x\": AtMost 1572867..3145734")]
    [TestCase("answer context | llm \"Write.\" | parse csv | map llm \"x\"", "llm \"Write.\": Exactly 1..2", "map llm \"x\": AtMost 524288..1048576")]
    [TestCase("answer context | llm \"Write.\" | extract \"{a}: {b}\" | first 4 | map llm \"x\"", "llm \"Write.\": Exactly 1..2", "map llm \"x\": AtMost 4..8")]
    [TestCase("answer context | llm \"Name.\" as list of text | map llm \"x\"", "llm \"Name.\" as list of text: Exactly 1..2", "map llm \"x\": AtMost 262145..524290")]
    [TestCase("answer context | lines | map llm \"Name.\" as list of text | flatten | map llm \"x\"", "map llm \"Name.\" as list of text: Exactly 3..6", "map llm \"x\": AtMost 786435..1572870")]
    [TestCase("answer context | lines | map llm \"n\" or \"none\" | lines | map llm \"x\"", "map llm \"n\" or \"none\": Exactly 3..6", "map llm \"x\": not known before `map llm \"n\" or \"none\"` has been asked")]
    [TestCase("answer context | llm \"Write.\" | parse markdown | lines | map llm \"x\"", "llm \"Write.\": Exactly 1..2", "map llm \"x\": not known before `llm \"Write.\"` has been asked")]
    [TestCase("answer context | llm \"Write.\" | lines | first 2 | map llm \"x\"", "llm \"Write.\": Exactly 1..2", "map llm \"x\": AtMost 2..4")]
    [TestCase("let s = context | llm \"Sum up.\"\nlet unused = context | llm \"No.\"\nanswer context | lines | map llm \"{s}: {it}\"", "llm \"Sum up.\": Exactly 1..2", "map llm \"{s}: {it}\": AtMost 3..6")]
    [TestCase("let s = context | llm \"Sum up.\"\nassert s == \"x\"\nanswer context | lines | map llm \"{it}\"", "llm \"Sum up.\": Exactly 1..2", "map llm \"{it}\": AtMost 3..6")]
    [TestCase("assert (context | lines | count) == 3\nanswer context | lines | map llm \"{it}\"", "map llm \"{it}\": Exactly 3..6")]
    [TestCase("answer context | lines | reduce llm \"Merge {key}.\" by it", "reduce llm \"Merge {key}.\" by it: Exactly 3..6")]
    [TestCase("let n = 1\nanswer max((context | llm \"How many?\" as number), n)", "llm \"How many?\" as number: Exactly 1..2")]
    [TestCase("answer context | lines | map llm \"x\" | reduce llm \"Merge.\"", "map llm \"x\": Exactly 3..6", "reduce llm \"Merge.\": AtMost 1..2")]
    [TestCase("context | lines | map llm \"x\"\nanswer \"done\"\ncontext | llm \"never\"", "map llm \"x\": Exactly 3..6")]
    public async Task PlanAsync_Program_TellsEachStage(string program, params string[] stages)
    {
        var plan = await ProgramRun.Session("a\nb\nc", new ScriptedChatClient()).PlanAsync(program);

        Assert.That(plan.Stages.Select(Told), Is.EqualTo(stages));
    }

    [TestCase("answer context | lines | map llm \"Say: {it}\"")]
    [TestCase("answer context | lines | map llm \"x\" | reduce llm \"Merge.\"")]
    public async Task PlanAsync_PricesByThePromptsLength_GoByEachPromptAndNotTheirSum(string program)
    {
        var session = (TokenPrice price) => ProgramRun.Session("a\nb\nc", new ScriptedChatClient(), new RlmOptions { Price = price });
        var plain = await session(new(1, 2)).PlanAsync(program);
        long sum = plain.Stages[0].InputTokens, longest = sum / 3;

        var below = await session(new(1, 2) { LongPrompt = new(10, 20), LongPromptTokens = sum }).PlanAsync(program);
        var above = await session(new(1, 2) { LongPrompt = new(10, 20), LongPromptTokens = longest - 1 }).PlanAsync(program);

        Assert.That(below.Stages[0].CostUsd, Is.EqualTo(plain.Stages[0].CostUsd).And.GreaterThan(0));
        Assert.That(
            above.Stages.Select(stage => (stage.CostUsd, stage.MaxCostUsd)),
            Is.EqualTo(plain.Stages.Select(stage => (10 * stage.CostUsd, 10 * stage.MaxCostUsd))));
    }

    /// <summary>What the tests above run has every operator in it, a new one by itself, and the same programs each time.</summary>
    [Test]
    public void RandomProgram_OfTheSeeds_HaveEveryOperator()
    {
        var session = ProgramRun.Session(ProgramRun.Items(5), new ScriptedChatClient());
        var operators = new Dictionary<string, int>();
        for (int seed = 0; seed < Programs; seed++)
        {
            string program = RandomProgram.Of(seed);
            Assert.That(seed % 50 > 0 || program == new RandomProgram(seed, text => session.Compile(text)).Write(), Is.True, program);
            foreach (var stage in session.Compile(program).Bound!.Pipelines.SelectMany(pipeline => pipeline.Stages))
                operators[stage.Operator.Name] = operators.GetValueOrDefault(stage.Operator.Name) + 1;
        }

        TestContext.Out.WriteLine($"{operators.Count} operators: {string.Join(", ", operators.OrderBy(found => found.Value).Select(found => $"{found.Key} {found.Value}"))}");
        Assert.That(
            OperatorCatalog.All.Select(signature => signature.Name).Except(operators.Keys), Is.Empty);
    }

    [Test]
    public async Task PlanAsync_Tool_IsNotCalledAndSaysSo()
    {
        var tool = new LambdaTool("find", "text", (_, _) => throw new InvalidOperationException("called"));

        var plan = await ProgramRun.Session("a\nb", new ScriptedChatClient(), new RlmOptions { Tools = [tool] })
            .PlanAsync("answer find(\"x\") | lines | map llm \"y\"");

        Assert.That(plan.Stages.Select(Told), Is.EqualTo(new[] { "map llm \"y\": not known before the tool `find` has been called" }));
    }

    [Test]
    public async Task PlanAsync_AssertThatFails_StopsThere()
    {
        var plan = await ProgramRun.Session("a\nb", new ScriptedChatClient())
            .PlanAsync("context | llm \"x\"\nassert 1 == 2\nanswer context | lines | map llm \"y\"");

        Assert.That((plan.Stages.Count, plan.StopsAt?.Message), Is.EqualTo((1, "`1 == 2` does not hold")));
    }

    [TestCase(4, null)]
    [TestCase(3, "`map llm \"y\"` would make 2 calls; 1 is left of 3 then (MaxCalls)")]
    public async Task PlanAsync_Limits_SaysWhatIsRefused(int maxCalls, string? refusal)
    {
        var plan = await ProgramRun.Session("a\nb", new ScriptedChatClient(), new RlmOptions { MaxCalls = maxCalls, MaxTokens = 1_000 })
            .PlanAsync("context | lines | map llm \"x\"\nanswer context | lines | map llm \"y\"");

        Assert.That(plan.Refusal, Is.EqualTo(refusal));
        Assert.That(plan.Concerns.Single(), Does.Match(@"^up to [\d,]+ tokens and 1,000 are left \(MaxTokens\)$"));
    }

    [Test]
    public async Task PlanAsync_RepliesThatTheSessionHas_CostNothingAndAreKnown()
    {
        var session = ProgramRun.Session(
            "a\nb", new ScriptedChatClient(call => call.LastText.Contains("\na\n", StringComparison.Ordinal) ? "true" : "false"));
        await ProgramRun.RunAsync(session, "context | lines | where llm \"Good?\" pack 1");

        var plan = await session.PlanAsync("answer context | lines | where llm \"Good?\" pack 1 | map llm \"Why {it}?\"");

        Assert.That(
            plan.Stages.Select(Told),
            Is.EqualTo(new[] { "where llm \"Good?\" pack 1: Exactly 0..0", "map llm \"Why {it}?\": Exactly 1..2" }));
    }

    [Test]
    public void CostUsd_StageThatIsNotKnown_ComesOnTop()
    {
        var known = new SpendingStage("a", SpendingCertainty.Exactly) { CostUsd = 1, MaxCostUsd = 2 };
        var plan = new SpendingPlan([known, new SpendingStage("b", SpendingCertainty.NotKnown)]);

        Assert.That((plan.CostUsd, plan.MaxCostUsd), Is.EqualTo(((decimal?)1, (decimal?)2)));
        Assert.That(new SpendingPlan([known, new SpendingStage("c", SpendingCertainty.Exactly)]).CostUsd, Is.Null);
    }

    private static string Told(SpendingStage stage) => stage.KnownAfter is { } after
        ? $"{stage.Stage}: not known before {after}"
        : $"{stage.Stage}: {stage.Certainty} {stage.Calls}..{stage.MaxCalls}";
}
