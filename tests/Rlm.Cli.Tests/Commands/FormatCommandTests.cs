using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Rlm.Cli.Tests.Commands;

internal sealed class FormatCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("rlm-fmt").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task RunAsync_Expression_IsPrinted()
    {
        var run = await CliRun.RunAsync("fmt", "-e", "context|lines|count");

        Assert.That(run, Is.EqualTo(new CliRun(0, "context | lines | count\n", "")));
    }

    [Test]
    public async Task RunAsync_StandardInput_IsPrinted()
    {
        var run = await new CliSetup { Input = "# all\ncontext|lines|count" }.RunAsync(["fmt", "-"]);

        Assert.That(run, Is.EqualTo(new CliRun(0, "# all\ncontext | lines | count\n", "")));
    }

    [Test]
    public async Task RunAsync_Files_AreRewrittenWhereTheyChange()
    {
        string first = Write("a.rlm", "context|lines\n"), second = Write("b.rlm", "context | lines\n");
        var when = File.GetLastWriteTimeUtc(second);

        var run = await CliRun.RunAsync("fmt", first, second);

        Assert.That(run, Is.EqualTo(new CliRun(0, "", $"rlm: {first} is laid out anew\n")));
        Assert.That(await File.ReadAllTextAsync(first), Is.EqualTo("context | lines\n"));
        Assert.That(File.GetLastWriteTimeUtc(second), Is.EqualTo(when));
        Assert.That(Directory.EnumerateFiles(_folder).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task RunAsync_Check_ListsFilesAndChangesNone()
    {
        string first = Write("a.rlm", "context|lines\n"), second = Write("b.rlm", "context | lines\n");

        var run = await CliRun.RunAsync("fmt", "--check", first, second);

        Assert.That(run, Is.EqualTo(new CliRun(ExitCodes.NotFormatted, first + "\n", "")));
        Assert.That(await File.ReadAllTextAsync(first), Is.EqualTo("context|lines\n"));
        Assert.That(await CliRun.RunAsync("fmt", "--check", second), Is.EqualTo(new CliRun(0, "", "")));
    }

    [Test]
    public async Task RunAsync_SyntaxError_LeavesTheFileAndGoesOn()
    {
        string wrong = Write("a.rlm", "context|lines |"), second = Write("b.rlm", "context|lines");

        var run = await CliRun.RunAsync("fmt", "-q", wrong, second);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.ProgramErrors));
        Assert.That(run.Error, Does.StartWith("error RLM1").And.Contain($" --> {wrong}:1:"));
        Assert.That(await File.ReadAllTextAsync(wrong), Is.EqualTo("context|lines |"));
        Assert.That(await File.ReadAllTextAsync(second), Is.EqualTo("context | lines\n"));
    }

    [Test]
    public async Task RunAsync_UnknownOperator_IsLaidOut()
    {
        // A name is no matter of layout.
        var run = await CliRun.RunAsync("fmt", "-e", "context|frobnicate");

        Assert.That(run, Is.EqualTo(new CliRun(0, "context | frobnicate\n", "")));
    }

    [TestCase("utf-8", true)]
    [TestCase("utf-16", true)]
    [TestCase("utf-16BE", true)]
    public async Task RunAsync_ByteOrderMark_IsKept(string encoding, bool hasMark)
    {
        var written = Encoding.GetEncoding(encoding);
        string file = Path.Combine(_folder, "a.rlm");
        await File.WriteAllTextAsync(file, "context|grep \"é\"\r\n|count\r\n", written);

        var run = await CliRun.RunAsync("fmt", file);

        Assert.That(run.Code, Is.Zero);
        byte[] bytes = await File.ReadAllBytesAsync(file);
        Assert.That(bytes.AsSpan().StartsWith(written.Preamble), Is.EqualTo(hasMark));
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("context | grep \"é\" | count\r\n"));
    }

    [Test]
    public async Task RunAsync_NotUtf8_IsLeftAlone()
    {
        string file = Path.Combine(_folder, "a.rlm");
        byte[] bytes = [.. "context|grep \""u8, 0xE9, .. "\""u8];
        await File.WriteAllBytesAsync(file, bytes);

        var run = await CliRun.RunAsync("fmt", file);

        Assert.That(run, Is.EqualTo(new CliRun(ExitCodes.Failed, "", $"rlm: the program {file} is not UTF-8, and is left as it is\n")));
        Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(bytes));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task RunAsync_LinkAndMode_AreKept()
    {
        string file = Write("a.rlm", "#!/usr/bin/env -S rlm run\ncontext|lines\n"), link = Path.Combine(_folder, "link.rlm");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(link, file);

        var run = await CliRun.RunAsync("fmt", link);

        Assert.That(run.Code, Is.Zero);
        Assert.That(new FileInfo(link).LinkTarget, Is.EqualTo(file));
        Assert.That(await File.ReadAllTextAsync(file), Does.EndWith("context | lines\n"));
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task RunAsync_LinkBelowALinkedFolder_IsWrittenThrough()
    {
        // The link's `..` is of the folder that it really stands in.
        string inner = Directory.CreateDirectory(Path.Combine(_folder, "real", "inner")).FullName, folder = Path.Combine(_folder, "folder");
        string file = Write(Path.Combine("real", "a.rlm"), "context|lines|take   3\n");
        File.CreateSymbolicLink(Path.Combine(inner, "link.rlm"), Path.Combine("..", "a.rlm"));
        Directory.CreateSymbolicLink(folder, inner);

        var run = await CliRun.RunAsync("fmt", Path.Combine(folder, "link.rlm"));

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(await File.ReadAllTextAsync(file), Is.EqualTo("context | lines | take 3\n"));
        Assert.That(Directory.GetFiles(inner), Has.Length.EqualTo(1));
    }

    [Test]
    [UnsupportedOSPlatform("windows")]
    public async Task RunAsync_HardLink_IsTheSameFile()
    {
        string file = Write("a.rlm", "context|lines|take      3\n"), link = Path.Combine(_folder, "b.rlm");
        using (var linked = Process.Start("ln", [file, link]))
            await linked.WaitForExitAsync();

        var run = await CliRun.RunAsync("fmt", file);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(await File.ReadAllTextAsync(link), Is.EqualTo("context | lines | take 3\n"));
    }

    [Test]
    public async Task RunAsync_FilesThatCannotBe_AreToldAndTheOthersDone()
    {
        string missing = Path.Combine(_folder, "none.rlm"), good = Write("a.rlm", "context|lines");
        string fixedFile = Write("fixed.rlm", "context|lines");
        File.SetAttributes(fixedFile, FileAttributes.ReadOnly);

        var run = await CliRun.RunAsync("fmt", "-q", missing, _folder, fixedFile, good);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.ErrorLines, Is.EqualTo(new[]
        {
            $"rlm: the program {missing}: no such file", $"rlm: the program {_folder} is a directory",
            $"rlm: the program {fixedFile} cannot be written: it may not be written",
        }));
        Assert.That(await File.ReadAllTextAsync(good), Is.EqualTo("context | lines\n"));
        File.SetAttributes(fixedFile, FileAttributes.Normal);
    }

    [TestCase("`-` is stdin, and stands alone", "fmt", "a.rlm", "-")]
    [TestCase("the program is missing: a FILE, or -e DSL", "fmt")]
    public async Task RunAsync_WrongUsage_SaysWhatIsWrong(string message, params string[] args)
    {
        var run = await CliRun.RunAsync(args);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.Contain(message));
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
