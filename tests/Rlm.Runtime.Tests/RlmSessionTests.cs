namespace Rlm.Runtime.Tests;

internal sealed class RlmSessionTests
{
    [Test]
    public async Task Run_LetsOverPrograms_AreComputedOnceWhenNeeded()
    {
        var model = new ScriptedChatClient(call => $"v{call.Index}");
        var session = ProgramRun.Session("a", model);

        await ProgramRun.RunAsync(session, "let x = context | llm \"?\"\nlet unused = context | llm \"Never?\"");
        Assert.That(model.CallCount, Is.Zero);

        var first = await ProgramRun.RunAsync(session, "answer x");
        var second = await ProgramRun.RunAsync(session, "answer \"{x} {x}\"");

        Assert.That((first.Answer, second.Answer, model.CallCount, second.Result.Usage.Calls), Is.EqualTo(("v0", "v0 v0", 1, 0)));
    }

    [Test]
    public async Task Run_SamePromptInALaterProgram_MakesNoCall()
    {
        var model = new ScriptedChatClient("one");
        var session = ProgramRun.Session("a", model);

        await ProgramRun.RunAsync(session, "context | llm \"?\"");
        var again = await ProgramRun.RunAsync(session, "answer context | llm \"?\"");

        Assert.That((again.Answer, again.Result.Usage.Calls), Is.EqualTo(("one", 0)));
    }

    [Test]
    public async Task Run_Redefinition_ReadsTheOldValue()
    {
        var session = ProgramRun.Session("a\nb", new ScriptedChatClient());

        await ProgramRun.RunAsync(session, "let x = 1\nlet x = x + 1");

        Assert.That((await ProgramRun.RunAsync(session, "let x = x * 10\nanswer x")).Answer, Is.EqualTo("20"));
    }

    [Test]
    public async Task Run_StatementFails_KeepsTheLetsAboveIt()
    {
        var session = ProgramRun.Session("a\nb", new ScriptedChatClient());

        var failed = await ProgramRun.RunAsync(session, "let n = context | lines | count\nassert n == 3 \"lines\"\nlet m = 5");

        var diagnostic = failed.Result.Diagnostics.Single();
        Assert.That(
            (failed.Result.Outcome, diagnostic.Id, diagnostic.Message),
            Is.EqualTo((RlmOutcome.ProgramErrors, "RLM5002", "`n == 3` does not hold: lines")));
        Assert.That(diagnostic.Help, Is.EqualTo("the left side is `2`, the right side is `3`"));
        Assert.That((await ProgramRun.RunAsync(session, "answer n")).Answer, Is.EqualTo("2"));
        Assert.That((await ProgramRun.RunAsync(session, "answer m")).Result.Outcome, Is.EqualTo(RlmOutcome.ProgramErrors));
    }

    [Test]
    public async Task Run_DataThatDoNotFit_IsADiagnostic()
    {
        var run = await ProgramRun.RunAsync("let n = 0\ncontext | chunk (n - 1) lines", "a", new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Single().Id, Is.EqualTo("RLM5001"));
        Assert.That(run.Events.OfType<DiagnosticsFound>().Single().Rendered, Does.StartWith("error RLM5001"));
    }

