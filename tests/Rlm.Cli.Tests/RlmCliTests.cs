using System.Reflection;

namespace Rlm.Cli.Tests;

internal sealed class RlmCliTests
{
    [Test]
    public void VersionLine_IsTheVersionOfTheBuild()
    {
        string built = typeof(RlmCli).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;

        Assert.That(built, Is.EqualTo(RlmCli.Version));
    }

    [TestCase("--version")]
    [TestCase("-V")]
    public async Task RunAsync_Version_PrintsOneLine(string option)
    {
        var run = await CliRun.RunAsync(option);

        Assert.That(run, Is.EqualTo(new CliRun(0, "rlm 0.1.0\n", "")));
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
            "rlm: internal error, InvalidCastException: one two (please report it, with the command and rlm 0.1.0)\n"));
    }

    private sealed class FullWriter : StringWriter
    {
        public override void Write(string? value) => throw new IOException("No space left on device");

        public override void Flush()
        {
        }
    }
}
