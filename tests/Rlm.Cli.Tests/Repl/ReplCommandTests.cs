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
    [TestCase("| count", "a line that begins with `|` goes on with the value that was shown last, and there is none: write a whole program, such as `lines | count`")]
    [TestCase("exit", "write `:quit` to end, or press Ctrl-D")]
    [TestCase("Quit", "write `:quit` to end, or press Ctrl-D")]
    [TestCase(":quit now", "write `:quit`")]
    [TestCase(":explain", "write `:explain PROGRAM`")]
    [TestCase(":load", "write `:load FILE`")]
    [TestCase(":explain lines | cuont", "`cuont`")]
    public async Task RunAsync_WrongCommand_IsToldAndTheRestRuns(string command, string message)
    {
        var run = await RunAsync($"{command}\nlines | count\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((command.StartsWith(":explain ", StringComparison.Ordinal) ? 3 : 2, "3\n")));
        Assert.That(run.Error, Does.Contain(message));
    }

    [TestCase("lines\n| where it != \"b\"\n| count\n", "2\n")]
    [TestCase("lines\n\n# of all\n  | count\nlines | first\n", "3\na\n")]
    [TestCase("lines | where\n  it == \"a\"\nlines | count\n", "a\n3\n")]
    [TestCase("lines | first;\nlines\n| last\n:budget\n", "a\nc\n0 sub-calls (400 left), 0 tokens in and 0 out")]
    [TestCase("  lines\n  | count\n  lines | first\n", "3\na\n")]
    public async Task RunAsync_ProgramOverLines_IsReadAsInAFile(string input, string output)
    {
        var run = await RunAsync(input);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Output, Does.StartWith(output));
    }

    [Test]
    public async Task RunAsync_ProgramThatIsOver_IsRunBeforeTheNextLineComes()
    {
        // Whoever writes line by line reads what came of the last one.
        var run = await RunAsync("lines | map 1 | first 2;\n| count\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "1\n1\n2\n")), run.Error);
    }

    [Test]
    public async Task RunAsync_LetNamedAsACommand_IsShown()
    {
        var run = await RunAsync("let exit = lines | count\nexit\n");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "3\n")), run.Error);
    }

    [Test]
    public async Task RunAsync_SaveOfSeveralAnswers_IsAProgramThatGivesThemAll()
    {
        string file = Path.Combine(TestFiles.NewDirectory(), "saved.rlm");
        var run = await RunAsync($"answer lines | count\nlet n = 2; answer n\nanswer lines | last\n:save {file}\n");
        var loaded = await RunAsync($":load {file}\n");

        Assert.That((run.Code, loaded.Code, loaded.Output), Is.EqualTo((0, 0, run.Output)), run.Error + loaded.Error);
        Assert.That(run.Output, Is.EqualTo("3\n2\nc\n"));
    }

    [Test]
    public async Task RunAsync_Journal_HoldsThePaidReplies()
    {
        await using var server = new LoopbackModelServer("yes");
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl"), context = TestFiles.NewFile("a\nb\nc\n");
        const string input = "let k = lines | map llm \"Good? {it}\"\nk | count\nk | first\n";
        string[] words = ["repl", "-c", context, "-q", "-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), "--journal", journal];
        var first = await new CliSetup { Input = input }.RunAsync(words);
        int requests = server.Requests;
        var again = await new CliSetup { Input = input }.RunAsync([.. words, "--resume"]);
        var replay = await CliRun.RunAsync("replay", journal);

        Assert.That((first.Code, first.Output, requests), Is.EqualTo((0, "3\nyes\n", 3)), first.Error);
        Assert.That((again.Code, again.Output, server.Requests), Is.EqualTo((0, "3\nyes\n", 3)), again.Error);
        Assert.That(replay.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(replay.Error, Does.Contain("is of `rlm repl`").And.Contain("--resume"));
    }

    [Test]
    public async Task RunAsync_Tokens_AreBoundedOverAllPrograms()
    {
        await using var server = new LoopbackModelServer("yes");
        var run = await RunAsync(
            string.Concat(Enumerable.Range(0, 30).Select(n => $"lines | first | llm \"Good {n}? {{it}}\"\n")),
            "-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), "--max-tokens", "1500");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.LimitReached), run.Error);
        Assert.That(server.Requests, Is.InRange(2, 29));
        Assert.That(run.Error, Does.Contain("--max-tokens"));
    }

    [Test]
    public async Task RunAsync_Sample_AsksAboutSoManyItems()
    {
        await using var server = new LoopbackModelServer("yes");
        var run = await RunAsync("lines | map llm \"Good? {it}\"\n", "-m", "test-model", "--base-url", server.OpenAiUrl.ToString(), "--sample", "1");

        Assert.That((run.Code, server.Requests), Is.EqualTo((0, 1)), run.Error);
    }

    [Test]
    public async Task RunAsync_StdinAsContext_IsWrongUsage()
    {
        var run = await new CliSetup { Input = "a" }.RunAsync(["repl", "-c", "-"]);

        Assert.That((run.Code, run.Error), Is.EqualTo((ExitCodes.WrongUsage, run.Error)));
        Assert.That(run.Error, Does.Contain("--context - takes stdin, which the programs are read from: name a file"));
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
