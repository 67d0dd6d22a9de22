using System.Text.RegularExpressions;
using Rlm.Runtime.Replies;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>With <c>around n</c> a call shows the n items beside each, and asks about none of them.</summary>
internal sealed partial class NeighboursTests
{
    private static readonly string[] Stages =
    [
        "map llm \"What?\"",
        "map llm \"What? {it}\"",
        "extend k = llm \"What?\" | get k",
        "map llm \"What?\" pack 1",
        "map llm \"What?\" as text",
        "map llm \"What?\" as text pack 4",
        "map llm \"What? {it}\" pack 7",
        "map llm \"What?\" pack 3 votes 3",
        "extend llm \"What?\" as {seen: text} | get seen",
        "extend llm \"What?\" as {seen: text} pack 5 | get seen",
    ];

    [Test]
    public async Task AnyStage_RandomRows_IsToldOfTheTrueNeighboursOfEach(
        [ValueSource(nameof(Stages))] string stage, [Values(1, 3)] int reach, [Values(1, 2)] int seed, [Values(1, 6)] int parallel, [Values] bool isClumsy)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(0, 1 + random.Next(40)).Select(_ => $"w{random.Next(8)}")];
        string program = $"answer context | lines | {stage.Replace("llm \"What?", $"llm \"What {reach}?", StringComparison.Ordinal)} around {reach} | join \"\\n\""
            .Replace($" | get k around {reach}", $" around {reach} | get k", StringComparison.Ordinal)
            .Replace($" | get seen around {reach}", $" around {reach} | get seen", StringComparison.Ordinal);
        var model = Model(reach, isClumsy);
        var options = new RlmOptions { Parallel = parallel };
        var plan = await Session(string.Join('\n', rows), model, options).PlanAsync(program);

        var run = await RunAsync(program, string.Join('\n', rows), model, options);

        Assert.That(run.Answer?.Split('\n'), Is.EqualTo(rows.Select((_, place) => WindowOf(rows, place, reach))), program);
        Assert.That(run.Result.IsPartial, Is.False);
        if (!isClumsy)
            Assert.That((model.CallCount, run.Result.Usage.Calls, plan.IsExact), Is.EqualTo(((int)plan.Calls!, (int)plan.Calls!, true)));
    }

    [TestCase("where llm \"Is it like those beside it?\" around 1", "a,a,b,b")]
    [TestCase("where llm \"Is it like those beside it?\" around 1 pack 2", "a,a,b,b")]
    [TestCase("where llm \"Is it like those beside it?\" around 1 | first 1", "a")]
    [TestCase("where llm \"Is it like those beside it?\" around 1 | where it != \"a\"", "b,b")]
    [TestCase("where llm \"Is it like those beside it?\" around 1 | where it == \"b\" | first 2", "b,b")]
    public async Task WhereLlm_FilterOrCutBehind_IsNotMovedBeforeIt(string stage, string expected)
    {
        var model = new ScriptedChatClient(call => Reply(call, window => window.Count(text => text == window[1]) > 1 ? "true" : "false", 1));

        var run = await RunAsync($"answer context | lines | {stage} | join \",\"", "x\na\na\ny\nb\nb\nz", model);

        Assert.That(run.Answer, Is.EqualTo(expected));
    }

    [TestCase("lines | map llm \"?\" around 1 | first 2", "(a)b a(b)c")]
    [TestCase("lines | extend k = llm \"?\" around 1 | first 2 | get k", "(a)b a(b)c")]
    [TestCase("lines | extend k = llm \"?\" around 1 | where text != \"b\" | get k", "(a)b b(c)d c(d)")]
    [TestCase("lines | map llm \"?\" around 1 | last 2", "b(c)d c(d)")]
    public async Task AnyStage_RowsLeftOutBehindIt_HaveBeenNeighbours(string stages, string expected)
    {
        var model = new ScriptedChatClient(call => Reply(call, window => Show(window), 1));

        var run = await RunAsync($"answer context | {stages} | join \" \"", "a\nb\nc\nd", model);

        Assert.That(run.Answer, Is.EqualTo(expected));
    }

    [Test]
    public async Task MapLlm_EqualRows_AreAskedAboutOnceWhereTheirNeighboursAreEqual()
    {
        var model = new ScriptedChatClient(call => Reply(call, window => Show(window), 1));

        var run = await RunAsync("answer context | lines | map llm \"?\" around 1 | join \" \"", "a\nb\na\nb\na\nb\nc", model);

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("(a)b a(b)a b(a)b a(b)a b(a)b a(b)c b(c)", 5)));
    }

    [Test]
    public async Task MapLlm_FailedAndBlankNeighbours_AreShownAsSuch([Values("", "pack 2", "pack 9")] string pack)
    {
        var model = new ScriptedChatClient(call => call.LastText.StartsWith("Number", StringComparison.Ordinal)
            ? Reply(call, window => window[0] is "1" or "2" or "4" ? window[0] : "perhaps", 0)
            : Reply(call, window => Show(window), 1));

        var run = await RunAsync(
            $"let numbers = context | lines | map llm \"Number?\" as number\nanswer numbers | map llm \"?\" around 1 {pack} | where it is not failed | join \" \"", "1\n2\nx\ny\n4", model);

        Assert.That(run.Answer, Is.EqualTo("(1)2 1(2)(failed) (failed)(4)"));
        Assert.That(run.Result.Losses.Select(loss => loss.Count), Does.Contain(2));
    }

    [Test]
    public async Task MapLlm_NeighbourChanged_IsAnotherCall()
    {
        var model = new ScriptedChatClient(call => Reply(call, window => Show(window), 1));
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        const string program = """
            let one = context | lines | map llm "?" around 1 | join " "
            let other = context | lines | map replace(it, "e", "X") | map llm "?" around 1 | join " "
            answer "{one} {other}"
            """;
        const string expected = "(a)b a(b)c b(c)d c(d)e d(e) (a)b a(b)c b(c)d c(d)X d(X)";
        try
        {
            ProgramRun run, replayed;
            using (var journal = RlmJournal.Create(path))
                run = await RunAsync(program, "a\nb\nc\nd\ne", model, new RlmOptions { Journal = journal });
            using (var journal = RlmJournal.Replay(path))
                replayed = await RunAsync(program, "a\nb\nc\nd\ne", new ScriptedChatClient(), new RlmOptions { Journal = journal });

            Assert.That((run.Answer, model.CallCount, replayed.Answer), Is.EqualTo((expected, 7, expected)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [TestCase("")]
    [TestCase("pack 9")]
    public async Task MapLlm_NeighboursThatNoWindowHolds_AreRefusedBeforeACall(string pack)
    {
        string context = string.Join('\n', Enumerable.Range(1, 5).Select(row => $"{row} {string.Concat(Enumerable.Repeat("many words ", 1_000))}"));
        var model = new ScriptedChatClient { Services = [new ChatClientTraits { WindowTokens = 12_000 }] };

        var run = await RunAsync($"answer context | lines | map llm \"?\" around 2 {pack}", context, model);

        Assert.That(run.Result.Diagnostics.Single().Message, Does.Match("^item [0-9] with its neighbours has about [0-9,]+ tokens; [0-9,]+ fit the model's window$"));
        Assert.That(run.Result.Diagnostics.Single().Help, Does.StartWith("show fewer neighbours, or cut it first"));
    }

    [Test]
    public async Task Plan_RepliesThatAreNotThere_TellsNoFewerCallsAndTokens([Values("", "pack 3", "as number", "as number pack 40")] string options, [Values(1, 4)] int reach)
    {
        string program = $"let said = context | lines | map llm \"First?\"\nanswer said | map llm \"Second?\" {options} around {reach} | join \"\\n\" | lines | count";
        var model = new ScriptedChatClient(call => Reply(call, window => call.LastText.StartsWith("First", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Repeat("word ", 60)) : "5", 0));
        var plan = await Session(Items(50), model).PlanAsync(program);

        var run = await RunAsync(program, Items(50), model);

        Assert.That(run.Answer, Is.EqualTo("50"));
        Assert.That(plan.Calls, Is.GreaterThanOrEqualTo(run.Result.Usage.Calls));
        Assert.That(plan.InputTokens, Is.GreaterThanOrEqualTo(run.Result.Usage.InputTokens));
    }

    [Test]
    public async Task OfflineModel_RowsAmongNeighbours_AreAnsweredForThemselves([Values("", "pack 1", "pack 3")] string pack)
    {
        const string context = "a terrible day\na wonderful gift\nterrible again\nso terrible\nwonderful";
        string stage = $"extend k = llm \"The sentiment?\" as one of [\"positive\", \"negative\"] {pack}";

        var alone = await RunAsync($"answer context | lines | {stage} | to json", context, new OfflineChatClient());
        var beside = await RunAsync($"answer context | lines | {stage} around 1 | to json", context, new OfflineChatClient());

        Assert.That(beside.Answer, Is.EqualTo(alone.Answer));
        Assert.That(alone.Answer, Does.Contain("positive").And.Contain("negative"));
    }

    /// <summary>Replies with the window of each row; a clumsy one is of no use the first time that it sees a prompt of several rows, or passes over one.</summary>
    private static ScriptedChatClient Model(int reach, bool isClumsy) => new(call =>
    {
        string type = PromptMarkers.Unwrap(call.LastText, PromptMarkers.Reply)!;
        string reply = Reply(call, window => type.StartsWith('{') ? $"{{\"seen\": \"{Show(window)}\"}}" : Show(window), reach);
        return isClumsy && !call.LastText.Contains("An earlier reply", StringComparison.Ordinal) && reply.Contains("\n[2]", StringComparison.Ordinal)
            ? string.Join('\n', reply.Split('\n').Where((_, place) => place % 3 != 1)) : reply;
    });

    private static string WindowOf(string[] rows, int place, int reach) =>
        $"{string.Concat(rows[Math.Max(0, place - reach)..place])}({rows[place]}){string.Concat(rows.Skip(place + 1).Take(reach))}";

    private static string Show(IReadOnlyList<string> window)
    {
        int asked = window.ToList().FindIndex(text => text.StartsWith('>'));
        return string.Concat(window.Select((text, place) => place == asked ? $"({text[1..]})" : text));
    }

    /// <summary>What is replied about each row of a prompt, by the texts that are shown beside it; the row itself is behind a <c>&gt;</c> where there are others.</summary>
    private static string Reply(ScriptedCall call, Func<IReadOnlyList<string>, string> answer, int reach)
    {
        bool isMarked = reach > 0 && !call.LastText.Contains("like those", StringComparison.Ordinal);
        var rows = PromptMarkers.Unwrap(call.LastText, PromptMarkers.Rows);
        (string Sign, string Text)[] shown = rows is not null ? ReadRows(rows)
            : [.. ReadRows(PromptMarkers.Unwrap(call.LastText, PromptMarkers.Before) ?? ""), ("1", PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!),
                .. ReadRows(PromptMarkers.Unwrap(call.LastText, PromptMarkers.After) ?? "")];
        var replies = new List<string>();
        for (int place = 0; place < shown.Length; place++)
        {
            if (shown[place].Sign == "-")
                continue;

            string[] window = [.. shown[Math.Max(0, place - reach)..Math.Min(shown.Length, place + 1 + reach)].Select(row => row.Text)];
            window[Math.Min(place, reach)] = $"{(isMarked ? ">" : "")}{shown[place].Text}";
            replies.Add(rows is null ? answer(window) : $"[{shown[place].Sign}] {answer(window)}");
        }

        return string.Join('\n', replies);
    }

    private static (string Sign, string Text)[] ReadRows(string rows) =>
        [.. RowOpening.Matches(rows).Select(row => (row.Groups["sign"].Value, row.Groups["text"].Value))];

    [GeneratedRegex(@"^\[(?<sign>[-\d]+)\] (?<text>.*(\n  .*)*)", RegexOptions.Multiline)]
    private static partial Regex RowOpening { get; }
}
