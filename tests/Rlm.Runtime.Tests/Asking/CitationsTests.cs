using System.Text.RegularExpressions;
using Rlm.Runtime.Replies;
using static Rlm.Runtime.Tests.ProgramRun;

namespace Rlm.Runtime.Tests.Asking;

/// <summary>With citations the numbers that a reply cites are those of texts it was shown, and stand in the answer as <c>file:line</c>.</summary>
internal sealed partial class CitationsTests
{
    private static readonly string[] Stages =
    [
        "llm \"What?\"",
        "lines | llm \"What?\"",
        "lines | map llm \"What?\"",
        "lines | map llm \"What is {it}?\"",
        "lines | map llm \"What?\" around 2",
        "chunk 3 lines | map llm \"What?\"",
        "chunk 3 lines | extend why = llm \"What?\" | get why",
        "lines | chunk 4 items | extend llm \"What?\" as {why: text} | get why",
        "chunk 5 lines | map llm \"What?\" as list of text | flatten",
        "lines | reduce llm \"What?\"",
        "lines | extend k = length(it) % 3 | reduce llm \"What?\" by k | get text",
        "lines | extract \"{n} {t}\" | map llm \"What is {t} of {n}?\"",
        "lines | map {u: it} | group by u | map llm \"What? {items}\"",
        "lines | extend k = length(it) % 3 | group by k | map llm \"What?\"",
    ];

    [Test]
    public async Task AnyStage_AnyForm_CitesTheLineOfEachStatement(
        [ValueSource(nameof(Stages))] string stage, [Values(1, 2, 3)] int seed, [Values] bool holdsBrackets, [Values(1, 5)] int parallel)
    {
        var random = new Random(seed);
        string[] rows = [.. Enumerable.Range(1, 20 + random.Next(140)).Select(row =>
            $"{random.Next(9)} {(random.Next(3) == 0 ? $"fact{row}x" : "nothing")}{(holdsBrackets && random.Next(4) == 0 ? $" see [{random.Next(30)}] and [b{random.Next(9)}]" : "")} {string.Concat(Enumerable.Repeat("words ", random.Next(30)))}")];
        rows[0] = "1 fact1x";
        string program = "answer context | " + CallEnd.Replace(stage, "$0 with citations", 1) + " | to json";
        var model = Model(stage.Contains("reduce", StringComparison.Ordinal) ? 4_000 : 16_000);
        var options = new RlmOptions { Parallel = parallel };
        var plan = await Session(string.Join('\n', rows), model, options).PlanAsync(program);

        var run = await RunAsync(program, string.Join('\n', rows), model, options);

        string[] said = [.. Statement.Matches(run.Answer ?? "").Select(match => $"{match.Groups["fact"].Value} {match.Groups["place"].Value}")];
        string[] expected = [.. rows.SelectMany((row, place) => Fact.Matches(row).Select(fact => $"{fact.Value} {fact.Value[4..^1]}"))];
        Assert.That(said.Where(statement => !Covers(statement)), Is.Empty, program);
        Assert.That(said.Select(statement => statement.Split(' ')[0]).Order(), Is.EqualTo(expected.Select(fact => fact.Split(' ')[0]).Order()), program + run.Answer);
        Assert.That(run.Result.Losses.Where(loss => loss.Kind != RlmLossKind.Uncited), Is.Empty);
        Assert.That(plan.Calls, Is.GreaterThanOrEqualTo(model.CallCount));

        // An item of several lines is cited with all of them.
        static bool Covers(string statement)
        {
            int[] lines = [.. statement.Split(' ')[1].Split('-').Select(number => int.Parse(number, null))];
            int fact = int.Parse(statement.Split(' ')[0][4..^1], null);
            return fact == lines[0] && fact == lines[^1];
        }
    }

