using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Rlm.Cli.Tests;

internal sealed class RlmCliTests
{
    [TestCase("--version")]
    [TestCase("-V")]
    public async Task RunAsync_Version_PrintsOneLine(string option)
    {
        var run = await CliRun.RunAsync(option);

        Assert.That(run, Is.EqualTo(new CliRun(0, $"rlm {VersionOfTheBuild()}\n", "")));
    }

    [Test]
    public async Task RunAsync_NoArguments_PrintsTheUsage()
    {
        var run = await CliRun.RunAsync();

        Assert.That(run.Code, Is.Zero);
        Assert.That(run.Output, Does.Contain("Usage: rlm COMMAND"));
    }

    [Test]
    public async Task RunAsync_Misuse_SaysWhatAndWhereToLookOnStderr()
    {
        var run = await CliRun.RunAsync("ask");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Output, Is.Empty);
        Assert.That(run.ErrorLines, Has.Count.EqualTo(2));
        Assert.That(run.ErrorLines[1], Is.EqualTo("see rlm ask --help"));
    }

    [Test]
    public async Task RunAsync_BrokenStdout_IsOneLineAndNoTrace()
    {
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Output = new FullWriter(), Error = error };

        int code = await RlmCli.RunAsync(["help"], host);

        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(error.ToString(), Is.EqualTo("rlm: No space left on device\n"));
    }

    [Test]
    public async Task RunAsync_UnexpectedException_AsksForAReportInOneLine()
    {
        using var output = new StringWriter();
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => throw new InvalidCastException("one\ntwo"), Output = output, Error = error };

        int code = await RlmCli.RunAsync(["check", "-"], host);

        Assert.That(code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(error.ToString(), Is.EqualTo(
            $"rlm: internal error, InvalidCastException: one two (please report it, with the command and {RlmCli.VersionLine})\n"));
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void Flush()
        {
        }
    }

    /// <summary>It stands in one place.</summary>
    private static string VersionOfTheBuild([CallerFilePath] string file = "") =>
        (string)XDocument.Load(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "Directory.Build.props")).Descendants("Version").Single();
}
