namespace Rlm.Cli.Tests.Repl;

/// <summary>Programs one after another, read from stdin without a terminal.</summary>
internal sealed class ReplCommandTests
{
    [Test]
    public async Task RunAsync_Lines_RunOverTheSameVariables()
    {
        var run = await RunAsync("let n = lines | count\nn\nlines |\n  last\nlines | where (it\n contains \"a\") | count\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "3\nc\n1\n")), run.Error);
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public async Task RunAsync_ProgramWithAnError_LeavesTheRestToRun()
    {
        var run = await RunAsync("lines | cuont\nlines | count\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((3, "3\n")));
        Assert.That(run.Error, Does.Contain("`cuont`"));
    }

    [Test]
    public async Task RunAsync_Commands_DoWhatTheySay()
    {
        string file = Path.Combine(TestFiles.NewDirectory(), "saved.rlm");
        var run = await RunAsync($"let n = lines | count\nlines | cuont\nn\n:save {file}\n:save {file}\n:budget\n:help grep\n:explain lines | count\n:quit\nn\n");

        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("let n = lines | count\nn\n"));
        Assert.That(run.Output, Does.StartWith("3\n0 sub-calls (400 left), 0 tokens in and 0 out").And.Contain("grep").And.EndsWith(
            "show\n  context\n      text\n  lines\n      text → list of text, 3 items\n  count\n      list of text → number\nno paid stage: nothing would be spent\n"
            + "nothing was spent\n"));
        Assert.That(run.Error, Does.Contain("saved.rlm' already exists"));

        var loaded = await RunAsync($":load {file}\nn\n");
        Assert.That((loaded.Code, loaded.Output), Is.EqualTo((0, "3\n3\n")), loaded.Error);
    }

    [TestCase(":nothing", "there is no command `:nothing`; :help lists them")]
    [TestCase("| count", "a line that begins with `|` goes on with the one before: end that one with `|`, or run a file with :load")]
    [TestCase(":load", "write `:load FILE`")]
    [TestCase(":explain lines | cuont", "`cuont`")]
    public async Task RunAsync_WrongCommand_IsToldAndTheRestRuns(string command, string message)
    {
        var run = await RunAsync($"{command}\nlines | count\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((command.StartsWith(":explain", StringComparison.Ordinal) ? 3 : 2, "3\n")));
        Assert.That(run.Error, Does.Contain(message));
    }

    [Test]
    public async Task RunAsync_PaidPrograms_ShareCallsAndReplies()
    {
        await using var server = new LoopbackModelServer(_ => "yes");
        var run = await RunAsync(
            "lines | map llm \"Good? {it}\"\nlines | map llm \"Good? {it}\" | count\nlines | map llm \"Bad? {it}\"\n:budget\n",
            "-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), "--max-calls", "5");

        Assert.That(server.Requests, Is.EqualTo(3), "the second program has the replies of the first, and the third is refused");
        Assert.That(run.Output, Does.StartWith("yes\nyes\nyes\n").And.Contain("3 sub-calls (2 left)"));
        Assert.That((run.Code, run.Error), Is.EqualTo((4, run.Error)));
        Assert.That(run.Error, Does.Contain("2 are left of 5"));
    }

    private static Task<CliRun> RunAsync(string input, params string[] options) =>
        new CliSetup { Input = input }.RunAsync(["repl", "-c", TestFiles.NewFile("a\nb\nc\n"), "-q", .. options]);
}
