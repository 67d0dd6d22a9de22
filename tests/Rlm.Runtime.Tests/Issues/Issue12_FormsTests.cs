namespace Rlm.Runtime.Tests.Issues;

/// <summary>Forms that were written for what they plainly mean and that a help line then led astray from: each means that.</summary>
internal sealed class Issue12_FormsTests
{
    private const string Table =
        "id,Game site,desc.,day,a,b\n1,Rome,first one,2026-03-01,1,2\n2,Oslo,second,2026-03-02,3,3\n3,Rome,third 12 days,2026-04-01,9,10\n";

    [TestCase("rows | get `Game site` | join \",\"", "Rome,Oslo,Rome")]
    [TestCase("rows | select `Game site`, id | first 1", "| Game site | id |\n|---|---|\n| Rome | 1 |")]
    [TestCase("rows | count by `Game site`", "| Game site | count |\n|---|---|\n| Rome | 2 |\n| Oslo | 1 |")]
    [TestCase("rows | where `Game site` == \"Oslo\" | get id", "2")]
    [TestCase("rows | map \"{id}: {`Game site`}\" | first", "1: Rome")]
    [TestCase("rows | map it.`Game site` | first", "Rome")]
    [TestCase("rows | get `desc.` | last", "third 12 days")]
    [TestCase("rows | sort by `Game site`, id desc | get id | join \",\"", "2,3,1")]
    [TestCase("rows | count a < b", "2")]
    [TestCase("rows | count `Game site` == \"Rome\"", "2")]
    [TestCase("rows | count a < b by `Game site`", "| Game site | count |\n|---|---|\n| Rome | 2 |\n| Oslo | 0 |")]
    [TestCase("rows | count not (a < b)", "1")]
    [TestCase("rows | count(a < b)", "2")]
    [TestCase("rows | aggregate n = count(distinct(`Game site`))", "n: 2")]
    [TestCase("rows | aggregate n = distinct_count(`Game site`), m = sum(distinct(a))", "n: 2\nm: 13")]
    [TestCase("rows | map slice(`Game site`, 0, 2) | join \",\"", "Ro,Os,Ro")]
    [TestCase("rows | map slice(`Game site`, -2) | first", "me")]
    [TestCase("rows | map first(`Game site`, 3) | first", "Rom")]
    [TestCase("rows | map last(`Game site`, 2) | first", "me")]
    [TestCase("rows | get `Game site` | slice(0, 1) | join \",\"", "R,O,R")]
    [TestCase("first([3, 2, 1], 2) | join \",\"", "3,2")]
    [TestCase("last([3, 2, 1], 2) | join \",\"", "2,1")]
    [TestCase("[1.256, 2] | round 2 | first", "1.26")]
    [TestCase("rows | get `Game site` | replace /o/ \"0\" | first", "R0me")]
    [TestCase("rows | extract `desc.` /(?<n>\\d+) days/ as {n: number} | select id, n", "| id | n |\n|---|---|\n| 1 | none |\n| 2 | none |\n| 3 | 12 |")]
    [TestCase("rows | extract `desc.` \"{word} {n} days\" | where n != none | map \"{id} {word} {n}\"", "3 third 12")]
    [TestCase("rows | distinct by `Game site` | count", "2")]
    [TestCase("rows | distinct by `Game site`, a | count", "3")]
    public async Task Run_Form_MeansWhatItSays(string program, string answer)
    {
        var run = await ProgramRun.RunAsync($"let rows = context | parse csv\nanswer {program}", Table, new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        Assert.That(run.Answer?.TrimEnd('\n'), Is.EqualTo(answer));
    }

    [TestCase("assert rows | all a <= b \"never\"", null)]
    [TestCase("assert rows | count > 2", null)]
    [TestCase("assert rows | any `Game site` == \"Oslo\" \"no Oslo\"", null)]
    [TestCase("assert rows | all a < b \"a beyond b\"", "`rows | all a < b` does not hold: a beyond b")]
    [TestCase("assert rows | count > 3 \"few\"", "`rows | count > 3` does not hold: few")]
    public async Task Assert_Pipeline_NeedsNoParentheses(string program, string? message)
    {
        var run = await ProgramRun.RunAsync($"let rows = context | parse csv\n{program}", Table, new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics is [var first, ..] ? first.Message : null, Is.EqualTo(message));
    }

    [Test]
    public async Task Extract_HeaderOfTwoLines_IsNamedByItsWords()
    {
        var run = await ProgramRun.RunAsync(
            "answer context | parse csv | get `Sent On` | first", "\"Sent\n On\",b\n2026,1\n", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("2026"));
    }

    [Test]
    public async Task Extract_FieldThatMatchesInNoRow_IsAnError()
    {
        var run = await ProgramRun.RunAsync("answer context | parse csv | extract a /x(?<n>\\d)/", "a\nb\nc\n", new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Single().Message, Is.EqualTo("`extract a` matches none of the rows; the first is `b`"));
    }

    [Test]
    public async Task Map_NothingReadsIt_IsAWarningWhereItIsFree()
    {
        var run = await ProgramRun.RunAsync("answer context | parse csv | map id | count", Table, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("3"));
        Assert.That(run.Result.Diagnostics.Single().Id, Is.EqualTo("RLM3011"));
        Assert.That(RlmProgram.Compile("context | lines | map llm \"?\" | count").Diagnostics.Single().Id, Is.EqualTo("RLM3006"));
    }

    [Test]
    public async Task Run_StaticErrorInALaterLine_KeepsWhatStandsBeforeIt()
    {
        var session = ProgramRun.Session(Table, new ScriptedChatClient());
        var run = await ProgramRun.RunAsync(
            session,
            "let rows = context | parse csv\nrows | count\nlet paid = rows | map llm \"?\"\npaid | count by it\nrows | cuont\nlet after = 1");

        Assert.That(run.Events.OfType<ValueShown>().Select(shown => shown.Text), Is.EqualTo(new[] { "3" }), "what is paid does not run");
        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.ProgramErrors));
        Assert.That((await ProgramRun.RunAsync(session, "answer rows | first | get id")).Answer, Is.EqualTo("1"));
        Assert.That((await ProgramRun.RunAsync(session, "answer after")).Result.Diagnostics.Single().Id, Is.EqualTo("RLM2002"));
    }

    [TestCase("let rows = context | parse csv\nrows | count\nrows | cuont", "2 statements before the error ran; kept: `rows`")]
    [TestCase("rows | cuont", null)]
    [TestCase("context | lines | count\nassert 1 == 2", "1 statement before the error ran")]
    [TestCase("let n = context | lines | count\nlet m = n + 1\nassert m == 2\nanswer m", "2 statements before the error ran; kept: `n`, `m`")]
    [TestCase("answer context | lines | count", null)]
    public async Task Run_ErrorAfterStatements_SaysWhatRanAndIsKept(string program, string? kept)
    {
        var run = await ProgramRun.RunAsync(program, Table, new ScriptedChatClient());

        Assert.That(run.Result.Notes is [.., var last] ? last : null, Is.EqualTo(kept));
        Assert.That(run.Events.OfType<NoteAdded>().LastOrDefault()?.Text, Is.EqualTo(kept));
    }

    [TestCase("let rows = context | parse csv\nrows | count\nanswer rows | grep \"a")]
    [TestCase("let rows = context | parse csv\nrows | count\nanswer 1\nrows | cuont")]
    public async Task Run_ErrorBehindAnAnswer_ShowsButDoesNotAnswer(string program)
    {
        var run = await ProgramRun.RunAsync(program, Table, new ScriptedChatClient());

        Assert.That(run.Answer, Is.Null);
        Assert.That(run.Events.OfType<ValueShown>().Select(shown => shown.Text), Is.EqualTo(new[] { "3" }));
    }

    [Test]
    public async Task MapLlm_BeyondTheBudget_ProposesAPackThatFitsWithRoom()
    {
        string lines = string.Join('\n', Enumerable.Range(1, 100).Select(number => $"line {number}"));
        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Kind?\" as number pack 1",
            lines,
            new ScriptedChatClient(),
            new RlmOptions { MaxCalls = 11 });

        var refused = run.Result.Diagnostics.Single();
        Assert.That(refused.Help, Does.StartWith("`pack 13` would need 8;"));
        Assert.That(refused.Span.Length, Is.EqualTo("map".Length));
    }
}
