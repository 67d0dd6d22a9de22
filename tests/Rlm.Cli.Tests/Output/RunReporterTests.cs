using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Tests.Output;

internal sealed class RunReporterTests
{
    private static readonly OutputArguments Plain = new(false, false, false, false);

    private static readonly TimeSpan At = TimeSpan.FromSeconds(1);
    private static readonly RlmUsage Usage =
        new() { Calls = 3, CallsLeft = 47, Steps = 2, InputTokens = 1_234, OutputTokens = 56, Elapsed = TimeSpan.FromSeconds(75) };

    [Test]
    public async Task ReadAsync_StagesWithoutATerminal_AreLines()
    {
        var told = await ReadAsync(
            [new StageStarted { At = At, Stage = "map llm \"Why?\"", Calls = 36 },
                new CallFinished { At = At, Done = 1, Calls = 36, Failed = 0 },
                new StageFinished { At = At, Stage = "map llm \"Why?\"", Calls = 37, Failed = 1 },
                Finished()]);

        Assert.That(told.Error, Is.EqualTo("rlm: map llm \"Why?\": 36 calls\nrlm: map llm \"Why?\": done, 37 calls, 1 item failed\n"));
    }

    [Test]
    public async Task ReadAsync_StagesOnATerminal_AreOneLineThatIsCleared()
    {
        var told = await ReadAsync(
            [new TurnStarted { At = At, Number = 2, MaxSteps = 20 }, new StageStarted { At = At, Stage = "map llm", Calls = 36 }, Finished()], isTerminal: true);

        Assert.That(told.Error, Does.Contain("\r\u001b[Kturn 2 of 20 · 0/36 calls · 0 s · map llm"));
        Assert.That(told.Error, Does.EndWith("\r\u001b[K"));
        Assert.That(told.Error, Does.Not.Contain("\n"));
    }

    [Test]
    public async Task ReadAsync_CallsOnATerminal_TellDoneAndSpent()
    {
        var told = await ReadAsync(
            [new StageStarted { At = At, Stage = "map llm", Calls = 1_200 },
                new CallFinished { At = At, Done = 5, Calls = 1_200, Failed = 2, Usage = Usage with { CostUsd = 0.0123m } },
                new StageStarted { At = At, Stage = "reduce llm", Calls = 1 }, Finished()], isTerminal: true);

        Assert.That(told.Error, Does.Contain("\r\u001b[K0/1 calls · 1,290 tokens · $0.0123 · 0 s · reduce llm"));
    }

    [Test]
    public async Task ReadAsync_VerboseOnATerminal_HasASecondLineWithWhatRuns()
    {
        var told = await ReadAsync(
            [new TurnStarted { At = At, Number = 2, MaxSteps = 20 }, new StageStarted { At = At, Stage = "map llm", Calls = 36 }, Finished()],
            output: new(false, false, IsVerbose: true, false), isTerminal: true);

        Assert.That(told.Error, Does.Contain("\r\u001b[Kturn 2 of 20 · 0/36 calls · 0 s\nmap llm"));
        Assert.That(told.Error, Does.EndWith("\r\u001b[K\u001b[A\r\u001b[K"));
    }

    [Test]
    public void Report_Calls_TellTheTimeThatIsLeft()
    {
        using var error = new StringWriter();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider();
        var host = new CliHost { OpenInput = () => Stream.Null, Output = TextWriter.Null, Error = error, IsErrorTerminal = true, Width = 120 };
        using var progress = new Progress(new StatusWriter(host, Plain), time);
        progress.Report(new StageStarted { At = At, Stage = "map llm", Calls = 40 });
        time.Advance(TimeSpan.FromSeconds(10));

        progress.Report(new CallFinished { At = At, Done = 10, Calls = 40, Failed = 0, Usage = Usage });
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(error.ToString(), Does.Contain("10/40 calls · 1,290 tokens · 11 s · about 33 s left · map llm"));
    }

