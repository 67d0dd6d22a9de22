using System.Text;

namespace Rlm.Cli.Tests;

/// <summary>Contexts, endpoints and roots that are not as they should be, through the command line to the exit code.</summary>
internal sealed class BadInputTests
{
    private static readonly string Log = TestFiles.Sample("server.log");

    private static IEnumerable<TestCaseData> Contexts =>
    [
        new TestCaseData(Array.Empty<byte>(), "lines | count", "0").SetArgDisplayNames("empty"),
        new TestCaseData(new byte[] { 0x7F, (byte)'X', (byte)'L', (byte)'F', 0, 1, 2, (byte)'\n', 0xFF, 0xFE, 0 }, "lines | count", "2")
            .SetArgDisplayNames("binary"),
        new TestCaseData("a\0b\nERROR \0x\n"u8.ToArray(), "grep \"ERROR\" | count", "1").SetArgDisplayNames("NUL"),
        new TestCaseData("ERROR \xC3(\nok\n".Select(c => (byte)c).ToArray(), "grep \"ERROR\"", "ERROR \uFFFD(")
            .SetArgDisplayNames("invalid UTF-8"),
        new TestCaseData(
            Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("ERROR é\nok\n")).ToArray(),
            "grep /ERROR é$/ | count",
            "1").SetArgDisplayNames("UTF-16"),
        new TestCaseData("a\r\nERROR b\r\n"u8.ToArray(), "grep /b$/", "ERROR b").SetArgDisplayNames("CRLF"),
    ];

    private static IEnumerable<TestCaseData> Endpoints =>
    [
        Endpoint("401", LoopbackReply.Error(401, "{\"error\":{\"message\":\"no\"}}"), "401"),
        Endpoint("404", LoopbackReply.Error(404, "{\"error\":{\"message\":\"no such model\"}}"), "404"),
        Endpoint("429", LoopbackReply.Error(429, "slow down"), "429"),
        Endpoint("500", LoopbackReply.Error(500, "oops"), "500"),
        Endpoint("truncated JSON", LoopbackReply.TruncatedJson(), "JSON"),
        Endpoint("HTML", LoopbackReply.Html(), "web page"),
        Endpoint("no choices", LoopbackReply.NoChoices(), "choices"),
        Endpoint("nothing", LoopbackReply.EmptyBody(), "empty"),
    ];

    private static IEnumerable<TestCaseData> Roots =>
    [
        Root("never writes a program", "I would look at the log first.", ExitCodes.NoAnswer, "3 replies in a row held no program"),
        Root("writes only wrong programs", "```rlm\ncontext | linez\n```", ExitCodes.NoAnswer, "no answer"),
        Root("loops on the same program", "```rlm\ncontext | lines | count\n```", ExitCodes.NoAnswer, "same program"),
        Root("asks for more calls than there are", "```rlm\nanswer context | lines | map llm \"Why?\"\n```", ExitCodes.LimitReached,
            "no answer"),
        Root("answers at once", "```rlm\nanswer \"42\"\n```", ExitCodes.Answered, ""),
    ];

    [TestCaseSource(nameof(Contexts))]
    public async Task Run_OddContext_IsReadAsItIs(byte[] bytes, string program, string expected)
    {
        string path = Path.Combine(TestFiles.NewDirectory(), "odd.txt");
        await File.WriteAllBytesAsync(path, bytes);

        var run = await CliRun.RunAsync("run", "-e", program, "-c", path, "-q");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, expected + "\n")), run.Error);
    }

    [Test]
    public async Task Run_LineOf100Megabytes_IsSearchedInLinearTime()
    {
        string path = Path.Combine(TestFiles.NewDirectory(), "one-line.txt");
        await using (var file = File.Create(path))
        {
            byte[] block = new byte[1_000_000];
            Array.Fill(block, (byte)'a');
            for (int i = 0; i < 100; i++)
                await file.WriteAsync(block);
        }

        var literal = await CliRun.RunAsync("run", "-e", "grep \"b\" | count", "-c", path, "-q");
        var shown = await CliRun.RunAsync("run", "-e", "describe", "-c", path, "-q");

        Assert.That((literal.Code, literal.Output), Is.EqualTo((ExitCodes.Answered, "0\n")));
        Assert.That(shown.Output, Does.StartWith("text, 1 line, 100,000,000 bytes").And.Length.LessThan(1_000));
        File.Delete(path);
    }

    [Test]
    public async Task Run_EvilPattern_Ends()
    {
        string path = TestFiles.NewFile($"{new string('a', 50_000)}!\n");

        var run = await CliRun.RunAsync("run", "-e", "grep /(a+)+$/ | count", "-c", path, "-q");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, "0\n")));
    }

    [TestCaseSource(nameof(Endpoints))]
    public async Task Ask_FaultyEndpoint_IsOneLineThatNamesIt(LoopbackReply reply, string expected)
    {
        await using var server = new LoopbackModelServer(_ => reply);

        var run = await CliRun.RunAsync("ask", "Why did it fail?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "x", "-q");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.ErrorLines, Has.Count.EqualTo(1));
        Assert.That(
            run.Error, Does.StartWith("rlm: ").And.Contain(server.OpenAiUrl.Port.ToString(null, null)).And.Contain(expected).IgnoreCase);
    }

    [TestCaseSource(nameof(Roots))]
    public async Task Ask_UselessRoot_EndsWithItsReason(string reply, int code, string reason)
    {
        await using var server = new LoopbackModelServer(_ => reply);

        var run = await CliRun.RunAsync("ask", "How many lines?", "-c", Log, "--base-url", server.OpenAiUrl.ToString(), "-m", "x", "-q",
            "--max-steps", "5", "--max-calls", "20");

        Assert.That(run.Code, Is.EqualTo(code), run.Error);
        Assert.That(run.Error, Does.Contain(reason));
        Assert.That(server.Requests, Is.LessThanOrEqualTo(20));
    }

    private static TestCaseData Endpoint(string name, LoopbackReply reply, string expected) =>
        new TestCaseData(reply, expected).SetArgDisplayNames(name);

    private static TestCaseData Root(string name, string reply, int code, string reason) =>
        new TestCaseData(reply, code, reason).SetArgDisplayNames(name);
}
