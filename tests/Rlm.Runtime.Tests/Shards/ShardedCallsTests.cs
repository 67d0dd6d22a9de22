using Microsoft.Extensions.AI;
using Rlm.Runtime.Tests.Planning;

namespace Rlm.Runtime.Tests.Shards;

/// <summary>Shards pay for their own rows, and the merge takes what they paid.</summary>
internal sealed class ShardedCallsTests
{
    private const int MostShards = 5;

    private static readonly string Log = string.Concat(Enumerable.Range(1, 60).Select(static number =>
        $"{(number % 7 == 0 ? "ERROR" : number % 5 == 0 ? "WARN" : "INFO")} [w{number % 4}] ms={number * 37 % 101} job {number}\n"));

    /// <summary>Lines that several shards have.</summary>
    private static readonly string Repeated = string.Concat(Enumerable.Range(1, 40).Select(static number =>
        $"{(number % 3 == 0 ? "ERROR" : "WARN")} [w{number % 4}] ms={number % 7 * 20} job\n")) + "ERROR [w9] ms=77 job 1\n";

    /// <summary>Programs whose calls are all about single rows.</summary>
    private static readonly string[] OfRows =
    [
        "grep /ERROR/ | map llm \"Why: {it}\"", "grep /ERROR/ | map llm \"Why?\" as text | join \", \"", "lines | where llm \"A failure?\" | count",
        "lines | extend k = llm \"Which kind?\" as one of [\"a\", \"b\"] | count by k | sort by k",
        "extract /\\[(?<w>w\\d)\\] ms=(?<ms>\\d+)/ | where number(ms) > 50 | extend n = llm \"How bad is {ms}?\" as number | sum n by w | sort by w",
        "lines | where it contains \"WARN\" | map llm \"Say: {it}\" as number | sum it", "grep /ERROR/ | map llm \"Rate\" as number votes 3 | sum it",
        "let kinds = [\"a\", \"b\", \"c\"]\ncontext | grep /ERROR/ | extend k = llm \"Which?\" as one of kinds | count by k | sort by k",
        "let bad = context | grep /ERROR/ | map llm \"Why?\" as text\nbad | count\nanswer bad | first 1",
    ];

    /// <summary>Programs of which the merge asks something, or all.</summary>
    private static readonly string[] OfAll =
    [
        "grep /ERROR/ | first 3 | map llm \"Why?\"", "lines | where llm \"A failure?\" | first 2", "grep /ERROR/ | map llm \"{line}: {it}\"", "chunk 10 lines | map llm \"Sum up.\"",
        "grep /ERROR/ | map llm \"Why?\" | reduce llm \"Sum up.\"", "llm \"Sum up.\"", "grep /ERROR/ | sort by it desc | map llm \"Why?\"",
        "lines | extend k = llm \"Kind?\" as one of [\"a\", \"b\"] | where k == \"a\" | map llm \"{cite}: why?\" | join \" \"",
        "grep /ERROR|WARN/ | where llm \"Bad?\" | map llm \"Why?\" | last 2", "words | first 2 | map llm \"Say {it}\"",
    ];

    [Test]
    public async Task Merge_CallsAboutRows_TakesAllFromTheShards([ValueSource(nameof(OfRows))] string program, [Values] bool isRepeated)
    {
        var whole = NewModel();
        IReadOnlyList<RlmVariable> Variables() => VariablesOf(isRepeated ? Repeated : Log);
        string told = await ShardedRun.TellAsync(program, Variables(), whole);
        for (int count = 1; count <= MostShards; count++)
        {
            using var folder = new PartFolder();
            var model = NewModel();
            await folder.PayAsync(program, Variables, count, model);
            int paid = model.CallCount;
            using var parts = RlmParts.Open(folder.Paths);
            string merged = await ShardedRun.TellAsync(program, parts.Variables, model, new RlmOptions { Parallel = 1, MaxCalls = 0, Parts = parts });

            Assert.That(merged, Is.EqualTo(told), $"{count} shards");
            Assert.That(model.CallCount, Is.EqualTo(paid), "the merge asked");
            Assert.That(parts.Paid!.Calls, Is.EqualTo(paid));
            // A pack that is not full, for each stage and vote, and rows that two shards have.
            Assert.That(paid, count == 1 ? Is.EqualTo(whole.CallCount) : Is.InRange(whole.CallCount, whole.CallCount * count));
        }
    }

    [Test]
    public async Task Merge_SingleCalls_AreAsManyAsOfTheRun()
    {
        const string Program = "grep /ERROR/ | map llm \"Why: {it}\"";
        var whole = NewModel();
        await ShardedRun.TellAsync(Program, Variables(), whole);
        for (int count = 1; count <= MostShards; count++)
        {
            using var folder = new PartFolder();
            var model = NewModel();
            await folder.PayAsync(Program, Variables, count, model);

            Assert.That(model.CallCount, Is.EqualTo(whole.CallCount), $"{count} shards");
        }
    }

    [Test]
    public async Task Merge_CallsThatGoAcrossShards_AreMadeByTheMerge([ValueSource(nameof(OfAll))] string program)
    {
        var whole = NewModel();
        string told = await ShardedRun.TellAsync(program, Variables(), whole);
        for (int count = 1; count <= MostShards; count++)
        {
            using var folder = new PartFolder();
            var model = NewModel();
            await folder.PayAsync(program, Variables, count, model);
            int paid = model.CallCount;
            using var parts = RlmParts.Open(folder.Paths);
            string merged = await ShardedRun.TellAsync(program, parts.Variables, model, new RlmOptions { Parallel = 1, Parts = parts });

            Assert.That(merged, Is.EqualTo(told), $"{count} shards");
            Assert.That(model.CallCount, Is.InRange(whole.CallCount, paid + whole.CallCount));
        }
    }

