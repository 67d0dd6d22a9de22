using System.Net;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Tests.Commands;

internal sealed class ServeCommandTests
{
    [TestCase("127.0.0.1:80", "127.0.0.1:80")]
    [TestCase("0.0.0.0:9000", "0.0.0.0:9000")]
    [TestCase("[::1]:9000", "[::1]:9000")]
    [TestCase("localhost:0", "127.0.0.1:0")]
    [TestCase(":9000", "127.0.0.1:9000")]
    public async Task Serve_Address_IsListenedTo(string text, string expected) =>
        Assert.That((await ReadAsync("--listen", text))!.Listen, Is.EqualTo(IPEndPoint.Parse(expected)));

    [TestCase("127.0.0.1")]
    [TestCase("::1")]
    [TestCase("example.com:80")]
    [TestCase("127.0.0.1:99999")]
    public async Task Serve_NoAddress_IsWrongUsage(string text)
    {
        var run = await CliRun.RunAsync("serve", "--listen", text);

        Assert.That(run.Code, Is.EqualTo(ExitCodes.WrongUsage));
        Assert.That(run.Error, Does.StartWith($"rlm: --listen `{text}` is not an address with a port: write 127.0.0.1:8642 or [::1]:8642\n"));
    }

    [Test]
    public async Task Serve_Options_GoOnToTheProgramThatServes()
    {
        var server = await ReadAsync("--model", "offline", "--max-queue", "7", "--no-journal");

        Assert.That(server!.Given, Is.EqualTo(new[] { "--model", "offline", "--max-queue", "7", "--no-journal" }));
        Assert.That((server.MaxQueue, server.KeepsJournals, server.Run.KeepsNone), Is.EqualTo((7, false, true)));
    }

    private static async Task<ServerArguments?> ReadAsync(params string[] args)
    {
        ServerArguments? read = null;
        var host = new CliHost
        {
            OpenInput = () => Stream.Null,
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            Serve = (arguments, _, _) =>
            {
                read = arguments;
                return Task.FromResult(0);
            },
        };
        await RlmCli.RunAsync(["serve", .. args], host);
        return read;
    }
}
