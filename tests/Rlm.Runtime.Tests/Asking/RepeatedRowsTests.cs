using System.Text.RegularExpressions;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Asking.Packs;
using Rlm.Runtime.Replies;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>Rows whose prompts are equal are asked about once, and each of them has the reply.</summary>
internal sealed class RepeatedRowsTests
{
    private static readonly string[] Stages =
    [
        "map llm \"Which?\" as one of [\"a\", \"b\", \"c\"]",
        "map llm \"Which? {t}\" as one of [\"a\", \"b\", \"c\"]",
        "map llm \"Which?\" as one of [\"a\", \"b\", \"c\"] pack 7",
        "map llm \"Which? {t} {n}\" as one of [\"a\", \"b\", \"c\"] pack 3 votes 3",
        "extend k = llm \"How many? {t}\" as number | get k",
        "extend k = llm \"How many?\" as number pack 1 | get k",
        "map llm \"When? {t}\" as date",
        "map llm \"Good? {t}\" as bool?",
        "where llm \"Good? {t}\" | get t",
        "where llm \"Good?\" pack 4 | map \"{n} {t}\"",
        "map llm \"What? {t}\"",
        "map llm \"What? {t}\" as text",
        "map llm \"What? {t}\" pack 9",
        "extend llm \"Read. {t}\" as {kind: text, size: number} | map \"{n} {kind} {size}\"",
        "map llm \"Tags? {t}\" as list of text | map count(it)",
    ];

    [Test]
    public async Task AnyStage_RandomRows_GivesWhatEachRowAloneGivesForTheCallsOfDistinctRows(
        [ValueSource(nameof(Stages))] string stage, [Values(1, 7)] int parallel, [Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, 60 + random.Next(60)).Select(_ => $"{random.Next(1 + (seed * 2))};word{random.Next(12)}")];
        string program = $"answer context | extract \"{{n}};{{t}}\" | {stage} | join \"\\n\"";
        string single = Regex.Replace(program, " pack [0-9]+", "").Replace(" | where llm \"Good?\" |", " | where llm \"Good?\" pack 1 |", StringComparison.Ordinal);
        var alone = new List<string>();
        foreach (string row in rows)
        {
            if ((await RunAsync(single, row, Model())).Answer is { Length: > 0 } answer)
                alone.Add(answer);
        }

        var model = Model();
        var options = new RlmOptions { Parallel = parallel };
        var plan = await Session(string.Join('\n', rows), model, options).PlanAsync(program);
        var run = await RunAsync(program, string.Join('\n', rows), model, options);

