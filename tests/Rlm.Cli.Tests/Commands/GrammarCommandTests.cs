namespace Rlm.Cli.Tests.Commands;

internal sealed class GrammarCommandTests
{
    [TestCase("gbnf", "root ::= program \"\\n\"?\n")]
    [TestCase("ebnf", "root ::= program \"\\n\"?\n")]
    [TestCase("lark", "start: program \"\\n\"?\n")]
    public async Task RunAsync_Format_IsPrinted(string format, string start)
    {
        var run = await CliRun.RunAsync("grammar", "--format", format);

        Assert.That(run, Is.EqualTo(new CliRun(0, RlmLanguage.Grammar(Enum.Parse<RlmGrammarFormat>(format, ignoreCase: true)), "")));
        Assert.That(run.Output, Does.StartWith(start));
    }

    [Test]
    public async Task RunAsync_Reply_HasPrograms() =>
        Assert.That((await CliRun.RunAsync("grammar", "--reply")).Output, Does.StartWith("root ::= fenced ").And.Contains("\"```rlm\\n\" program"));

    [TestCase("rlm: --format `bnf` is none of gbnf, lark and ebnf", "--format", "bnf")]
    [TestCase("rlm: `x.rlm` is too much: the grammar is the same for every program", "x.rlm")]
    public async Task RunAsync_WrongUsage_IsTold(string message, params string[] args)
    {
        var run = await CliRun.RunAsync(["grammar", .. args]);

        Assert.That(run.Code, Is.EqualTo(2));
        Assert.That(run.Error, Does.StartWith(message));
    }
}
