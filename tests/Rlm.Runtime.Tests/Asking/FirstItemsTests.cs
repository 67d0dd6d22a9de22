using Rlm.Runtime.Tests.Evaluation;

using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>A paid stage before `first n` reserves a round of calls at a time, and says what it did not reach.</summary>
internal sealed class FirstItemsTests
{
    /// <summary>A stage over rows such as <c>17 good</c>, and the same by what a row says.</summary>
    private static readonly (string Paid, string Free)[] Stages =
    [
        ("where llm \"Good?\" {pack}", "where it contains \"good\""),
        ("where llm \"Good?\" {pack} | map \"<{it}>\"", "where it contains \"good\" | map \"<{it}>\""),
        ("where llm \"Good?\" {pack} | where it contains \"7\"", "where it contains \"good\" | where it contains \"7\""),
        ("extend k = llm \"Good?\" as bool {pack} | where k | map text", "where it contains \"good\""),
        ("extend k = llm \"Good?\" as bool {pack} | select text, k | where not k | map text", "where not (it contains \"good\")"),
        ("map llm \"Good?\" as bool {pack} or skip", "map it contains \"good\""),
        ("extend k = llm \"Good?\" as bool {pack} votes 2 | where k | map text", "where it contains \"good\""),
    ];

    [Test]
    public async Task AnyStage_RandomRowsAndBudgets_GivesTheFirstOrSaysWhatItDidNotReach([Range(0, 6)] int kind, [Values(1, 2, 3)] int seed)
    {
        int whole = 0, ended = 0;
        for (int round = 0; round < 25; round++)
        {
            var random = new Random((seed * 1_000) + round);
            int rows = 1 + random.Next(400), pack = random.Next(3) == 0 ? 1 : 1 + random.Next(30), wanted = 1 + random.Next(12), rarity = 1 + random.Next(60);
            var options = new RlmOptions { MaxCalls = 1 + random.Next(30) };
            string context = string.Join('\n', Enumerable.Range(0, rows).Select(row => $"{row} {(random.Next(rarity) == 0 ? "good" : "bad")}"));
            string Program(string stage) => $"answer context | lines | {stage.Replace("{pack}", $"pack {pack}", StringComparison.Ordinal)} | first {wanted} | join \",\"";
            string[] all = ((await RunAsync(Program(Stages[kind].Free), context, Model())).Answer ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            // A filter that needs no reply goes ahead.
            int there = kind == 2 ? context.Split('\n').Count(row => row.Contains('7', StringComparison.Ordinal)) : rows;
            string detail = $"{rows} rows, {Program(Stages[kind].Paid)}, {options.MaxCalls} calls, one of {rarity} good";

            var plan = await Session(context, Model(), options).PlanAsync(Program(Stages[kind].Paid));
            var runs = new List<ProgramRun>();
            foreach (int parallel in new[] { 1, 3, 16 })
                runs.Add(await RunAsync(Program(Stages[kind].Paid), context, Model(), options with { Parallel = parallel }));

            var run = runs[0].Result;
            Assert.That(runs.Select(one => (one.Answer, one.Result.Usage.Calls, string.Join(';', one.Result.Losses))).Distinct().Count(), Is.EqualTo(1), detail);
            Assert.That(run.Usage.Calls, Is.LessThanOrEqualTo(Math.Min(options.MaxCalls, plan.Calls)), detail);
            Assert.That(plan.Calls, Is.EqualTo((kind == 6 ? 2 : 1) * ((there + pack - 1) / pack)), detail);
            if (run.Outcome == RlmOutcome.LimitReached)
            {
                Assert.That((run.Usage.Calls, options.MaxCalls, run.Diagnostics.Single().Id), Is.EqualTo((0, 1, "RLM4101")).And.Matches<object>(_ => kind == 6), detail);
                continue;
            }

            string[] found = (run.Answer ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            Assert.That(found, Is.EqualTo(all.Take(found.Length)), detail);
            if (run.IsPartial)
            {
                ended++;
                var loss = run.Losses.Single();
                int asked = there - (int)loss.Count!;
                Assert.That((loss.Kind, loss.Of, asked % pack), Is.EqualTo((RlmLossKind.LimitReached, (long?)there, 0)), detail);
                Assert.That((asked / pack * (kind == 6 ? 2 : 1), found.Length < wanted), Is.EqualTo((run.Usage.Calls, true)), detail);
                Assert.That(run.Usage.CallsLeft, Is.LessThan(kind == 6 ? 2 : 1), detail);
            }
            else
            {
                whole++;
                Assert.That(found, Is.EqualTo(all), detail);
            }
        }

        Assert.That((whole > 0, ended > 0 || kind == 5), Is.EqualTo((true, true)));
    }

    [TestCase("where llm \"Good?\" | first 1", 1, 1)]
    [TestCase("where llm \"Good?\" | map upper(it) | first 1", 50, 3)]
    [TestCase("extend k = llm \"Good?\" as bool | where k | first 1", 39_999, 400)]
    public async Task AnyStage_MorePacksThanCalls_IsAskedUntilThereIsEnough(string stage, int good, int calls)
    {
        // 1,000 packs of 40 rows.
        string context = string.Join('\n', Enumerable.Range(1, 40_000).Select(row => $"{row} {(row == good ? "good" : "bad")}"));

        var run = await RunAsync($"answer context | lines | {stage} | count", context, Model(), new RlmOptions());

        Assert.That((run.Answer, run.Result.Usage.Calls, run.Result.IsPartial), Is.EqualTo((calls == 400 ? "0" : "1", calls, calls == 400)));
        Assert.That(run.Result.Losses.Select(loss => loss.Text), calls < 400 ? Is.Empty
            : Is.EqualTo(["extend k = llm \"Good?\" as bool: 24,000 of 40,000 items were not asked about, since the calls ran out"]));
    }

    [Test]
    public async Task Resume_AfterTheCallsRanOut_GoesOnWithTheNextItems()
    {
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.jsonl");
        string context = string.Join('\n', Enumerable.Range(1, 90).Select(row => $"{row} {(row > 70 ? "good" : "bad")}"));
        const string program = "answer context | lines | where llm \"Good?\" pack 10 | first 1";
        var found = new List<(string?, int, bool)>();
        for (int i = 0; i < 3; i++)
        {
            using var journal = i == 0 ? RlmJournal.Create(path) : RlmJournal.Resume(path);
            var run = await RunAsync(program, context, Model(), new RlmOptions { MaxCalls = 4, Journal = journal });
            found.Add((run.Answer, run.Result.Usage.Calls, run.Result.IsPartial));
        }

        File.Delete(path);

        // The last round of the second run was cut short, and is whole in the third.
        Assert.That(found, Is.EqualTo([("", 4, true), ("71 good", 4, false), ("71 good", 1, false)]));
    }

    [Test]
    public async Task WhereLlm_ToolBehind_IsCalledOnceForEachItem()
    {
        int called = 0;
        var tool = new LambdaTool("look", "text", (_, _) =>
        {
            called++;
            return LambdaTool.Json("\"seen\"");
        });

        var run = await RunAsync(
            "answer context | lines | where llm \"Good?\" pack 1 | map look(it) | first 2 | count", "1 good\n2 good\n3 good", Model(), new RlmOptions { Tools = [tool] });

        Assert.That((run.Answer, called, run.Result.Usage.Calls), Is.EqualTo(("2", 2, 3)));
    }

    [Test]
    public async Task WhereLlm_OrFailAndCallsRanOut_EndsTheStatement()
    {
        var run = await RunAsync("answer context | lines | where llm \"Good?\" pack 1 or fail | first 9", Items(20), Model(), new RlmOptions { MaxCalls = 5 });

        Assert.That((run.Result.Outcome, run.Result.Answer), Is.EqualTo((RlmOutcome.LimitReached, (string?)null)));
        Assert.That(run.Result.Diagnostics.Single(), Has.Property(nameof(Diagnostic.Message)).EqualTo("15 of 20 items were not asked about, since the calls ran out"));
    }

    /// <summary>Says of each row whether it is good.</summary>
    private static ScriptedChatClient Model() => new(call =>
    {
        string prompt = call.LastText;
        bool isPack = prompt.Contains("<rows>\n", StringComparison.Ordinal);
        string[] rows = prompt.Split(isPack ? "<rows>\n" : "<data>\n")[1].Split(isPack ? "\n</rows>" : "\n</data>")[0].Split('\n');
        return string.Join('\n', rows.Select(row => $"{(isPack ? row.Split(' ')[0] + " " : "")}{(row.EndsWith("good", StringComparison.Ordinal) ? "true" : "false")}"));
    });
}