        Assert.That(run.Answer, Is.EqualTo(string.Join('\n', alone)));
        int votes = stage.Contains("votes 3", StringComparison.Ordinal) ? 3 : 1, pack = Regex.Match(stage, "pack ([0-9]+)") is { Success: true } said ? int.Parse(said.Groups[1].Value, null)
            : Regex.IsMatch(stage, "as (one of|number|date|bool)|where llm") ? 40 : stage.Contains("as text", StringComparison.Ordinal) ? 20 : 1;
        bool isOfWord = Regex.IsMatch(stage, @"llm ""[^""]*\? \{t\}""") || stage.Contains("Read. {t}", StringComparison.Ordinal);
        int distinct = rows.Select(row => isOfWord ? row.Split(';')[1] : row).Distinct().Count();
        Assert.That((model.CallCount, run.Result.Usage.Calls, plan.Calls), Is.EqualTo((votes * ((distinct + pack - 1) / pack), model.CallCount, model.CallCount)));
        Assert.That((run.Result.IsPartial, plan.IsExact), Is.EqualTo((false, true)));
    }

    [TestCase("pack 1")]
    [TestCase("pack 50")]
    public async Task MapLlm_FailedCallStandsForRows_AllOfThemFailed(string pack)
    {
        string[] rows = [.. Enumerable.Repeat("bad", 20), "good", "fine", "bad", "good"];
        var model = new ScriptedChatClient(call => Answer(call, row => row == "bad" ? "perhaps" : "a"));
        const string stage = "map llm \"Which?\" as one of [\"a\", \"b\"]";

        var run = await RunAsync($"answer context | lines | {stage} {pack} | where it is failed | count", string.Join('\n', rows), model);
        var skipped = await RunAsync($"answer context | lines | {stage} {pack} or skip | count by it", string.Join('\n', rows), model);
        var replaced = await RunAsync($"answer context | lines | {stage} {pack} or \"b\" | count by it", string.Join('\n', rows), model);

        Assert.That(run.Answer, Is.EqualTo("21"));
        Assert.That(run.Result.Losses.Single(), Has.Property(nameof(RlmLoss.Count)).EqualTo(21).And.Property(nameof(RlmLoss.Of)).EqualTo(24));
        Assert.That(skipped.Answer, Does.Contain("| a | 3 |").And.Contain("| b | 0 |"));
        Assert.That(replaced.Answer, Does.Contain("| a | 3 |").And.Contain("| b | 21 |"));
    }

    [Test]
    public async Task MapLlm_ServerFailsForOneText_ItsRowsFailedAndProgressCountsThem()
    {
        string context = string.Join('\n', Enumerable.Range(0, 30).Select(row => row % 3 == 0 ? "bad" : $"row {row}"));
        var model = new ScriptedChatClient(call => call.LastText.Contains("bad", StringComparison.Ordinal) ? throw new ModelException(ModelFailure.ServerError, "it broke") : "ok");

        var run = await RunAsync("answer context | lines | map llm \"Say it.\" | where it is not failed | count", context, model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("20", 21)));
        Assert.That(run.Result.Reasons.Single(), Does.Contain("10 of 30 items failed: it broke"));
        Assert.That(run.Events.OfType<CallFinished>().Max(call => call.Failed), Is.EqualTo(10));
    }

    [Test]
    public async Task ExtendLlm_FailedItemsAmongRepeats_AreNotAskedAboutAndKeepTheirPlace()
    {
        var model = new ScriptedChatClient(call => Answer(call, row => row == "bad" ? "perhaps" : row.StartsWith("second", StringComparison.Ordinal) ? "b" : "a"));

        var run = await RunAsync(
            "let one = context | lines | extend k = llm \"Which? {it}\" as one of [\"a\", \"b\"] pack 1\nanswer one | map llm \"second {k}\" as one of [\"a\", \"b\"] | map \"{it}\" | count by it",
            "x\nbad\ny\nbad\nz\nx", model);

        Assert.That(run.Answer, Does.Contain("| [failed] | 2 |").And.Contain("4 |"));
    }

    [Test]
    public async Task ExtendLlm_QuotesOfEqualRows_EachStandInTheirOwnLine([Values("", "pack 10")] string pack)
    {
        var model = new ScriptedChatClient(call => Answer(call, row => row.Split(' ')[0]));

        var run = await RunAsync($"answer context | lines | extend q = llm \"Quote.\" as quote {pack} | map \"{{q}} {{q.line}}\" | join \" \"", "ab c\nde f\nab c\nab c", model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("ab 1 de 2 ab 3 ab 4", pack.Length == 0 ? 2 : 1)));
    }

    [Test]
    public async Task ExtendLlm_QuotesOfEqualPromptsAndOtherRows_AreAskedAboutEach()
    {
        var model = new ScriptedChatClient(call => Answer(call, _ => "same"));

        var run = await RunAsync("answer context | extract \"{t};{u}\" | extend q = llm \"Quote {t}\" as quote | map \"{q} {q.line}\" | join \" \"", "same;1\nsame;2", model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("same 1 same 2", 1)).Or.EqualTo(("same 1 same 2", 2)));
    }

    [Test]
    public async Task WhereLlm_FirstFew_RepeatsFarBehindDoNotCountAsFound([Values("pack 1", "pack 3", "")] string pack, [Values(1, 8)] int parallel)
    {
        // The first row is good, and so is the last, which repeats it; the good ones between are wanted.
        string[] rows = ["good", .. Enumerable.Range(0, 200).Select(row => row == 150 ? "good too" : $"bad {row}"), "good"];
        var model = new ScriptedChatClient(call => Answer(call, row => row.StartsWith("good", StringComparison.Ordinal) ? "true" : "false"));

        var run = await RunAsync($"answer context | lines | where llm \"Good?\" {pack} | first 2 | join \",\"", string.Join('\n', rows), model, new RlmOptions { Parallel = parallel });

        Assert.That(run.Answer, Is.EqualTo("good,good too"));
    }

    [TestCase("where llm \"Good?\" pack 10 | first 1", 1, 1)]
    [TestCase("where llm \"Good?\" pack 10 | first 1", 12, 3)]
    [TestCase("where llm \"Good?\" pack 10 | first 1", 35, 7)]
    [TestCase("where llm \"Good?\" pack 10 | first 1", 300, 31)]
    [TestCase("where llm \"Good?\" pack 1 | first 1", 1, 3)]
    [TestCase("where llm \"Good?\" pack 1 | first", 5, 9)]
    [TestCase("map llm \"Good?\" as bool pack 10 or skip | first 5", 1, 1)]
    [TestCase("extend k = llm \"Good?\" as bool pack 10 or skip | first 15", 1, 3)]
    [TestCase("map llm \"Good?\" as bool pack 10 | first 5", 1, 1)]
    [TestCase("map llm \"Good?\" as bool pack 10 or fail | first 5", 1, 50)]
    public async Task AnyStage_FirstFew_BeginsWithOnePackAndGrows(string stage, int good, int calls)
    {
        foreach (int parallel in new[] { 1, 16 })
        {
            var model = new ScriptedChatClient(call => Answer(call, row => row == $"item {good}" ? "true" : "false"));

            var run = await RunAsync($"answer context | lines | {stage}", Items(500), model, new RlmOptions { Parallel = parallel, MaxCalls = 500 });

            Assert.That((model.CallCount, run.Result.Usage.Calls, run.Result.Outcome), Is.EqualTo((calls, calls, RlmOutcome.Answered)));
        }
    }

    [Test]
    public async Task MapLlm_SkippedItemsAndFirst_GivesAsManyAsAreWanted()
    {
        var model = new ScriptedChatClient(call => Answer(call, row => int.Parse(row.Split(' ')[1], null) % 3 == 0 ? "perhaps" : "true"));

        var run = await RunAsync("answer context | lines | extend k = llm \"Good?\" as bool pack 4 or skip | first 20 | get text | join \",\"", Items(90), model);

        Assert.That(run.Answer, Is.EqualTo(string.Join(',', Enumerable.Range(1, 90).Where(item => item % 3 != 0).Take(20).Select(item => $"item {item}"))));
    }

    [Test]
    public async Task Default_SixThousandShortRows_AreLabelledAndAskedOnceMore()
    {
        var model = new ScriptedChatClient(call => Answer(call, row => call.LastText.Contains("How", StringComparison.Ordinal) ? "5" : "a"));

        var run = await RunAsync(
            "let rows = context | lines | extend k = llm \"Which?\" as one of [\"a\", \"b\"]\nlet more = rows | extend n = llm \"How many? {text}\" as number\nanswer \"{count(rows)} {sum(more.n)}\"",
            Items(6_000), model, new RlmOptions());

        Assert.That((run.Answer, run.Result.IsPartial, run.Result.Usage.Calls, run.Result.Usage.CallsLeft), Is.EqualTo(("6000 30000", false, 300, 100)));
    }

    [TestCase("as number", 256, 7)]
    [TestCase("as number?", 256, 7)]
    [TestCase("as date", 80, 2)]
    [TestCase("as bool", 80, 2)]
    [TestCase("as text", 80, 4)]
    [TestCase("as text?", 80, 4)]
    [TestCase("", 80, 80)]
    [TestCase("as quote", 80, 80)]
    [TestCase("as list of number", 80, 80)]
    [TestCase("as {n: number}", 80, 80)]
    public async Task Default_SmallScalars_ArePackedAsLabelsAre(string type, int rows, int calls)
    {
        var plan = await Session(Items(rows), new ScriptedChatClient()).PlanAsync($"answer context | lines | map llm \"What?\" {type}");

        Assert.That(plan.Calls, Is.EqualTo(calls));
    }

    [Test]
    public async Task Default_TextsAboutLongRows_AreAskedAboutAlone()
    {
        string context = string.Join('\n', Enumerable.Range(1, 10).Select(row => $"{row} {string.Concat(Enumerable.Repeat("many words ", 700))}"));

        var plan = await Session(context, new ScriptedChatClient()).PlanAsync("answer context | lines | map llm \"Sum up.\" as text");

        Assert.That(plan.Calls, Is.EqualTo(10));
    }

    [Test]
    public async Task Resume_JournalTornAtAnyCall_AsksForWhatIsMissingOnly([Range(0, 5)] int kept)
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        string context = string.Join('\n', Enumerable.Range(0, 200).Select(row => $"row {row % 50}"));
        const string program = "answer context | lines | map llm \"How many?\" as number pack 10 | sum";
        var model = new ScriptedChatClient(call => Answer(call, row => row.Split(' ')[1]));
        try
        {
            ProgramRun whole, resumed, replayed;
            using (var journal = RlmJournal.Create(path))
                whole = await RunAsync(program, context, model, new RlmOptions { Journal = journal, Parallel = 1 });
            int calls = 0;
            File.WriteAllLines(path, (await File.ReadAllLinesAsync(path)).TakeWhile(line => !line.Contains("\"event\":\"call\"", StringComparison.Ordinal) || calls++ < kept));
            using (var journal = RlmJournal.Resume(path))
                resumed = await RunAsync(program, context, model, new RlmOptions { Journal = journal, Parallel = 1 });
            using (var journal = RlmJournal.Replay(path))
                replayed = await RunAsync(program, context, new ScriptedChatClient(), new RlmOptions { Journal = journal, Parallel = 1 });

            Assert.That((whole.Result.Usage.Calls, resumed.Result.Usage.Calls), Is.EqualTo((5, 5 - kept)));
            Assert.That((whole.Answer, resumed.Answer, replayed.Answer), Is.EqualTo(("4900", "4900", "4900")));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public void TryAdd_MorePromptsThanAreKnown_FindsThoseOfTheFirst()
    {
        AskItem[] items = [.. "a b c b c a c".Split(' ').Select(text => new AskItem("?", text, null))];
        var finder = new RepeatFinder(items, comparesSources: false, maxPrompts: 2);

        bool[] repeats = [.. items.Select((item, place) => finder.TryAdd(place, item))];

        Assert.That(repeats, Is.EqualTo(new[] { false, false, false, true, false, true, false }));
        Assert.That((finder.Found!.Count, finder.Found.Of(0).Single(), finder.Found.Of(1).Single(), finder.Found.Of(2).Count()), Is.EqualTo((2, 5, 3, 0)));
    }

    private static ScriptedChatClient Model() => new(call =>
    {
        string type = PromptMarkers.Unwrap(call.LastText, PromptMarkers.Reply)!;
        return Answer(call, row =>
        {
            int sum = row.Sum(letter => letter);
            return type.StartsWith("one of", StringComparison.Ordinal) ? new[] { "a", "b", "c" }[sum % 3]
                : type.StartsWith("number", StringComparison.Ordinal) ? $"{sum}"
                : type.StartsWith("date", StringComparison.Ordinal) ? $"2026-03-{1 + (sum % 28):00}"
                : type.StartsWith("bool", StringComparison.Ordinal) ? sum % 2 == 0 ? "true" : "false"
                : type.StartsWith("list", StringComparison.Ordinal) ? $"[{string.Join(", ", Enumerable.Repeat("\"x\"", sum % 4))}]"
                : type.StartsWith('{') ? $"{{\"kind\": \"k{sum % 5}\", \"size\": {sum}}}"
                : $"said {sum}";
        });
    });

    /// <summary>The reply about the rows, or the one item, of a prompt.</summary>
    private static string Answer(ScriptedCall call, Func<string, string> answer)
    {
        if (PromptMarkers.Unwrap(call.LastText, PromptMarkers.Rows) is not { } rows)
            return answer(PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!.Trim('\n'));

        return string.Join('\n', Regex.Split(rows.Trim('\n'), "(?:^|\n)(?=\\[[0-9]+\\] )").Where(row => row.Length > 0).Select(row => Regex.Match(row, "^\\[([0-9]+)\\] (.*)$", RegexOptions.Singleline))
            .Select(row => $"[{row.Groups[1].Value}] {answer(row.Groups[2].Value.Replace("\n  ", "\n", StringComparison.Ordinal))}"));
    }
}
