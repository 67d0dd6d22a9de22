using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;
using Rlm.Cli.Contexts;
using Rlm.Cli.Tests.Configuration;

namespace Rlm.Cli.Tests.Contexts;

/// <summary>Programs of the user that read files, through the command line.</summary>
[Platform(Exclude = "Win", Reason = "The programs are of sh.")]
internal sealed class LoaderReaderTests
{
    private string _directory = "";

    [SetUp]
    public async Task MakeFiles()
    {
        _directory = TestFiles.NewDirectory();
        await File.WriteAllBytesAsync(Path.Combine(_directory, "a.odd"), [0, 1, 2, (byte)'x', (byte)'\n']);
        await File.WriteAllTextAsync(Path.Combine(_directory, "b.txt"), "in a text");
    }

    private string Odd => Path.Combine(_directory, "a.odd");

    [TestCase("odd=tr -d '\\000-\\002'", "x")]
    [TestCase("odd=sh -c 'echo \"$0: ä 😀\"' {}", "{path}: ä 😀")]
    [TestCase("ODD=sh -c 'echo $#' - {} b{}c", "2")]
    [TestCase("odd=sh -c 'echo \"[$OPENAI_API_KEY$ANTHROPIC_API_KEY]\"'", "[]")]
    [TestCase("odd=sh -c 'yes line | head -n 100000'", "line", Description = "more than a pipe holds")]
    public async Task Run_Loader_GivesTheText(string loader, string first)
    {
        var run = await CliRun.RunAsync("run", "-e", "context | lines | first 1", "-c", Odd, "--loader", loader, "-q");

        Assert.That(run, Is.EqualTo(new CliRun(0, first.Replace("{path}", Odd, StringComparison.Ordinal) + "\n", "")));
    }

    [Test]
    public void FindProgram_NameAlone_IsLookedForOnPathAlone()
    {
        string program = Path.Combine(_directory, "reader");
        File.WriteAllText(program, "#!/bin/sh\n");

        Assert.That(LoaderEnvironment.FindProgram("reader", $"{_directory}:."), Is.Null, "it may not be run");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Assert.Multiple(() =>
        {
            Assert.That(LoaderEnvironment.FindProgram("reader", $".:/none:{_directory}"), Is.EqualTo(program));
            Assert.That(LoaderEnvironment.FindProgram("reader", ".::none"), Is.Null);
            Assert.That(LoaderEnvironment.FindProgram("./reader", _directory), Is.EqualTo(Path.GetFullPath("./reader")));
        });
    }

    [Test]
    public void RemoveSecrets_Variables_LeavesWhatIsNone()
    {
        var environment = new Dictionary<string, string?>
        {
            ["MYKEY"] = "a",
            ["OPENAI_BASE_URL"] = "https://u:p@host/v1",
            ["OTEL_EXPORTER_OTLP_HEADERS"] = "b",
            ["GITHUB_TOKEN"] = "c",
            ["db_password"] = "d",
            ["PATH"] = "/bin",
            ["LANG"] = "C",
            ["http_proxy"] = "http://host:80",
        };

        LoaderEnvironment.RemoveSecrets(environment);

        Assert.That(environment.Keys, Is.EquivalentTo(new[] { "PATH", "LANG", "http_proxy" }));
    }

    [Test]
    public async Task Run_LoaderWithRecords_HasPlaces()
    {
        const string Records = """odd=printf '{"rlm-docs":1}\n{"place":"s1"}\n{"text":"one\\n"}\n{"place":"s2"}\n{"text":"two"}\n{"end":true}\n'""";

        var run = await CliRun.RunAsync("run", "-e", "context | grep \"two\" | map \"{cite}\"", "-c", Odd, "--loader", Records);

        Assert.That(run, Is.EqualTo(new CliRun(0, $"{Odd}:s2\n", "")));
    }

    [Test]
    public async Task Run_Folder_ReadsWhatWouldBeLeftOutInItsOrder()
    {
        string program = "context | map \"{name}: {text}\"";

        var without = await CliRun.RunAsync("run", "-e", program, "-c", _directory);
        var with = await CliRun.RunAsync("run", "-e", program, "-c", _directory, "--loader", "odd=echo read");
        var text = await CliRun.RunAsync("run", "-e", program, "-c", _directory, "--loader", "txt=echo other", "-q");

        Assert.Multiple(() =>
        {
            Assert.That((without.Output, without.Error), Is.EqualTo(("b.txt: in a text\n", without.Error)));
            Assert.That(without.Error, Does.Contain("left out: 1 binary file (`a.odd`)"));
            Assert.That(with, Is.EqualTo(new CliRun(0, "a.odd: read\n\nb.txt: in a text\n", "")));
            Assert.That(text.Output, Is.EqualTo("b.txt: other\n"));
        });
    }

