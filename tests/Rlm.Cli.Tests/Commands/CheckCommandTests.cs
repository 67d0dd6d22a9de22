using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

internal sealed class CheckCommandTests
{
    [Test]
    public async Task RunAsync_GoodProgram_SaysSoOnStderr()
    {
        var run = await CliRun.RunAsync("check", "-e", "grep /a/ | count");

        Assert.That(run, Is.EqualTo(new CliRun(0, "", "rlm: program: no errors\n")));
    }

    [Test]
    public async Task RunAsync_UnknownOperator_RendersTheDiagnostic()
    {
        var run = await CliRun.RunAsync("check", "-e", "context | lines | cuont");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.Error, Is.EqualTo("""
            error RLM2001: `cuont` is not an operator; did you mean `count`?
             --> program:1:19
              | context | lines | cuont
              |                   ^^^^^
              = help: write `| count`

            """));
    }

    [Test]
    public async Task RunAsync_Terminal_ColoursTheDiagnosticUnlessToldNotTo()
    {
        var terminal = new CliSetup { IsTerminal = true };
        string[] args = ["check", "-e", "context | lines | cuont"];

        Assert.That((await terminal.RunAsync(args)).Error, Does.Contain("\u001b[1;31merror RLM2001\u001b[0m: "));
        Assert.That((await terminal.RunAsync([.. args, "--no-color"])).Error, Does.Not.Contain("\u001b"));
        var noColor = terminal with { Environment = new Dictionary<string, string> { ["NO_COLOR"] = "1" } };
        Assert.That((await noColor.RunAsync(args)).Error, Does.Not.Contain("\u001b"));
    }

    /// <summary>Whoever is at a terminal has the command, and no page of the repository; whoever embeds has the page.</summary>
    [TestCase("context | frobnicate")]
    [TestCase("context | frobnicate x y")]
    [TestCase("import os")]
    public async Task Help_OfTheOperators_IsTheCommand(string program)
    {
        string file = Path.Combine(Path.GetTempPath(), $"rlm-{Guid.NewGuid():N}.txt");
        await File.WriteAllTextAsync(file, "a\n");
        string[][] commands = [["check", "-e", program], ["check", "-e", program, "-c", file], ["run", "-e", program, "-c", file]];

        foreach (string[] command in commands)
            Assert.That((await CliRun.RunAsync(command)).Error, Does.Contain("`rlm help` lists").And.Not.Contain(".md"), string.Join(' ', command));
        File.Delete(file);
        Assert.That(RlmProgram.Compile(program).Diagnostics[0].Help, Does.Contain("docs/operators.md lists"));
    }

    [Test]
    public async Task Help_OfEachDiagnostic_NamesNoPageOfTheRepository()
    {
        foreach (var descriptor in Rlm.Cli.Help.DiagnosticPage.All)
            Assert.That((await CliRun.RunAsync("help", descriptor.Id)).Output, Does.Not.Contain("docs/"), descriptor.Id);
    }

    [Test]
    public async Task RunAsync_Json_IsAnArrayOnStdout()
    {
        var run = await CliRun.RunAsync("check", "-e", "context | lines\n  | cuont # ‘ä’", "--json");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
        Assert.That(run.Error, Is.Empty);
        var only = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Single();
        Assert.That(only.GetProperty("id").GetString(), Is.EqualTo("RLM2001"));
        Assert.That(only.GetProperty("severity").GetString(), Is.EqualTo("error"));
        Assert.That(only.GetProperty("help").GetString(), Is.EqualTo("write `| count`"));
        Assert.That((only.GetProperty("line").GetInt32(), only.GetProperty("column").GetInt32()), Is.EqualTo((2, 5)));
        Assert.That((only.GetProperty("start").GetInt32(), only.GetProperty("length").GetInt32()), Is.EqualTo((20, 5)));
        var fix = only.GetProperty("fix");
        Assert.That(
            (fix.GetProperty("start").GetInt32(), fix.GetProperty("length").GetInt32(), fix.GetProperty("text").GetString()),
            Is.EqualTo((20, 5, "count")));
    }

    /// <summary>Where something is read as something else, an editor mends what is written.</summary>
    [Test]
    public async Task RunAsync_JsonOfWhatIsReadAsSomethingElse_IsOfTheTextAsWritten()
    {
        var run = await CliRun.RunAsync("check", "-e", "grep ^2026 | count", "--json");

        var only = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Single();
        Assert.That((only.GetProperty("start").GetInt32(), only.GetProperty("length").GetInt32()), Is.EqualTo((5, 5)));
        Assert.That(only.GetProperty("fix").ToString().Where(c => !char.IsWhiteSpace(c)), Is.EqualTo("{\"start\":5,\"length\":5,\"text\":\"/^2026/\"}"));
    }

    [Test]
    public async Task RunAsync_JsonOfAGoodProgram_IsAnEmptyArray() =>
        Assert.That(await CliRun.RunAsync("check", "-e", "lines | count", "--json"), Is.EqualTo(new CliRun(0, "[]\n", "")));

    [Test]
    public async Task RunAsync_Variable_IsKnown()
    {
        Assert.That((await CliRun.RunAsync("check", "-e", "grep \"{who}\"", "--var", "who=Fox")).Code, Is.Zero);
        Assert.That((await CliRun.RunAsync("check", "-e", "grep \"{who}\"")).Code, Is.EqualTo(ExitCodes.ProgramErrors));
    }

    [Test]
    public async Task RunAsync_Context_TellsTheColumns()
    {
        string orders = TestFiles.Sample("orders.csv");

        Assert.That((await CliRun.RunAsync("check", "-e", "parse csv | get nothing")).Code, Is.Zero);
        Assert.That((await CliRun.RunAsync("check", "-e", "parse csv | get nothing", "-c", orders)).Error, Does.StartWith("error RLM2003"));
        Assert.That((await CliRun.RunAsync("check", "-e", "answer mails", "-c", $"mails={orders}")).Code, Is.Zero);
    }

    [Test]
    public async Task RunAsync_EverySampleProgram_HasNoError()
    {
        foreach (string path in Directory.EnumerateFiles(TestFiles.Sample(""), "*.rlm"))
        {
            // A directory is a list of documents, which only a context can tell.
            if (!Path.GetFileName(path).StartsWith("contracts-", StringComparison.Ordinal))
                Assert.That((await CliRun.RunAsync("check", path)).Error, Does.Not.Contain("error RLM"), path);
        }
    }

    [TestCase("", "RLM1001")]
    [TestCase("   # nothing", "RLM1001")]
    [TestCase("context | grep \"a", "RLM1003")]
    [TestCase("\0\u0001\ud800", "RLM1002")]
    public async Task RunAsync_OddProgram_HasADiagnostic(string program, string id)
    {
        var run = await CliRun.RunAsync("check", "-e", program);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
        Assert.That(run.Error, Does.StartWith($"error {id}: "));
        Assert.That(run.Error.Where(char.IsControl), Is.All.EqualTo('\n'));
    }

    [Test]
    public async Task RunAsync_DeepOrLongProgram_HasADiagnostic()
    {
        string deep = new string('(', 100_000) + new string(')', 100_000);
        string wide = string.Join(" | ", Enumerable.Repeat("lines", 150_000));

        Assert.That((await CliRun.RunAsync("check", "-e", deep)).Error, Does.StartWith("error RLM4002"));
        Assert.That((await CliRun.RunAsync("check", TestFiles.NewFile(wide))).Error, Does.StartWith("error RLM4001"));
    }

    [Test]
    public async Task RunAsync_ProgramOnStandardInput_IsRead()
    {
        var run = await new CliSetup { Input = "context | cuont" }.RunAsync(["check", "-"]);

        Assert.That(run.Error, Does.Contain("--> stdin:1:11"));
    }

    [Test]
    public async Task RunAsync_ProgramFileThatCannotBeRead_FailsInOneLine()
    {
        string directory = TestFiles.NewDirectory(), missing = Path.Combine(directory, "none.rlm");

        Assert.That(
            await CliRun.RunAsync("check", missing),
            Is.EqualTo(new CliRun(ExitCodes.Failed, "", $"rlm: the program {missing}: no such file\n")));
        Assert.That(
            await CliRun.RunAsync("check", directory),
            Is.EqualTo(new CliRun(ExitCodes.Failed, "", $"rlm: the program {directory} is a directory\n")));
    }

    [Test]
    public async Task RunAsync_HugeProgramFile_IsRefusedUnread()
    {
        string path = TestFiles.NewFile(new string('a', 9 * 1024 * 1024));

        Assert.That(
            (await CliRun.RunAsync("check", path)).Error,
            Is.EqualTo($"rlm: the program {path} is larger than 8 MB: texts belong in a context\n"));
    }

    [TestCase("lines | count")]
    [TestCase("lines")]
    [TestCase("answer 1 + 1")]
    [TestCase("")]
    [TestCase("lines | grep \"it's\"")]
    public async Task Check_ProgramInPlaceOfAFile_IsTheProgram(string program) =>
        Assert.That(await CliRun.RunAsync("check", program), Is.EqualTo(await CliRun.RunAsync("check", "-e", program)));

    [Test]
    public async Task Check_BrokenPipelineInPlaceOfAFile_ShowsItsErrors() =>
        Assert.That((await CliRun.RunAsync("check", "lines | cuont")).Error, Does.Contain("did you mean `count`?"));

    [TestCase("answer context | select name, size")]
    public async Task Check_ProgramOverDocuments_HasNoErrors(string program) =>
        Assert.That(await CliRun.RunAsync("check", program), Is.EqualTo(new CliRun(0, "", "rlm: program: no errors\n")));

    [Test]
    public async Task Check_EverySampleProgram_HasNoErrors()
    {
        foreach (string sample in Directory.EnumerateFiles(TestFiles.Sample(""), "*.rlm"))
            Assert.That((await CliRun.RunAsync("check", sample, "-q")).Code, Is.Zero, sample);
    }

    [TestCase("count lines", "RLM1002")]
    [TestCase("lines; count lines", "RLM1002")]
    [TestCase("answer nope", "RLM2002")]
    [TestCase("grep", "RLM2002")]
    public async Task Check_ProgramWithAnError_IsNoFile(string program, string diagnostic) =>
        Assert.That((await CliRun.RunAsync("check", program)).Error + (await CliRun.RunAsync("check", program)).Output, Does.Contain($"error {diagnostic}"));

    [TestCase("errors.rlm")]
    [TestCase("count.rlm")]
    [TestCase("lines/count")]
    [TestCase("no such program")]
    public async Task Check_NameOfNoFile_IsNoProgram(string name) =>
        Assert.That((await CliRun.RunAsync("check", name)).Error, Is.EqualTo($"rlm: the program {name}: no such file\n"));

    [Test]
    public async Task Check_FileThatIsCalledLikeAProgram_IsTheFile()
    {
        string path = TestFiles.NewFile("lines | cuont", "lines");

        Assert.That((await CliRun.RunAsync("check", path)).Error, Does.Contain("cuont"));
    }
}
