using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;
using Rlm.Cli.Commands.Programs;
using Rlm.Cli.Runs;

namespace Rlm.Cli.Tests.Commands;

internal sealed class CommandLineReaderTests
{
    [Test]
    public void Read_AskAlone_HasTheDefaults()
    {
        var ask = Read<AskInvocation>("ask", "How many?");

        Assert.That(ask.Question, Is.EqualTo("How many?"));
        Assert.That(ask.Contexts.ReadsStandardInput, Is.True);
        Assert.That(ask.Run.Options.MaxCalls, Is.EqualTo(400));
        Assert.That(ask.Run.Options.MaxSteps, Is.EqualTo(20));
        Assert.That(ask.Run.Options.Parallel, Is.EqualTo(8));
        Assert.That(ask.Run.Options.Timeout, Is.Null);
        Assert.That(ask.Output, Is.EqualTo(new OutputArguments(false, false, false, false)));
    }

    [Test]
    public void Read_AskWithEverything_TakesEveryOption()
    {
        var ask = Read<AskInvocation>(
            "ask",
            "-c",
            "a.txt",
            "Why?",
            "-c",
            "old=b.txt",
            "--var",
            "who=Fox=Vixen",
            "-m",
            "big",
            "--sub-model",
            "small",
            "--base-url",
            "http://h/v1",
            "--max-calls", "1_000", "--max-steps=3", "--max-tokens", "9", "--max-cost", "0.5", "--price", "0.25/2", "--timeout", "5m",
            "--parallel",
            "64",
            "--rpm",
            "500",
            "--tpm",
            "200_000",
            "--max-input-tokens",
            "7",
            "--max-output-tokens",
            "8",
            "--instructions",
            "Be short.",
            "--journal",
            "j.jsonl",
            "--resume",
            "--json",
            "-v",
            "--no-color");

        Assert.That(ask.Contexts.Contexts, Is.EqualTo(new ContextArgument[] { new("context", "a.txt"), new("old", "b.txt") }));
        Assert.That(ask.Contexts.Variables, Is.EqualTo(new VariableArgument[] { new("who", "Fox=Vixen") }));
        Assert.That(ask.Contexts.ReadsStandardInput, Is.False);
        Assert.That(ask.Run.Model, Is.EqualTo(new ModelArguments("big", "small", "http://h/v1")));
        Assert.That(ask.Run.Options.MaxCalls, Is.EqualTo(1_000));
        Assert.That(ask.Run.Options.MaxSteps, Is.EqualTo(3));
        Assert.That(ask.Run.Options.MaxTokens, Is.EqualTo(9));
        Assert.That(ask.Run.Options.MaxCostUsd, Is.EqualTo(0.5m));
        Assert.That(ask.Run.Options.Price, Is.EqualTo(new TokenPrice(0.25m, 2m)));
        Assert.That(ask.Run.Options.Timeout, Is.EqualTo(TimeSpan.FromMinutes(5)));
        Assert.That(ask.Run.Options.Parallel, Is.EqualTo(64));
        Assert.That((ask.Run.Options.RequestsPerMinute, ask.Run.Options.TokensPerMinute), Is.EqualTo((500, 200_000L)));
        Assert.That((ask.Run.Options.MaxInputTokens, ask.Run.Options.MaxOutputTokens), Is.EqualTo((7L, 8L)));
        Assert.That(ask.Run.Options.Instructions, Is.EqualTo("Be short."));
        Assert.That((ask.Run.JournalPath, ask.Run.Resume), Is.EqualTo(("j.jsonl", true)));
        Assert.That(ask.Output, Is.EqualTo(new OutputArguments(true, false, true, true)));
    }

    [TestCase("250ms", 0.25)]
    [TestCase("30s", 30)]
    [TestCase("1.5m", 90)]
    [TestCase("2h", 7200)]
    [TestCase("90", 90)]
    public void Read_Timeout_TakesUnitsAndPlainSeconds(string text, double seconds) =>
        Assert.That(Read<AskInvocation>("ask", "q", "--timeout", text).Run.Options.Timeout, Is.EqualTo(TimeSpan.FromSeconds(seconds)));

    [Test]
    public void Read_ParallelAuto_LeavesTheNumberToTheRun() =>
        Assert.That(Read<AskInvocation>("ask", "q", "--parallel", "auto").Run.Options.Parallel, Is.Null);

    [Test]
    public void Read_SeveralExpressions_AreLines() =>
        Assert.That(
            Read<RunInvocation>("run", "-e", "let a = 1", "-e", "answer a").Program,
            Is.EqualTo(new ProgramArgument("let a = 1\nanswer a", null)));

    [Test]
    public void Read_EmptyExpression_IsAProgram() => Assert.That(Read<CheckInvocation>("check", "-e", "").Program.Text, Is.Empty);

    [Test]
    public void Read_QuestionThatBeginsWithAt_IsNoResponseFile() =>
        Assert.That(Read<AskInvocation>("ask", "@fox?").Question, Is.EqualTo("@fox?"));

    [Test]
    public void Read_QuestionAfterDoubleDash_MayBeginWithADash() =>
        Assert.That(Read<AskInvocation>("ask", "--", "-1?").Question, Is.EqualTo("-1?"));