    [TestCase("odd=sh -c 'echo one >&2; echo \"it is\todd\" >&2; echo >&2; exit 3'", "`sh` ended with code 3: it is odd")]
    [TestCase("odd=false", "`false` ended with code 1")]
    [TestCase("odd=sh -c 'echo half; exit 9'", "`sh` ended with code 9")]
    [TestCase("odd=printf '\\377'", "what `printf` prints is not UTF-8; have it print UTF-8")]
    [TestCase("odd=printf '{\"rlm-docs\":1}\\n{\"text\":\"half\"}\\n'", "`printf` broke off before its last record")]
    [TestCase("odd=printf '{\"rlm-docs\":1}\\n{\"error\":\"no words\"}\\n'", "no words")]
    [TestCase("odd=printf '{\"rlm-docs\":1}\\n{\"text\":\"a\"}\\n{\"end\":true}\\nmore'", "something stands behind the last record that its loader printed")]
    public async Task Run_LoaderThatFails_RefusesTheFile(string loader, string reason)
    {
        var run = await CliRun.RunAsync("run", "-e", "context | lines | count", "-c", Odd, "--loader", loader);

        Assert.That(
            (run.Code, run.Error),
            Is.EqualTo((ExitCodes.Failed, $"rlm: `{Odd}` is not read: {reason}\n")));
    }

    [Test]
    public async Task Run_LoaderThatFailsForOneOfMany_IsPartial()
    {
        var run = await CliRun.RunAsync("run", "-e", "context | where size >= 0 | count", "-c", _directory, "--loader", "odd=false");

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "2\n")));
        Assert.That(run.Error, Does.Contain("1 of the 2 texts of `context`, such as `a.odd`, is not read in full: `false` ended with code 1"));
    }

    [Test]
    public async Task Run_LoaderWithoutText_IsPartial() => Assert.That(
        (await CliRun.RunAsync("run", "-e", "context | lines | count", "-c", Odd, "--loader", "odd=true")).Error,
        Does.Contain("is not read in full: its loader printed no text"));

    [TestCase("odd=no-such-program-7 {}", "`no-such-program-7`, which --loader odd names, is not on PATH")]
    public async Task Run_ProgramThatIsNotThere_Fails(string loader, string error)
    {
        foreach (string context in new[] { Odd, _directory })
        {
            var run = await CliRun.RunAsync("run", "-e", $"{(context == Odd ? "context" : "context | map size")} | count", "-c", context, "--loader", loader);
            Assert.That((run.Code, run.Error.Contains(error, StringComparison.Ordinal)), Is.EqualTo((ExitCodes.Failed, true)), run.Error);
        }
    }

    [TestCase("odd", "--loader `odd` is not EXT=COMMAND: write an extension and a program, such as 'heic=ocr {}'")]
    [TestCase("odd=cat", "--loader is given twice for `odd`")]
    public async Task Run_WrongLoader_IsMisuse(string loader, string error) => Assert.That(
        (await CliRun.RunAsync("run", "-e", "context", "-c", Odd, "--loader", "ODD=cat", "--loader", loader)).Error, Does.Contain(error));

    [Test]
    public void Read_ProgramThatHangs_IsEndedWithAllThatItStarted()
    {
        var reader = new LoaderReader([LoaderArgument.Read("odd=sh -c 'sleep 1000; echo'")!], TimeSpan.FromMilliseconds(100));

        Assert.That(
            () => reader.Read(Odd, Stream.Null, new DocsReaderTests.NoText()),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("`sh` took longer than 0.1 s for it"));
    }

    [Test]
    public async Task Run_ConfiguredLoader_HoldsInTrustedFilesAlone()
    {
        var home = new ConfigurationHome("[loaders]\nodd = \"echo configured\"\n");

        var configured = await home.RunAsync("run", "-e", "context", "-c", Odd, "-q");
        var given = await home.RunAsync("run", "-e", "context", "-c", Odd, "-q", "--loader", "odd=echo given");
        var without = await home.RunAsync("run", "-e", "context | lines | count", "-c", Odd, "-q", "--no-config");
        var shown = await home.RunAsync("config", "show");
        var wrong = await new ConfigurationHome("[loaders]\nodd = 7\n").RunAsync("run", "-e", "context", "-c", Odd);

        Assert.Multiple(() =>
        {
            Assert.That(configured.Output, Is.EqualTo("configured\n"));
            Assert.That(given.Output, Is.EqualTo("given\n"));
            Assert.That(without.Output, Is.EqualTo("1\n"));
            Assert.That(wrong.Error, Does.Contain("config.toml:2:1: this is not a loader: write EXT = \"COMMAND {}\", such as heic = \"ocr {}\""));
            Assert.That(shown.Output, Does.Match("loaders\\.odd +echo configured +.*config\\.toml:2:"));
        });
    }

    [Test]
    public async Task Run_Journal_NamesNoProgram()
    {
        string journal = Path.Combine(_directory, "run.jsonl");
        string[] line = ["run", "-e", "context | lines | where llm \"Is it short?\" | count", "-c", Odd, "-m", "offline", "-q"];
        var first = await CliRun.RunAsync([.. line, "--loader", "odd=echo words", "--journal", journal]);

        var replayed = await CliRun.RunAsync("replay", journal, "--loader", "odd=echo words");

        Assert.That(await File.ReadAllTextAsync(journal), Does.Not.Contain("echo words"));
        Assert.That((replayed.Code, replayed.Output), Is.EqualTo((first.Code, first.Output)), replayed.Error);
    }

    [Test]
    public void Again_JournalOfOthersThatNamesPrograms_RunsNone() => Assert.That(
        RecordedCommandLine.Again(VerbCatalog.Find("run")!, ["run", "-e", "x", "--loader", "odd=a", "-c", "f", "--loader=txt=b", "--loader:md=c"], []),
        Is.EqualTo(new[] { "run", "-e", "x", "-c", "f" }));
}
