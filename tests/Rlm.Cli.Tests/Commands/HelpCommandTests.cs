using Rlm.Cli.Help;
using Rlm.Dsl;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Cli.Tests.Commands;

internal sealed class HelpCommandTests
{
    [Test]
    public async Task Run_NoTopic_ShowsTheLanguage() => Snapshot.Verify((await CliRun.RunAsync("help")).Output);

    [Test]
    public async Task Run_Operator_ShowsUsageOptionsAndExamples() => Snapshot.Verify((await CliRun.RunAsync("help", "grep")).Output);

    [Test]
    public async Task Run_OperatorThatIsACommandToo_ShowsTheOperatorAndNamesTheCommand() => Assert.That(
        (await CliRun.RunAsync("help", "map")).Output,
        Does.StartWith("map (llm|rlm) PROMPT").And.Contains("map EXPR").And.EndsWith("\nThe command of that name: rlm map --help\n"));

    [Test]
    public async Task Run_PaidOperator_ShowsTheModelsReplies() => Snapshot.Verify((await CliRun.RunAsync("help", "map", "llm")).Output);

    [Test]
    public async Task Run_Diagnostic_ShowsAnExampleAndTheFix() => Snapshot.Verify((await CliRun.RunAsync("help", "rlm2001")).Output);

    [Test]
    public void Write_DiagnosticOfALaterVersion_SaysSo() => Assert.That(
        DiagnosticPage.Write(DslDiagnostics.UnknownOperator with { Since = "0.2.0", IsInUse = false }),
        Does.StartWith("RLM2001: unknown operator (error, since 0.2.0, no longer told)\n"));

    [Test]
    public async Task Run_NameOfOperatorAndFunction_ShowsBoth()
    {
        var run = await CliRun.RunAsync("help", "count");

        Assert.That(run.Output, Does.Contain("count [CONDITION] [by").And.Contain("count(items)"));
    }

    [TestCase("lag", "prev([value], [distance])")]
    [TestCase("running_sum", "running_sum(value)")]
    [TestCase("mean", "average")]
    public async Task Run_WindowOrSynonym_ShowsTheFunction(string topic, string usage) =>
        Assert.That((await CliRun.RunAsync("help", topic)).Output, Does.StartWith(usage));

    [TestCase("around", "around N: show so many items")]
    [TestCase("citations", "with (citations | model MODEL): ")]
    [TestCase("let", "let NAME = PIPELINE\n  Names a value")]
    [TestCase("by", "STAGE by KEY, …")]
    [TestCase("tokens", "N tokens\n  Counts by")]
    [TestCase("per", "In `top`.")]
    [TestCase("line", "The number of the line")]
    public async Task Run_Word_ShowsWhatItSaysAndWhere(string word, string text) =>
        Assert.That((await CliRun.RunAsync("help", word)).Output, Does.Contain(text));

    [Test]
    public void Words_Examples_CompileAndHaveTheWord()
    {
        foreach (var word in RlmLanguage.Words)
        {
            var program = RlmProgram.Compile(word.Example);

            Assert.That(program.Diagnostics, Is.Empty, $"{word.Example}\n{string.Join('\n', program.Diagnostics.Select(diagnostic => diagnostic.Message))}");
            Assert.That(word.Example, Does.Match($@"\b{word.Name}\b"));
        }
    }

    [Test]
    public async Task Run_Verb_ShowsItsLongUsage() =>
        Assert.That((await CliRun.RunAsync("help", "ask")).Output, Is.EqualTo((await CliRun.RunAsync("ask", "--help")).Output));

    [TestCaseSource(nameof(Topics))]
    public async Task Run_EveryTopic_HasAPageOfAtMost100Columns(string topic)
    {
        var run = await CliRun.RunAsync("help", topic);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output.Split('\n').Max(line => line.Length), Is.LessThanOrEqualTo(100));
        Assert.That(run.Output, Does.Not.Contain("\u00a0"));
    }

    [TestCase("cuont", "rlm: no help on `cuont`; did you mean `count`?\n")]
    [TestCase("RLM2091", "rlm: no help on `RLM2091`; did you mean `RLM2001`?\n")]
    [TestCase("xyzzy", "rlm: no help on `xyzzy`; `rlm help` lists what there is\n")]
    [TestCase("a\u001b[31m\nb", "rlm: no help on `a [31m b`; `rlm help` lists what there is\n")]
    public async Task Run_UnknownTopic_SuggestsANearOne(string topic, string error)
    {
        var run = await CliRun.RunAsync("help", topic);

        Assert.That(run, Is.EqualTo(new CliRun(ExitCodes.WrongUsage, "", error)));
    }

    private static IEnumerable<string> Topics() => OperatorCatalog.All.Select(signature => signature.Name)
        .Concat(FunctionCatalog.All.Select(function => function.Name))
        .Concat(FunctionCatalog.All.SelectMany(function => FunctionSynonyms.Of(function.Name)))
        .Concat(Names.Reserved).Concat(Names.OfItem).Concat(["key", "items", "chars", "tokens", "text", "number", "bool", "quote", "one", "date", "list", "name", "line", "at", "cite", "contains", "matches", "failed", "context"])
        .Concat(OperatorCatalog.All.SelectMany(signature => ProgramCompleter.WordsOf(signature.Shape)).SelectMany(words => words.Split(' ')))
        .Concat(DiagnosticPage.All.Select(descriptor => descriptor.Id))
        .Distinct();
}