    [Test]
    public void Read_QuestionThatIsAVerb_IsAQuestion() => Assert.That(Read<AskInvocation>("ask", "ask").Question, Is.EqualTo("ask"));

    [Test]
    public void Read_DashAsContext_IsStandardInput() =>
        Assert.That(
            Read<AskInvocation>("ask", "q", "-c", "mails=-").Contexts.Contexts.Single(), Is.EqualTo(new ContextArgument("mails", "-")));

    [Test]
    public void Read_PathThatHoldsEquals_KeepsItAfterADot() =>
        Assert.That(
            Read<AskInvocation>("ask", "q", "-c", "./a=b.txt").Contexts.Contexts.Single(),
            Is.EqualTo(new ContextArgument("context", "./a=b.txt")));

    [Test]
    public void Read_HelpAmongWrongOptions_WinsOverTheError()
    {
        Assert.That(Read<UsageInvocation>("ask", "--bogus", "-h"), Is.EqualTo(new UsageInvocation(VerbCatalog.Find("ask")!, false)));
        Assert.That(
            Read<UsageInvocation>("ask", "--max-calls", "x", "--help"), Is.EqualTo(new UsageInvocation(VerbCatalog.Find("ask")!, true)));
    }

    [Test]
    public void Read_EveryVerbOfTheCatalogue_IsAnInvocationOfItsOwn()
    {
        var kinds = VerbCatalog.All.Select(verb => new string[][]
            { [verb.Words is [var first, ..] ? first : "x"], [], ["x", "-o", "y"], ["x", "y"], ["x", "--shard", "1/1", "-o", "y"] }
            .Select(words => CommandLineReader.Read([verb.Name, .. words], _ => new NoOptionSource()))
            .First(invocation => invocation is not Misuse)
            .GetType());

        Assert.That(kinds, Is.Unique.And.None.EqualTo(typeof(UsageInvocation)));
    }

    [Test]
    public void Read_WrongUsage_SaysWhatIsWrong()
    {
        string[][] lines =
        [
            ["asc"], ["how many?"], ["summarize"], ["--bogus"], ["ask"], ["ask", ""], ["ask", "a", "b"], ["ask", "q", "--modle", "x"],
            ["ask", "--modle=x", "q"],
            ["ask", "q", "--e"], ["ask", "q", "-e", "x"], ["ask", "q", "--bogus"], ["ask", "q", "-c"], ["ask", "q", "-c", ""],
            ["ask", "q", "-c", "a="],
            ["ask", "q", "-c", "-", "-c", "b=-"], ["ask", "q", "-m", "a", "-m", "b"], ["ask", "q", "-m", ""], ["ask", "q", "--var", "x"],
            ["ask", "q", "--var", "1x=2"], ["ask", "q", "--var", "=2"], ["ask", "q", "--var", "it=2"],
            ["ask", "q", "--var", "a=1", "--var", "a=2"],
            ["ask", "q", "-c", "a=f", "--var", "a=2"], ["ask", "q", "--max-calls", "-1"], ["ask", "q", "--max-calls", "many"],
            ["ask", "q", "--max-calls", "99999999999999999999"], ["ask", "q", "--max-steps", "1.5"], ["ask", "q", "--max-tokens", "0"],
            ["ask", "q", "--parallel", "0"], ["ask", "q", "--parallel", "2000"], ["ask", "q", "--journal-sync", "never"], ["ask", "q", "--reply-schema", "maybe"],
            ["ask", "q", "--max-cost", "0", "--price", "1/2"], ["ask", "q", "--max-cost", "NaN", "--price", "1/2"],
            ["ask", "q", "--price", "1"],
            ["ask", "q", "--price", "-1/2"], ["ask", "q", "--price", "a/b"], ["ask", "q", "--timeout", "0"],
            ["ask", "q", "--timeout", "-5s"],
            ["ask", "q", "--timeout", "5x"], ["ask", "q", "--timeout", "s"], ["ask", "q", "--timeout", "169h"], ["ask", "q", "--resume"],
            ["ask", "q", "-q", "-v"],
            ["run"], ["run", "a", "b"], ["run", "a", "-e", "1"], ["run", "-", "-c", "-"], ["run", "-e", "1", "--max-steps", "3"], ["check"],
            ["check", "a", "--max-calls", "3"], ["models", "x"], ["models", "--sub-model", "x"],
        ];

        var page = lines.Select(
            args =>
                (Line: string.Join(
                    ' ', args.Select(arg => arg.Contains(' ', StringComparison.Ordinal) || arg.Length == 0
                        ? $"'{arg}'"
                        : arg)), Read: CommandLineReader.Read(args, _ => new NoOptionSource()) as Misuse));
        Snapshot.Verify(string.Join("\n", page.Select(entry => $"rlm {entry.Line}\n    {entry.Read?.Message ?? "NO ERROR"}\n")));
    }

    [Test]
    public void Read_QuestionInBrackets_IsTheQuestion() =>
        Assert.That(Read<AskInvocation>("ask", "[How many?]", "-c", "a.txt").Question, Is.EqualTo("[How many?]"));

    private static T Read<T>(params string[] args)
        where T : Invocation
    {
        var invocation = CommandLineReader.Read(args, _ => new NoOptionSource());
        return invocation as T ?? throw new AssertionException($"{invocation}");
    }
}