    [Test]
    public async Task ReadAsync_Quiet_SaysNothing()
    {
        var told = await ReadAsync(
            [new TurnStarted { At = At, Number = 1, MaxSteps = 20 }, new StageStarted { At = At, Stage = "map llm", Calls = 36 },
                new NoteAdded { At = At, Text = "a note" }, Finished()],
            output: new(false, IsQuiet: true, false, false), isTerminal: true);

        Assert.That(told.Error, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_VerboseTurn_ShowsProgramPreviewNotesAndUsage()
    {
        var told = await ReadAsync(
            [
                new TurnStarted { At = At, Number = 1, MaxSteps = 20 },
                new ProgramStarted { At = At, Text = "let a = 1\na" },
                new DiagnosticsFound { At = At, Diagnostics = [], Rendered = "warning RLM3006: nothing reads it" },
                new ValueShown { At = At, Schema = "number", Text = "1", Preview = "1" },
                new NoteAdded { At = At, Text = "13 lines did not match" },
                new NoteAdded { At = At, Text = "13 lines did not match" },
                new TurnFinished { At = At, Step = new RlmStep { Number = 1, Program = "a", Observation = "1", Usage = Usage } },
                Finished(),
            ],
            output: new(false, false, IsVerbose: true, false));

        Assert.That(told.Output, Is.Empty);
        Assert.That(told.Error, Is.EqualTo("""
            -- turn 1 of 20
              let a = 1
              a
            warning RLM3006: nothing reads it
            -- number
              1
            rlm: note: 13 lines did not match
            rlm: 3 sub-calls (47 left), 2 turns, 1,234 tokens in and 56 out, 1 min 15 s

            """));
    }

    [Test]
    public async Task ReadAsync_ProgramByHand_PrintsValuesAsTheyCome()
    {
        var told = await ReadAsync(
            [new ProgramStarted { At = At, Text = "a" }, new ValueShown { At = At, Schema = "list", Text = "1\n2", Preview = "1 …" },
                new ValueShown { At = At, Schema = "text", Text = "x\n", Preview = "x" }, Finished()],
            isByHand: true);

        Assert.That((told.Output, told.Error, told.Reporter.Shown.Count), Is.EqualTo(("1\n2\nx\n", "", 0)));
    }

    [Test]
    public async Task ReadAsync_WarningsByHand_AreShownUnlessQuiet()
    {
        var warning = new Diagnostic(
            DslDiagnostics.UnusedColumn with { Severity = DiagnosticSeverity.Warning }, new SourceSpan(0, 1), "unused");
        RlmEvent[] events = [new DiagnosticsFound { At = At, Diagnostics = [warning], Rendered = "warning RLM3006: unused" }, Finished()];

        Assert.That((await ReadAsync(events, isByHand: true)).Error, Is.EqualTo("warning RLM3006: unused\n"));
        Assert.That((await ReadAsync(events, output: new(false, IsQuiet: true, false, false), isByHand: true)).Error, Is.Empty);
    }

    [Test]
    public async Task ReadAsync_ControlCharactersOfAContext_DoNotReachTheTerminal()
    {
        var told = await ReadAsync(
            [new ValueShown { At = At, Schema = "text", Text = "", Preview = "a\u001b]0;title\u0007b\r\n" },
                new NoteAdded { At = At, Text = "c\u001b[2Jd\ne" }, Finished()],
            output: new(false, false, IsVerbose: true, false));

        Assert.That(told.Error.Where(char.IsControl), Is.All.EqualTo('\n'));
        Assert.That(told.Error, Does.Contain("rlm: note: c [2Jd e\n"));
    }

    [Test]
    public void ReadAsync_Exception_LeavesNoStatusLine()
    {
        using var error = new StringWriter();
        var host = new CliHost { OpenInput = () => Stream.Null, Output = TextWriter.Null, Error = error, IsErrorTerminal = true };
        var status = new StatusWriter(host, Plain);

        Assert.That(
            async () => await new RunReporter(host, status, false, Plain).ReadAsync(FailAsync()),
            Throws.InstanceOf<IOException>().With.Message.EqualTo("lost"));
        Assert.That(error.ToString(), Does.EndWith("\r\u001b[K"));
    }

    private static RunFinished Finished() =>
        new() { At = At, Result = new RlmResult { Outcome = RlmOutcome.Answered, Answer = "x", Usage = Usage } };

    private static async IAsyncEnumerable<RlmEvent> FailAsync()
    {
        yield return new TurnStarted { At = At, Number = 1, MaxSteps = 20 };
        await Task.Yield();
        throw new IOException("lost");
    }

    private static async Task<(string Output, string Error, RunReporter Reporter)> ReadAsync(
        RlmEvent[] events, OutputArguments? output = null, bool isByHand = false, bool isTerminal = false)
    {
        using var stdout = new StringWriter { NewLine = "\n" };
        using var stderr = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Output = stdout, Error = stderr, IsErrorTerminal = isTerminal };
        var status = new StatusWriter(host, output ?? Plain);
        var reporter = new RunReporter(host, status, isByHand, output ?? Plain);
        Assert.That(await reporter.ReadAsync(events.ToAsyncEnumerable()), Is.Not.Null);
        return (stdout.ToString(), stderr.ToString(), reporter);
    }
}