    [TestCase("It failed [2].", "It failed [notes.txt:2].", "notes.txt:2")]
    [TestCase("It failed【2】, twice (twice).", "It failed[notes.txt:2], twice (twice).", "notes.txt:2")]
    [TestCase("It failed [1, 3] [4][2].", "It failed [notes.txt:1, notes.txt:3] [notes.txt:4][notes.txt:2].", "notes.txt:1 notes.txt:3 notes.txt:4 notes.txt:2")]
    [TestCase("It failed [2-4].", "It failed [notes.txt:2-4].", "notes.txt:2 notes.txt:3 notes.txt:4")]
    [TestCase("It failed [2–3; 1].", "It failed [notes.txt:2-3, notes.txt:1].", "notes.txt:2 notes.txt:3 notes.txt:1")]
    [TestCase("It failed [^1], [line 2], [items 3 and 4], \\[1\\], [2†log].", "It failed [notes.txt:1], [notes.txt:2], [notes.txt:3-4], [notes.txt:1], [notes.txt:2].", "notes.txt:1 notes.txt:2 notes.txt:3 notes.txt:4")]
    [TestCase("It failed [1 to 3], [1..2], [2 through 3], [3…4].", "It failed [notes.txt:1-3], [notes.txt:1-2], [notes.txt:2-3], [notes.txt:3-4].", "notes.txt:1 notes.txt:2 notes.txt:3 notes.txt:4")]
    [TestCase("It failed [1/3], [1 3], [1,3,], [1, 2, and 4].", "It failed [notes.txt:1, notes.txt:3], [notes.txt:1, notes.txt:3], [notes.txt:1, notes.txt:3], [notes.txt:1-2, notes.txt:4].", "notes.txt:1 notes.txt:3 notes.txt:2 notes.txt:4")]
    [TestCase("It failed [L2], [see lines 2-3], [cf. 1,\n4], [lines 1 to 2].", "It failed [notes.txt:2], [notes.txt:2-3], [notes.txt:1, notes.txt:4], [notes.txt:1-2].", "notes.txt:2 notes.txt:3 notes.txt:1 notes.txt:4")]
    [TestCase("[1] In [5 days], [3rd], [2026-01-05], [the head since 2019].", "[notes.txt:1] In [5 days], [3rd], [2026-01-05], [the head since 2019].", "notes.txt:1")]
    [TestCase("[1] Now [sic], see [v2] and [1.5] of [a] ([](x)).", "[notes.txt:1] Now [sic], see [v2] and [1.5] of [a] ([](x)).", "notes.txt:1")]
    public async Task Llm_FormsThatModelsWrite_AreRead(string reply, string expected, string citations)
    {
        var run = await RunAsync("answer context | lines | llm \"Why?\" with citations", "a\nb\nc\nd", new ScriptedChatClient(reply));

        Assert.That((run.Answer, string.Join(' ', run.Result.Citations), run.Result.IsPartial), Is.EqualTo((expected, citations, false)));
    }

