using Rlm.Cli.Contexts;
using Rlm.Docs;

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
    [TestCase("""printf '{"rlm-docs":1}\n{"text":"caf\\udce9"}\n'""", """`rlm-docs` writes what `rlm` does not know: `{"text":"caf\udce9"}`""")]
    [TestCase("""printf '{"rlm-docs":1}\n[1]\n'""", "`rlm-docs` writes what `rlm` does not know: `[1]`")]
    [TestCase("""printf '{"rlm-docs":1}\n{"text":1}\n'""", """`rlm-docs` writes what `rlm` does not know: `{"text":1}`""")]
    [TestCase("""printf '{"rlm-docs":1}\n{"error":"it is odd"}\n'""", "it is odd")]
    public async Task Read_AnotherProgram_EndsInWords(string script, string message)
    {
        await WriteProgramAsync(script);

        Assert.That(() => Read(TimeSpan.FromHours(1)), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));
    }

    /// <summary>One program reads many files, and another goes on where it has ended between two.</summary>
    [Test]
    public async Task Read_ManyFiles_StartsFewPrograms()
    {
        const string File = """printf '{"rlm-docs":1}\n{"text":"%s"}\n{"end":true}\n' $$; """;
        await WriteProgramAsync(File + File);
        var reader = new DocsReader(_directory, TimeSpan.FromHours(1));

        string[] programs = [.. Enumerable.Range(0, 4).Select(_ => Read(reader, []))];

        Assert.That(programs[1], Is.EqualTo(programs[0]));
        Assert.That(programs[3], Is.EqualTo(programs[2]).And.Not.EqualTo(programs[0]));
    }

    [Test]
    public async Task Read_FileThatEndsTheProgram_CostsThisFileAlone()
    {
        const string File = """printf '{"rlm-docs":1}\n{"text":"a"}\n{"end":true}\n'; """;
        await WriteProgramAsync(File + """printf '{"rlm-docs":1}\n{"text":"half"}\n'; exit 9""");
        var reader = new DocsReader(_directory, TimeSpan.FromHours(1));

        Assert.That(Read(reader, []), Is.EqualTo("a"));
        Assert.That(
            () => Read(reader, []), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("`rlm-docs` broke off while it read it, with code 9"));
        Assert.That(Read(reader, []), Is.EqualTo("a"));
    }

    /// <summary>What decrypts is loaded before the first file, so an encrypted PDF is the first of its program.</summary>
    [Test]
    public async Task Read_EncryptedPdf_StartsAProgram([Values(10, 65_530, 131_062)] int place)
    {
        await WriteProgramAsync(string.Concat(Enumerable.Repeat("""printf '{"rlm-docs":1}\n{"text":"%s"}\n{"end":true}\n' $$; """, 3)));
        var reader = new DocsReader(_directory, TimeSpan.FromHours(1));
        byte[] pdf = [.. "%PDF-1.7"u8, .. Enumerable.Repeat((byte)' ', place), .. "/Encrypt"u8, .. "\n"u8];

        string[] programs = [Read(reader, [.. "%PDF-1.7 /Encryp"u8]), Read(reader, [.. "/Encrypt"u8]), Read(reader, pdf)];

        Assert.That(programs[1], Is.EqualTo(programs[0]));
        Assert.That(programs[2], Is.Not.EqualTo(programs[0]));
    }

    /// <summary>What <c>rlm-docs --records</c> tells of many files is what it tells of each.</summary>
    [Test]
    public void Run_Records_ReadsManyFilesInTheirOrder()
    {
        (string Name, byte[] Content)[] files =
        [
            ("a.eml", [.. "Subject: one\n\n"u8, .. Enumerable.Repeat((byte)'x', 200_000)]), ("b\n.pdf", [.. "%PDF-1.7 damaged "u8, .. new byte[100_000]]),
            ("box.mbox", []), ("c.eml", [.. "Subject: two\n\nwords"u8]),
        ];
        using var input = new MemoryStream();
        foreach (var (name, content) in files)
            DocsPieces.Write(name, new MemoryStream(content), input);
        input.Position = 0;

        string many = RunDocs(["--records"], input);

        Assert.That(many, Is.EqualTo(string.Concat(files.Select(file => RunDocs(["--records", file.Name], new MemoryStream(file.Content))))));
        Assert.That(many.Split('\n'), Has.Exactly(3).EqualTo("{\"end\":true}"));
    }

    [TestCase("x")]
    [TestCase("5\na.eml3\nSub")]
    [TestCase("99999999999\n")]
    public void Run_RecordsOfWrongPieces_Fails(string input)
    {
        using var output = new MemoryStream();
        using var error = new StringWriter();

        Assert.That(DocsCommand.Run(["--records"], () => new MemoryStream(System.Text.Encoding.ASCII.GetBytes(input)), output, error), Is.EqualTo(5));
        Assert.That(error.ToString(), Does.StartWith("rlm-docs: the input "));
    }

    private static string RunDocs(string[] arguments, Stream input)
    {
        using var output = new MemoryStream();
        Assert.That(DocsCommand.Run(arguments, () => input, output, TextWriter.Null), Is.Zero);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private static string Read(DocsReader reader, byte[] content)
    {
        var text = new NoText();
        reader.Read("a.pdf", new MemoryStream(content), text);
        return text.Text;
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
        public string Text { get; private set; } = "";

        public void StartMail(string place, RlmMailHeader header)
        {
        }

        public void StartPlace(string place)
        {
        }

        public void Write(string text) => Text += text;

        public void AddGap(string gap)
        {
        }
    }
}
