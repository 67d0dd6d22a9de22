using System.Diagnostics;
using Rlm.Cli.Mcp;
using Rlm.Cli.Mcp.Sessions;

namespace Rlm.Cli.Tests.Mcp;

internal sealed class AllowedPathsTests
{
    private string _folder = "", _outside = "";

    [SetUp]
    public void MakeFolders()
    {
        _folder = TestFiles.NewDirectory();
        _outside = TestFiles.NewFile("secret", "secret.txt");
        File.WriteAllText(Path.Combine(_folder, "a.txt"), "a");
        Directory.CreateDirectory(Path.Combine(_folder, "logs"));
        File.WriteAllText(Path.Combine(_folder, "logs", "b*.log"), "b");
        File.CreateSymbolicLink(Path.Combine(_folder, "inner"), "logs/../a.txt");
        File.CreateSymbolicLink(Path.Combine(_folder, "out"), _outside);
        File.CreateSymbolicLink(Path.Combine(_folder, "up"), $"../{Path.GetFileName(Path.GetDirectoryName(_outside))}/secret.txt");
        File.CreateSymbolicLink(Path.Combine(_folder, "twice"), "out");
        File.CreateSymbolicLink(Path.Combine(_folder, "folder"), Path.GetDirectoryName(_outside)!);
        File.CreateSymbolicLink(Path.Combine(_folder, "round"), "round");
    }

    [TestCase("a.txt", "a.txt")]
    [TestCase("./a.txt", "a.txt")]
    [TestCase("logs", "logs")]
    [TestCase("logs/", "logs")]
    [TestCase("logs/*.log", "logs/*.log")]
    [TestCase("logs/b*.log", "logs/b*.log")]
    [TestCase("**/*.log", "**/*.log")]
    [TestCase("inner", "a.txt")]
    [TestCase("nope.txt", "nope.txt")]
    [TestCase("s3://bucket/key", "s3:/bucket/key")]
    [TestCase("s3://bucket/*.log", "s3:/bucket/*.log")]
    [TestCase("", null)]
    [TestCase("a\0b", null)]
    [TestCase("../x", null)]
    [TestCase("logs/../a.txt", null)]
    [TestCase("/etc/passwd", null)]
    [TestCase("/etc/*", null)]
    [TestCase("/nowhere", null)]
    [TestCase("out", null)]
    [TestCase("up", null)]
    [TestCase("twice", null)]
    [TestCase("folder", null)]
    [TestCase("folder/secret.txt", null)]
    [TestCase("folder/*.txt", null)]
    [TestCase("round", null)]
    public void Resolve_Path_IsWithinTheFolder(string path, string? resolved)
    {
        var paths = new AllowedPaths([_folder]);

        if (resolved is null)
            Assert.That(() => paths.Resolve(path), Throws.InstanceOf<ToolException>());
        else
            Assert.That(paths.Resolve(path), Is.EqualTo(Path.Combine(_folder, resolved)));
    }

    /// <summary>Whether something is there is nobody's business.</summary>
    [Test]
    public void Resolve_Outside_TellsNothingOfIt()
    {
        var paths = new AllowedPaths([_folder]);

        string Tell(string path) => Assert.Throws<ToolException>(() => paths.Resolve(path))!.Message.Replace($"`{path}`", "`PATH`", StringComparison.Ordinal);
        Assert.That(new[] { Tell("/etc/passwd"), Tell("/etc/nope"), Tell("out") }, Is.All.EqualTo(
            $"`PATH` is outside of what may be read: {_folder}; the server is started with --allow DIR for more"));
    }

    [Test]
    public void Resolve_FolderThatIsALink_IsWhereItLeads()
    {
        var paths = new AllowedPaths([Path.Combine(_folder, "folder")]);

        Assert.That(paths.Resolve("secret.txt"), Is.EqualTo(_outside));
        Assert.That(() => paths.Resolve(Path.Combine(_folder, "a.txt")), Throws.InstanceOf<ToolException>());
    }

    [Test]
    public void Resolve_NoFolder_IsTheWorkingFolder() => Assert.That(new AllowedPaths([]).Resolve("rlm.dll"), Is.EqualTo("rlm.dll"));

    [TestCase("/proc/self/environ")]
    [TestCase("/proc/self/root/proc/self/environ")]
    [TestCase("/dev/zero")]
    [TestCase("/sys/kernel")]
    public void Resolve_System_IsRefusedWhateverIsAllowed(string path) =>
        Assert.That(() => new AllowedPaths(["/"]).Resolve(path), Throws.InstanceOf<ToolException>());

    [Test]
    [Platform("Linux")]
    public void Resolve_Pipe_IsRefused()
    {
        string pipe = Path.Combine(_folder, "pipe");
        using (var made = Process.Start("mkfifo", pipe))
            made.WaitForExit();

        Assert.That(() => new AllowedPaths([_folder]).Resolve("pipe"), Throws.InstanceOf<ToolException>().With.Message.StartsWith("`pipe` is a pipe, a socket or a device"));
    }
}