    [TestCase("[5]", "`[5]` is not the number of a text in the data")]
    [TestCase("[0]", "`[0]` is not the number of a text in the data")]
    [TestCase("[2-9]", "`[5]` is not the number of a text in the data")]
    [TestCase("[1, 7]", "`[7]` is not the number of a text in the data")]
    [TestCase("It failed [2], as [notes.txt:99] says.", "`[notes.txt:99]` is not the number of a text in the data")]
    [TestCase("[2] [text 9]", "`[text 9]` is not the number of a text in the data")]
    [TestCase("[2] [p. 9]", "`[p. 9]` is not the number of a text in the data")]
    [TestCase("[2] [**9**]", "`[**9**]` is not the number of a text in the data")]
    [TestCase("[2] [1 to 9]", "`[5]` is not the number of a text in the data")]
    [TestCase("[2] [99999999999999999999]", "`[99999999999999999999]` is not the number of a text in the data")]
    [TestCase("[2] [notes.txt:1, notes.txt:99]", "`[notes.txt:1, notes.txt:99]` is not the number of a text in the data")]
    [TestCase("[2] [2, 90, p. 3]", "`[2, 90, p. 3]` is not the number of a text in the data")]
    [TestCase("[2] [see 2, notes.txt:3]", "`[see 2, notes.txt:3]` is not the number of a text in the data")]
    [TestCase("[2] [2, v2]", "`[2, v2]` is not the number of a text in the data")]
    [TestCase("[2] [90/91]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [90..91]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [90 91]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [90:2]", "`[90:2]` is not the number of a text in the data")]
    [TestCase("[2] [90a]", "`[90a]` is not the number of a text in the data")]
    [TestCase("[2] [L90]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [lines 1 to 9]", "`[5]` is not the number of a text in the data")]
    [TestCase("[2] [sources 90 through 91]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [see lines 90-95]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [see also pages 90-95]", "`[see also pages 90-95]` is not the number of a text in the data")]
    [TestCase("[2] [cf. 90, 91]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [1,2,90,]", "`[90]` is not the number of a text in the data")]
    [TestCase("[2] [90 and others]", "`[90 and others]` is not the number of a text in the data")]
    [TestCase("[2] [1, 2, …, 4]", "`[1, 2, …, 4]` is not the number of a text in the data")]
    [TestCase("[2] [1-2-3]", "`[1-2-3]` is not the number of a text in the data")]
    [TestCase("[4-2]", "`[4-2]` is not a range of numbers")]
    [TestCase("[1-99999999]", "`[1-99999999]` is not a range of numbers")]
    public async Task Llm_NumberThatThereIsNot_IsAskedAgainAndThenFailed(string wrong, string problem)
    {
        var mended = new ScriptedChatClient($"It failed {wrong}.", "It failed [2].");
        var failing = new ScriptedChatClient($"It failed {wrong}.", $"It failed {wrong}.");

        var run = await RunAsync("answer context | lines | llm \"Why?\" with citations", "a\nb\nc\nd", mended);
        var failed = await RunAsync("answer context | lines | llm \"Why?\" with citations", "a\nb\nc\nd", failing);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("It failed [notes.txt:2].", false)));
        Assert.That(mended.Calls[1].LastText, Does.Contain($"An earlier reply could not be used: {problem}."));
        Assert.That((failed.Result.Outcome, failed.Answer), Is.EqualTo((RlmOutcome.Failed, (string?)null)));
        Assert.That(string.Join('\n', failed.Result.Reasons.Concat(failed.Result.Diagnostics.Select(diagnostic => diagnostic.Message))), Does.Contain(problem));
    }

    [Test]
    public async Task Llm_ManyNumbersInBrackets_AreAllRead()
    {
        string data = string.Join('\n', Enumerable.Range(1, 150).Select(row => $"row {row}"));
        var model = new ScriptedChatClient($"B [{string.Join(", ", Enumerable.Range(2, 39))}].");
        string forged = $"B [2] [{string.Join(", ", Enumerable.Range(900, 41))}].";

        var run = await RunAsync("answer context | lines | llm \"Why?\" with citations", data, model);
        var failed = await RunAsync("answer context | lines | llm \"Why?\" with citations", data, new ScriptedChatClient(forged, forged));

        Assert.That(run.Answer, Is.EqualTo("B [notes.txt:2-40]."));
        Assert.That((failed.Result.Outcome, failed.Answer), Is.EqualTo((RlmOutcome.Failed, (string?)null)));
    }

    [TestCase("quoted [90/91]", "b1")]
    [TestCase("quoted [notes.txt:90, x:3] and [90, p. 3]", "1")]
    public async Task Llm_ReplyQuotesListsOfTheData_StayAsTheyAre(string quoted, string number)
    {
        var run = await RunAsync("answer context | lines | llm \"Why?\" with citations", quoted, new ScriptedChatClient($"[{number}] {quoted}"));

        Assert.That(run.Answer, Is.EqualTo($"[notes.txt:1] {quoted}"));
    }

    [TestCase("parse csv | pairs where a.city == b.city", "city,n\nRome,7\nOslo,8\nRome,9", "[1] a: city: Rome\n  n: 7\n[2] b: city: Rome\n  n: 9", "2 4")]
    [TestCase("lines | pairs where contains(a, \"x\") and contains(b, \"x\")", "x1\ny\nx2", "[1] a: x1\n[2] b: x2", "1 3")]
    [TestCase("lines | pairs where contains(a, \"x\") and contains(b, \"x\") | extend n = length(a)", "x1\ny\nx2", "n: 2\n[1] a: x1\n[2] b: x2", "1 3")]
    public async Task MapLlm_RowOfItems_EachIsCitedWithItsPlace(string stages, string data, string shown, string lines)
    {
        var model = new ScriptedChatClient(_ => "So [1], not [2]");

        var run = await RunAsync($"answer context | {stages} | map llm \"Why?\" with citations | first", data, model, new RlmOptions { Parallel = 1 });
        var rows = await RunAsync($"answer context | {stages} | first", data, model);
        var all = await RunAsync($"answer context | {stages} | reduce llm \"Why?\" with citations", data, new ScriptedChatClient("All [1]"));

        string[] places = [.. lines.Split(' ').Select(line => $"notes.txt:{line}")];
        Assert.That(model.Calls[0].LastText.ReplaceLineEndings("\n"), Does.Contain(shown));
        Assert.That(run.Answer, Is.EqualTo($"So [{places[0]}], not [{places[1]}]"));
        Assert.That(rows.Result.Citations, Is.EqualTo(places));
        Assert.That(all.Answer, Is.EqualTo($"All [{places[0]}, {places[1]}]"));
    }

    [Test]
    public async Task Llm_ReplyQuotesBracketsOfTheData_AreNoCitations()
    {
        var model = new ScriptedChatClient(call => call.Index == 0
            ? $"\"See [7]\" it says {Entry.Match(call.LastText).Groups["sign"].Value}." : "bare [2]");

        var run = await RunAsync("answer context | lines | llm \"Why?\" with citations", "see [7]\nand [b3]", model);
        var bare = await RunAsync("answer context | lines | llm \"Why {1}?\" with citations or \"none\"", "see [7]\nand [b3]", model);

        Assert.That(run.Answer, Is.EqualTo("\"See [7]\" it says [notes.txt:1]."));
        Assert.That(bare.Answer, Is.EqualTo("none"));
        Assert.That(model.Calls[0].LastText, Does.Contain("\n[c1] see [7]\n[c2] and [b3]\n"));
    }

    [Test]
    public async Task MapLlm_ReplyQuotesBracketsOfANeighbour_AreNoCitations()
    {
        var model = new ScriptedChatClient(call => $"\"See [1]\" {Entry.Match(PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!).Groups["sign"].Value}");

        var run = await RunAsync("answer context | lines | map llm \"Why?\" around 1 with citations | join \" \"", "see [1]\nb\nc", model, new RlmOptions { Parallel = 1 });

        // The third has no neighbour that holds the brackets, so that they are its own number.
        Assert.That(run.Answer, Is.EqualTo("\"See [1]\" [notes.txt:1] \"See [1]\" [notes.txt:2] \"See [notes.txt:3]\" [notes.txt:3]"));
    }

    [Test]
    public async Task ReduceLlm_RepliesThatCite_AreCitedWithWhatTheyCite()
    {
        var model = new ScriptedChatClient(call => call.LastText.StartsWith("Sum", StringComparison.Ordinal) ? "All [1][2]." : "Part [2][1].");

        var run = await RunAsync(
            "let parts = context | chunk 2 lines | map llm \"What?\" with citations\nanswer parts | reduce llm \"Sum up.\" with citations", "a\nb\nc\nd", model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("All [notes.txt:2, notes.txt:1][notes.txt:4, notes.txt:3].", false)));
    }

    [Test]
    public async Task MapLlm_RowOfAJoin_FieldsOfTheOtherTextAreCitedWithIts()
    {
        const string program = "answer rows | parse csv | join (owners | parse csv) on id | map llm \"Why?\" with citations | join \" \"";
        var model = new ScriptedChatClient("Row [1], owner [2].", "Row [1], owner [2].");
        var session = new RlmSession(
            model,
            [
                RlmVariable.Text("rows", TextSource.FromString("id,text\n7,slow\n8,down", "rows.csv")),
                RlmVariable.Text("owners", TextSource.FromString("id,owner\n8,Ann\n9,Cy\n7,Bo", "owners.csv")),
            ],
            new RlmOptions { Parallel = 1 });

        var run = await RunAsync(session, program);

        Assert.That(model.Calls[0].LastText, Does.Contain("[1] id: 7\n  text: slow\n[2] owner: Bo\n"));
        Assert.That(run.Answer, Is.EqualTo("Row [rows.csv:2], owner [owners.csv:4]. Row [rows.csv:3], owner [owners.csv:2]."));
    }

    [TestCase("map llm \"Why?\" with citations | map \"- {it}\" | join \" \"", "- So [notes.txt:1] - So [notes.txt:2]")]
    [TestCase("map llm \"Why?\" with citations | map lower(it) | join \" \"", "so [notes.txt:1] so [notes.txt:2]")]
    [TestCase("extend why = llm \"Why?\" with citations | map concat(why, \"!\")", "So [notes.txt:1]!\nSo [notes.txt:2]!")]
    [TestCase("extend why = llm \"Why?\" with citations | map {n: index, why: replace(why, \"So\", \"As\")} | get why", "As [notes.txt:1]\nAs [notes.txt:2]")]
    public async Task Answer_MadeOfRepliesThatCite_TellsWhatTheyCite(string stages, string expected)
    {
        var run = await RunAsync($"answer context | lines | {stages}", "a\nb", new ScriptedChatClient("So [1]", "So [1]"), new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo(expected));
        Assert.That(run.Result.Citations, Is.EqualTo(new[] { "notes.txt:1", "notes.txt:2" }));
    }

    [TestCase("first(kept.why)")]
    [TestCase("max(kept.why)")]
    [TestCase("coalesce(kept[0].why, kept[1].why)")]
    public async Task Answer_ReplyThatCitesNothing_TakesNoCitationOfAnother(string expression)
    {
        var run = await RunAsync($"let kept = context | lines | extend why = llm \"Why?\" with citations\nanswer {expression}", "a\nb",
            new ScriptedChatClient("Unknown", "So [1]"), new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("Unknown"));
        Assert.That(run.Result.Citations, Is.Empty);
    }

    [Test]
    public async Task Llm_ReplyWithoutCitation_IsALossAndStays()
    {
        var run = await RunAsync("answer context | lines | map llm \"Why?\" with citations | join \" \"", "a\nb\nc", new ScriptedChatClient("It broke.", "It broke [1].", "So."));
        var none = await RunAsync("answer context | lines | llm \"Why?\" as text? with citations or \"?\"", "a\nb\nc", new ScriptedChatClient("none"));

        Assert.That(run.Answer, Is.EqualTo("It broke. It broke [notes.txt:2]. So."));
        Assert.That(run.Result.Losses.Select(loss => (loss.Kind, loss.Count, loss.Of)), Is.EqualTo(new[] { (RlmLossKind.Uncited, (long?)2, (long?)3) }));
        Assert.That((none.Result.Losses.Count, none.Result.Outcome), Is.EqualTo((0, RlmOutcome.Answered)));
    }

    [TestCase("lines | count by it | llm \"Why?\"")]
    [TestCase("lines | count by it | reduce llm \"Why?\"")]
    [TestCase("lines | count by it | select it, count | map {key: it} | llm \"Why?\"")]
    [TestCase("lines | count by {a: it} | llm \"Why?\"")]
    [TestCase("lines | map length(it) | map llm \"Why?\"")]
    [TestCase("lines | map length(it) | map llm \"Why {it}?\"")]
    public async Task AnyStage_NothingComesFromAText_IsRefusedBeforeACall(string stages)
    {
        var run = await RunAsync($"answer context | {stages} with citations", "a\nb\nb", new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Single().Message, Does.EndWith("was computed, and comes from no text that could be cited"));
    }

    [TestCase("map llm \"Why?\" with citations")]
    [TestCase("extend why = llm \"Why?\" with citations | get why")]
    public async Task AnyStage_NoItems_GivesNone(string stage)
    {
        var run = await RunAsync($"answer context | lines | where length(it) > 1 | {stage} | to json", "a\nb", new ScriptedChatClient());

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.Answered, "[]")));
    }

    [Test]
    public async Task MapLlm_EqualLines_AreAskedAboutOnceAndCitedEach()
    {
        var model = new ScriptedChatClient("same [1]", "other [1]");

        var run = await RunAsync("answer context | lines | map llm \"Why?\" with citations | join \" \"", "a\nb\na\na", model, new RlmOptions { Parallel = 1 });

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("same [notes.txt:1] other [notes.txt:2] same [notes.txt:3] same [notes.txt:4]", 2)));
    }

    [Test]
    public async Task ReduceLlm_Tree_NumbersAreThoseOfAllItemsAndAPartMayCiteItsOwnAlone()
    {
        string[] rows = [.. Enumerable.Range(1, 400).Select(row => $"{(row % 16 == 1 ? $"fact{row}x" : "nothing")} {string.Concat(Enumerable.Repeat("words ", 12))}")];
        var model = Model(4_000);
        int wrong = 0;
        var forging = new ScriptedChatClient(call => !call.LastText.Contains("partial results", StringComparison.Ordinal) && !call.LastText.Contains("An earlier", StringComparison.Ordinal)
            && !call.LastText.Contains("[1] fact1x", StringComparison.Ordinal) && Interlocked.Increment(ref wrong) > 0 ? "fact1x [1]" : Answer(call))
        { Services = [new ChatClientTraits { WindowTokens = 4_000, MaxOutputTokens = 600 }] };
        string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
        const string program = "answer context | lines | reduce llm \"What?\" with citations";
        try
        {
            ProgramRun run, replayed;
            using (var journal = RlmJournal.Create(path))
                run = await RunAsync(program, string.Join('\n', rows), model, new RlmOptions { Journal = journal });
            using (var journal = RlmJournal.Replay(path))
                replayed = await RunAsync(program, string.Join('\n', rows), new ScriptedChatClient { Services = model.Services }, new RlmOptions { Journal = journal });
            var forged = await RunAsync(program, string.Join('\n', rows), forging);

            Assert.That(model.CallCount, Is.GreaterThan(5));
            Assert.That(Statement.Count(run.Answer ?? ""), Is.EqualTo(25), string.Join('\n', run.Result.Reasons));
            Assert.That((replayed.Answer, forged.Answer), Is.EqualTo((run.Answer, run.Answer)));
            Assert.That(wrong, Is.GreaterThan(2));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task ReduceLlm_PartsThatCiteNothing_AreNoted()
    {
        string rows = string.Join('\n', Enumerable.Range(1, 400).Select(row => $"row {row} {string.Concat(Enumerable.Repeat("words ", 12))}"));
        var model = new ScriptedChatClient(call => call.LastText.Contains("So [1].", StringComparison.Ordinal) || call.LastText.Contains("[1] row", StringComparison.Ordinal)
            ? "So [1]." : "Nothing.")
        { Services = [new ChatClientTraits { WindowTokens = 4_000, MaxOutputTokens = 600 }] };

        var run = await RunAsync("answer context | lines | reduce llm \"What?\" with citations", rows, model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("So [notes.txt:1].", false)));
        Assert.That(run.Result.Notes, Is.Not.Empty.And.All.Match("with citations: [0-9]+ of [0-9]+ partial results cites? nothing$"));
    }

    [Test]
    public async Task Plan_TextsThatAreNotThere_TellsNoFewerTokens([Values("map llm \"Why?\" with citations", "llm \"Why?\" with citations", "map llm \"Why?\" around 3 with citations")] string stage)
    {
        string program = $"let kept = context | lines | where llm \"Good?\"\nanswer kept | {stage} | to json";
        var model = new ScriptedChatClient(call => call.LastText.StartsWith("Good", StringComparison.Ordinal)
            ? string.Join('\n', Entry.Matches(call.LastText).Select(row => $"{row.Groups["sign"].Value} true")) : "so [1]");
        string context = string.Join('\n', Enumerable.Range(1, 60).Select(row => $"{row}"));
        var plan = await Session(context, model).PlanAsync(program);

        var run = await RunAsync(program, context, model);

        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.Answered));
        Assert.That((plan.Calls >= run.Result.Usage.Calls, plan.InputTokens >= run.Result.Usage.InputTokens), Is.EqualTo((true, true)));
    }

    private static ScriptedChatClient Model(int windowTokens) => new(Answer) { Services = [new ChatClientTraits { WindowTokens = windowTokens, MaxOutputTokens = 600 }] };

    /// <summary>States each fact of the prompt with its number, in one of the forms that models write; where parts are merged with those that they cite.</summary>
    private static string Answer(ScriptedCall call)
    {
        string data = PromptMarkers.Unwrap(call.LastText, PromptMarkers.Data)!;
        var facts = data.Contains("[-] said", StringComparison.Ordinal)
            ? Cited.Matches(data).Select(match => (Fact: match.Groups["fact"].Value, Sign: match.Groups["sign"].Value))
            : Entry.Matches(data).SelectMany(entry => Fact.Matches(entry.Groups["text"].Value).Select(fact => (Fact: fact.Value, Sign: entry.Groups["sign"].Value)));
        string said = "said" + string.Concat(facts.DistinctBy(fact => fact.Fact).Select((fact, place) => $" {fact.Fact} " + (place % 5) switch
        {
            0 => fact.Sign,
            1 => $"【{fact.Sign[1..^1]}】",
            2 => $"[^{fact.Sign[1..]}",
            3 => $"\\\\[{fact.Sign[1..^1]}\\\\]"[1..].Replace("\\\\", "\\", StringComparison.Ordinal),
            _ => $"[line {fact.Sign[1..]}",
        }));
        string type = PromptMarkers.Unwrap(call.LastText, PromptMarkers.Reply)!.Trim();
        return type.StartsWith('{') ? $"{{\"why\": \"{said.Replace("\\", "", StringComparison.Ordinal)}\"}}"
            : type.StartsWith("list", StringComparison.Ordinal) ? $"[\"{said.Replace("\\", "", StringComparison.Ordinal)}\"]" : said;
    }

    [GeneratedRegex("(llm \"[^\"]*\"( as (\\{[^}]*\\}|list of text))?)")]
    private static partial Regex CallEnd { get; }

    [GeneratedRegex(@"fact[0-9]+x")]
    private static partial Regex Fact { get; }

    [GeneratedRegex(@"(?<fact>fact[0-9]+x) \[notes\.txt:(?<place>[0-9-]+)\]")]
    private static partial Regex Statement { get; }

    [GeneratedRegex(@"(?<fact>fact[0-9]+x) (?<sign>\[[a-z]*[0-9]+\])")]
    private static partial Regex Cited { get; }

    [GeneratedRegex(@"^(?:\w+: )?(?<sign>\[[a-z]*[0-9]+\]) (?<text>.*(\n  .*)*)", RegexOptions.Multiline)]
    private static partial Regex Entry { get; }
}