    [Test]
    public async Task MapStreamingAsync_LimitOfCalls_WritesThePartAndSaysWhy()
    {
        const string Program = "grep /ERROR/ | map llm \"Why: {it}\"";
        using var folder = new PartFolder();
        var model = NewModel();
        var results = await folder.PayAsync(Program, Variables, 2, model, new RlmOptions { MaxCalls = 3, Parallel = 1 });

        Assert.That(results.Select(static result => result.Outcome), Is.All.EqualTo(RlmOutcome.LimitReached));
        Assert.That(model.CallCount, Is.Zero);
        using var parts = RlmParts.Open(folder.Paths);
        Assert.That(parts.Unpaid, Has.Count.EqualTo(2).And.All.StartWith("shard 1/2: ").Or.All.Contains("`map llm"));
        string merged = await ShardedRun.TellAsync(Program, parts.Variables, model, new RlmOptions { Parallel = 1, Parts = parts });
        Assert.That(merged, Is.EqualTo(await ShardedRun.TellAsync(Program, Variables(), NewModel())));
    }

    /// <summary>Rows whose replies are of no use are not asked about again, and one that got none is.</summary>
    [TestCase("no type at all", 0)]
    [TestCase(null, 2)]
    public async Task Merge_RowsThatFailedInAShard_AreToldAsByTheRun(string? reply, int asked)
    {
        const string Program = "grep /ERROR/ | extend n = llm \"How bad?\" as number pack 1 | count by n | sort by n";
        ChatResponse Answer(ScriptedCall call) => !call.LastText.Contains("job 7\n", StringComparison.Ordinal) && !call.LastText.Contains("job 42", StringComparison.Ordinal)
            ? ScriptedChatClient.Response("4", call)
            : reply is null ? throw new TimeoutException("gone") : ScriptedChatClient.Response(reply, call);
        ScriptedChatClient NewFailing() => new((call, _) => Task.FromResult(Answer(call)));
        string told = await ShardedRun.TellAsync(Program, Variables(), NewFailing());
        using var folder = new PartFolder();
        await folder.PayAsync(Program, Variables, 2, NewFailing());
        using var parts = RlmParts.Open(folder.Paths);
        var merging = NewFailing();

        Assert.That(await ShardedRun.TellAsync(Program, parts.Variables, merging, new RlmOptions { Parallel = 1, Parts = parts }), Is.EqualTo(told));
        Assert.That(merging.CallCount, asked == 0 ? Is.Zero : Is.GreaterThanOrEqualTo(asked));
        Assert.That(parts.Unpaid, Is.Not.Empty);
    }

    [Test]
    public async Task Merge_OtherModel_IsRefused()
    {
        const string Program = "grep /ERROR/ | map llm \"Why?\"";
        using var folder = new PartFolder();
        await folder.PayAsync(Program, Variables, 2, NewModel());
        using var parts = RlmParts.Open(folder.Paths);
        var run = await ProgramRun.RunAsync(new RlmSession(PlannedRun.Model(9_000, isByRow: true), parts.Variables, new RlmOptions { Parts = parts }), Program);

        Assert.That((run.Result.Outcome, run.Result.Reasons.Single()), Is.EqualTo((RlmOutcome.Failed,
            "the shards asked `unknown` with a window of 8,000 and 200 tokens of reply, and this is `unknown` with a window of 9,000 and 200 tokens of reply; "
            + "merge with the same one, so that nothing is paid twice, or make all parts again")));
    }

    [Test]
    public async Task MapStreamingAsync_ModelThatCannotBeUsed_WritesNoPart()
    {
        using var folder = new PartFolder();
        var broken = new ScriptedChatClient((_, _) => throw new ModelException(ModelFailure.Unauthorized, "the key is wrong"));
        var results = await folder.PayAsync("grep /ERROR/ | map llm \"Why: {it}\"", Variables, 1, broken);

        Assert.That((results[0].Outcome, results[0].ModelFailure), Is.EqualTo((RlmOutcome.Failed, (ModelFailure?)ModelFailure.Unauthorized)));
        Assert.That(File.Exists(folder.Paths[0]), Is.False);
    }

    [Test]
    public void PartOf_NumbersOfAllShards_AddUp([Values(1, 3, 64, 1000)] int count, [Values(0L, 1L, 63L, 400L, 10_000_000_000L)] long all)
    {
        var parts = Enumerable.Range(1, count).Select(number => new RlmShard(number, count).PartOf(all)).ToList();

        Assert.That(parts.Sum(), Is.EqualTo(all));
        Assert.That(parts.Max() - parts.Min(), Is.LessThanOrEqualTo(1));
    }

    private static ScriptedChatClient NewModel() => PlannedRun.Model(8_000, isByRow: true);

    private static IReadOnlyList<RlmVariable> Variables() => VariablesOf(Log);

    private static IReadOnlyList<RlmVariable> VariablesOf(string text) => [RlmVariable.Text("context", TextSource.FromString(text, "big.log"))];
}