    [Test]
    public async Task Run_Shown_TellsSchemaTextAndPreview()
    {
        var run = await ProgramRun.RunAsync("context | lines\ncontext\n1 + 1", "a\nb", new ScriptedChatClient());

        Assert.That(run.Events.OfType<ValueShown>().Select(shown => (shown.Schema, shown.Text)), Is.EqualTo(new[]
        {
            ("list of text, 2 items", "a\nb"), ("text, 3 bytes", "a\nb"), ("number", "2"),
        }));
        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.Completed, (string?)null)));
    }

    [TestCase("context", "a text")]
    [TestCase("context | lines", "a list")]
    [TestCase("context | lines | map {n: index, it}", "a table")]
    [TestCase("context | lines | map {it: context, n: index}", "a table of long cells")]
    public async Task Run_MaxAnswerChars_IsTheMostOfAnAnswer(string pipeline, string what)
    {
        string text = string.Join('\n', Enumerable.Range(0, 100).Select(line => $"line {line}"));
        foreach (int most in (int[])[300, 100_000])
        {
            var options = new RlmOptions { MaxAnswerChars = most };
            var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(text, "notes.txt"))], options);
            var shown = await ProgramRun.RunAsync(session, pipeline);
            var answered = await ProgramRun.RunAsync(session, $"answer {pipeline}");
            var whole = await ProgramRun.RunAsync(session.With(new ScriptedChatClient(), options with { MaxAnswerChars = null }), $"answer {pipeline}");

            var value = shown.Events.OfType<ValueShown>().Single();
            bool isCut = whole.Answer!.Length > most;
            Assert.That((value.IsCut, value.Text), Is.EqualTo((isCut, isCut ? value.Preview : whole.Answer)), what);
            Assert.That(answered.Answer, isCut ? Is.Null : Is.EqualTo(whole.Answer), what);
            Assert.That(answered.Result.Diagnostics.Select(found => found.Message), isCut ? Is.EqualTo(["the answer has more than 300 characters (MaxAnswerChars)"]) : Is.Empty, what);
            Assert.That((await session.RunAsync(pipeline)).Answer, isCut ? Is.Null : Is.EqualTo(whole.Answer), what);
        }
    }

    [Test]
    public async Task Describe_Variables_AreTheCardsOfARoot()
    {
        var session = new RlmSession(new ScriptedChatClient(),
        [
            RlmVariable.Text("rows", TextSource.FromString("name,ms\na,1\n", "rows.csv")), RlmVariable.Defer("later", () => TextSource.FromString("x", "later.txt")),
            RlmVariable.Defer("nothing", () => null),
        ]);

        Assert.That(session.Describe(), Is.EqualTo(
            "rows: text, 2 lines, 12 bytes (rows.csv)\n`rows | parse csv` gives rows of name: text \"a\", ms: number 1\n| name,ms\n| a,1\n\nlater: text, 1 line, 1 byte (later.txt)\n| x"));
        await session.RunAsync("let n = rows | lines | count\nlet rows = n\nlet bad = rows | chunk (0 - 1) lines\nn");
        Assert.That(session.Describe(), Does.StartWith("later: "));
        Assert.That(session.Kept, Does.Contain("n"));
    }

    [Test]
    public async Task Run_Answer_CitesItsSources()
    {
        var run = await ProgramRun.RunAsync("answer context | grep \"x\"", "x1\ny\nx2", new ScriptedChatClient());

        Assert.That(run.Result.Citations, Is.EqualTo(new[] { "notes.txt:1", "notes.txt:3" }));
    }

    [Test]
    public async Task Run_UnmatchedLines_AreNoted()
    {
        var run = await ProgramRun.RunAsync("answer context | extract \"{k}: {v}\" | count", "a: 1\nb", new ScriptedChatClient());

        Assert.That(run.Notes, Has.Count.EqualTo(1));
        Assert.That(run.Events.OfType<NoteAdded>().Single().Text, Is.EqualTo(run.Notes[0]));
    }

    [Test]
    public async Task Run_PaidPipelineInAString_HasNoNameOfItsOwn()
    {
        var session = ProgramRun.Session("a", new ScriptedChatClient("b"));

        Assert.That((await ProgramRun.RunAsync(session, "answer \"<{context | llm \"?\"}>\"")).Answer, Is.EqualTo("<b>"));
        Assert.That(session.Compile("answer context").HasErrors, Is.False);
    }

    [Test]
    public async Task Run_ProgramWithErrors_RunsOnlyWhatIsFreeBeforeThem()
    {
        var run = await ProgramRun.RunAsync("context | lines\ncontext | llm \"?\"\nanswer cuont\ncontext", "a", new ScriptedChatClient());

        Assert.That(run.Events.OfType<ValueShown>().Select(shown => shown.Text), Is.EqualTo(["a"]));
        Assert.That(run.Result.Outcome, Is.EqualTo(RlmOutcome.ProgramErrors));
    }

    [Test]
    public void Constructor_VariableTwice_Throws()
    {
        var text = TextSource.FromString("a", "a");

        Assert.That(
            () => new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("a", text), RlmVariable.Text("a", text)]),
            Throws.ArgumentException.With.Message.StartsWith("The variable `a` is given twice."));
    }
}
