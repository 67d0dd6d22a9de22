using System.Diagnostics;
using System.IO.Compression;
using System.Text;

namespace Rlm.Cli.Tests.Contexts;

/// <summary>Contexts of unusual kinds, through the command line.</summary>
internal sealed class OddContextTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = TestFiles.NewDirectory();

    [TestCase("/dev/null", "0\n")]
    [TestCase("-", "0\n")]
    public async Task Run_NothingThere_IsAnEmptyText(string context, string count) =>
        Assert.That(
            await new CliSetup { Input = "" }.RunAsync(["run", "-e", "lines | count", "-c", context, "-q"]),
            Is.EqualTo(new CliRun(0, count, "")));

    [Test]
    public async Task Run_Pipe_IsReadToItsEnd()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("mkfifo is Linux's.");

        string pipe = Path.Combine(_directory, "pipe");
        using (var made = Process.Start("mkfifo", [pipe])!)
            await made.WaitForExitAsync();
        var run = CliRun.RunAsync("run", "-e", "lines | count", "-c", pipe, "-q");
        await File.WriteAllTextAsync(pipe, string.Concat(Enumerable.Repeat("a line\n", 1_000_000)));

        Assert.That(await run, Is.EqualTo(new CliRun(0, "1000000\n", "")));
    }

    [TestCase("-")]
    [TestCase("a\nb")]
    [TestCase("a=b")]
    [TestCase("*")]
    public async Task Run_OddName_IsTheFile(string name)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, name), "x\ny\n");

        var named = await CliRun.RunAsync("run", "-e", "file | lines | count", "-c", $"file={Path.Combine(_directory, name)}", "-q");
        var listed = await CliRun.RunAsync("run", "-e", "context | map \"<{name}> {length(text)}\"", "-c", _directory, "-q");

        Assert.That(named, Is.EqualTo(new CliRun(0, "2\n", "")));
        Assert.That(listed, Is.EqualTo(new CliRun(0, $"<{name}> 4\n", "")));
    }

    [Test]
    public async Task Run_Utf16CsvInGzip_HasTypedColumns()
    {
        string path = Path.Combine(_directory, "t.csv.gz");
        await using (var stream = new GZipStream(File.Create(path), CompressionLevel.Fastest))
            await stream.WriteAsync(
                (byte[])[.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a;b\r\n1;\"é\r\n\"\r\n20;x;y\r\n3\r\n")]);

        var run = await CliRun.RunAsync("run", "-e", "context | parse csv | aggregate total = sum(a), texts = count()", "-c", path);

        Assert.That((run.Code, run.Output), Is.EqualTo((0, "total: 24\ntexts: 3\n")), run.Error);
        Assert.That(run.Error, Does.Contain("rows has more cells than the header, which are left out (line 4)").And.Contain(
            "rows has too few cells, the others are none (line 5)"));
    }

    [TestCase("", "holds no file")]
    [TestCase("*.txt", "no file matches")]
    public async Task Run_DirectoryWithoutReadableFiles_SaysSo(string pattern, string message)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, ".hidden.txt"), "x");
        await File.WriteAllBytesAsync(Path.Combine(_directory, "binary.txt"), [0, 1]);

        var run = await CliRun.RunAsync("run", "-e", "context | count", "-c", Path.Combine(_directory, pattern));

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.Contain(message).And.Contain("hidden, binary and ignored files"));
    }

    [Test]
    public async Task Run_Page_IsReadAsText()
    {
        string path = Path.Combine(_directory, "page.html");
        await File.WriteAllTextAsync(path, "<h1>Parts</h1>\n<ul><li>a nut<li>a bolt</ul>");

        var run = await CliRun.RunAsync("run", "-e", "parse html | grep \"nut\" | map \"{cite}: {it}\"", "-c", path, "-q");

        Assert.That(run, Is.EqualTo(new CliRun(0, $"{path} (text):3: - a nut\n", "")));
    }

    [TestCase("--encoding", "cp1252", ExpectedResult = "0|1\n|")]
    [TestCase("--encoding", "context=latin1", ExpectedResult = "0|1\n|")]
    [TestCase("-q", "-q", ExpectedResult = "0|0\n|rlm: partial: `FILE` is not UTF-8 in 2 places (first in line 1) and looks like cp1252: letters that are not ASCII are neither found nor compared; read with `--encoding cp1252`\n")]
    [TestCase("--encoding", "cp9999", ExpectedResult = "2||rlm: --encoding `cp9999` is not an encoding that is known: give a name such as cp1252, latin1, shift_jis, gb18030 or utf-16le\nsee rlm run --help\n")]
    [TestCase("--encoding", "mails=cp1252", ExpectedResult = "2||rlm: --encoding `mails=cp1252` names no context: there is context\nsee rlm run --help\n")]
    public async Task<string> Run_TextOfAnotherEncoding_IsReadOrNoted(string option, string encoding)
    {
        string path = Path.Combine(_directory, "x.txt");
        await File.WriteAllBytesAsync(path, Encoding.Latin1.GetBytes("eine Größe\n"));

        string[] options = option == encoding ? [option] : [option, encoding, "-q"];
        var run = await CliRun.RunAsync(["run", "-e", "grep \"Größe\" | count", "-c", path, .. options]);
        return $"{run.Code}|{run.Output}|{run.Error.Replace(path, "FILE", StringComparison.Ordinal)}";
    }

    [Test]
    public async Task Run_Database_GivesTheRowsOfItsTables()
    {
        string path = Path.Combine(TestFiles.Root, "tests", "Rlm.Runtime.Tests", "Files", "Databases", "shop.db");
        var run = await CliRun.RunAsync(
            "run", "-e", "context | parse sqlite | count by sheet", "-e", "context | grep \"Ann 7,\" | map \"{cite}\"", "-c", path, "--no-cache");
        Assert.That(run.Output, Does.StartWith("| sheet | count |\n|---|---|\n| orders | 63 |\n| two words | 1 |\n"));
        Assert.That(run.Output, Does.EndWith("shop.db:orders!70\n"));
        Assert.That(run.Error, Does.Contain("table pairs is kept without row numbers, and left out"));
    }

    [Test]
    public async Task Run_DatabaseCutShort_IsRefused()
    {
        string path = Path.Combine(_directory, "x.db");
        await File.WriteAllTextAsync(path, "SQLite format 3\0");
        var run = await CliRun.RunAsync("run", "-e", "lines | count", "-c", path);
        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(
            run.Error,
            Does.Contain($"`{path}` is an SQLite database, which is not read: it ends inside its header; fetch it again"));
    }
}
