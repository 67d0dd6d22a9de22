using Rlm.Cli.Contexts;

namespace Rlm.Cli.Tests.Contexts;

/// <summary>Files that `rlm-docs` reads, through the command line, and what is said of one that does not as it should.</summary>
internal sealed class DocsReaderTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = TestFiles.NewDirectory();

    [Test]
    public async Task Run_Pdf_CitesItsPages()
    {
        string path = await WriteAsync("contract.pdf", PdfFile.Of("Parties: A and B", "Term: a year", "Fee: 7 euros"));

        var run = await CliRun.RunAsync("run", "-e", "context | grep /Fee|Term/ | map \"{it} [{cite}]\"", "-c", path);

        Assert.That(run, Is.EqualTo(new CliRun(0, $"Term: a year [{path}:p2]\nFee: 7 euros [{path}:p3]\n", "")));
    }

    [Test]
    public async Task Run_EmptyMailbox_IsAListOfNoMails([Values("count", "map \"{from}\" | count")] string program)
    {
        string path = await WriteAsync("box.mbox", []);

        var run = await CliRun.RunAsync("run", "-q", "-e", $"context | {program}", "-c", path);

        Assert.That(run, Is.EqualTo(new CliRun(0, "0\n", "")));
    }

    [Test]
    public async Task Run_StretchOfPages_CitesBoth()
    {
        string path = await WriteAsync("contract.pdf", PdfFile.Of("one", "two", "three"));

        var run = await CliRun.RunAsync("run", "-e", "context | chunk 100000 chars | map \"{cite}\"", "-c", path);

        Assert.That(run, Is.EqualTo(new CliRun(0, $"{path}:p1-p3\n", "")));
    }

    [Test]
    public async Task Run_PdfThroughAPipe_IsItsText() => Assert.That(
        await new CliSetup { InputBytes = PdfFile.Of("one\ntwo") }.RunAsync(["run", "-e", "context | lines | count", "-c", "-", "-q"]),
        Is.EqualTo(new CliRun(0, "2\n", "")));

    [Test]
    public async Task Run_FolderOfAllKinds_HasThemInOrderAndTellsWhatIsMissing()
    {
        await WriteAsync("a.pdf", PdfFile.Of("in a PDF"));
        await WriteAsync("b.pdf", new PdfFile().AddPage("", hasImage: true).ToBytes());
        await WriteAsync("c.txt", "in a text"u8.ToArray());
        await WriteAsync("d.png", Convert.FromHexString("89504E470D0A1A0A"));

        var run = await CliRun.RunAsync("run", "-e", "context | map \"{name}: {text}\"", "-c", _directory);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "a.pdf: in a PDF\nb.pdf: \nc.txt: in a text\n")));
        Assert.That(run.Error, Does.Contain("3 files; left out: 1 binary file (`d.png`: an image)").And.Contain(
            "1 of the 3 texts of `context`, such as `b.pdf`, is not read in full: it is scanned, 1 page of images without text"));
    }

    [Test]
    public async Task Run_FolderOfWhichNothingIsRead_Fails()
    {
        string path = await WriteAsync("b.pdf", new PdfFile().AddPage("", hasImage: true).ToBytes());

        var run = await CliRun.RunAsync("run", "-e", "context | map size", "-c", _directory);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.Contain($"`{path}` is a PDF, which is not read: it is scanned"));
    }

    [Test]
    public async Task Run_PartOfAPdf_IsPartial()
    {
        string path = await WriteAsync("a.pdf", new PdfFile().AddPage("words").AddPage("", hasImage: true).ToBytes());

        var run = await CliRun.RunAsync("run", "-e", "context | grep \"words\" | count", "-c", path, "--strict");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.Contain($"`{path}` is not read in full: page 2 is an image whose words"));
    }

    [Test]
    public async Task Run_CardOfMails_NamesTheirFields()
    {
        var run = await CliRun.RunAsync("run", "-e", "describe", "-c", TestFiles.Sample("box.mbox"), "--no-cache");

        Assert.That(run.Output, Does.StartWith("list of mail {name, from, to, date, subject, text, size}, 45 items, "));
    }

    [TestCase("a.pdf", "name a program that gives its text, as with `--loader pdf='pdftotext {} -'`")]
    [TestCase("box.mbox", "name a program that gives its text, as with `--loader mbox='COMMAND {}'`")]
    [TestCase("stdin", "give its text on stdin, as with `COMMAND FILE | rlm … -c -`")]
    public void Read_WithoutTheProgram_SaysWhereItBelongs(string name, string otherWay) => Assert.That(
        () => Read(TimeSpan.FromHours(1), name),
        Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
            $"`rlm-docs`, which reads it, is not in `{_directory}`; put it there from the release that `rlm` is of "
            + $"(from source, `dotnet publish src/Rlm.Docs -c Release -o FOLDER`), or {otherWay}"));

    [TestCase("exit 7", "`rlm-docs` broke off while it read it, with code 7")]
    [TestCase("""printf '{"rlm-docs":1}\n{"text":"half"}\n'; exit 9""", "`rlm-docs` broke off while it read it, with code 9")]
    [TestCase("""printf '{"rlm-docs":2}\n'""", "`rlm-docs` is of another version than `rlm`; put both there from one release")]
    [TestCase("""printf '{"text":"half"}\n'""", "`rlm-docs` is of another version than `rlm`; put both there from one release")]
    [TestCase("""printf '{"rlm-docs":1}\n{"page":1}\n'""", """`rlm-docs` writes what `rlm` does not know: `{"page":1}`""")]
    [TestCase("""printf '{"rlm-docs":1}\n[1]\n'""", "`rlm-docs` writes what `rlm` does not know: `[1]`")]
    [TestCase("""printf '{"rlm-docs":1}\n{"text":1}\n'""", """`rlm-docs` writes what `rlm` does not know: `{"text":1}`""")]
    [TestCase("""printf '{"rlm-docs":1}\n{"error":"it is odd"}\n'""", "it is odd")]
    public async Task Read_AnotherProgram_EndsInWords(string script, string message)
    {
        await WriteProgramAsync(script);

        Assert.That(() => Read(TimeSpan.FromHours(1)), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));
    }

    [Test]
    public async Task Read_ProgramThatHangs_IsEnded()
    {
        await WriteProgramAsync("exec /bin/sleep 1000");

        Assert.That(
            () => Read(TimeSpan.FromMilliseconds(100)),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("`rlm-docs` took longer than 0.1 s for a page of it"));
    }

    [Test]
    public async Task Read_Program_SeesNoKeys()
    {
        await WriteProgramAsync("""printf '{"rlm-docs":1}\n{"error":"%s"}\n' "[$HOME$OPENAI_API_KEY]" """);

        Assert.That(() => Read(TimeSpan.FromHours(1)), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("[]"));
    }

    private void Read(TimeSpan patience, string name = "a.pdf") => new DocsReader(_directory, patience).Read(name, new MemoryStream(new byte[1 << 20]), new NoText());

    private async Task<string> WriteAsync(string name, byte[] content)
    {
        string path = Path.Combine(_directory, name);
        await File.WriteAllBytesAsync(path, content);
        return path;
    }

    private async Task WriteProgramAsync(string script)
    {
        string path = await WriteAsync("rlm-docs", System.Text.Encoding.UTF8.GetBytes($"#!/bin/sh\n{script}\n"));
        if (OperatingSystem.IsWindows())
            Assert.Ignore("The programs are of sh.");
        else
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    internal sealed class NoText : IRlmFileText
    {
        public void StartMail(string place, RlmMailHeader header)
        {
        }

        public void StartPlace(string place)
        {
        }

        public void Write(string text)
        {
        }

        public void AddGap(string gap)
        {
        }
    }
}
