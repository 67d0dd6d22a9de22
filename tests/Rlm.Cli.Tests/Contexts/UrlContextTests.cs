using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rlm.Cli.Tests.Contexts;

/// <summary>Contexts at addresses, over a real server on this machine.</summary>
internal sealed class UrlContextTests
{
    [TestCase("one\ntwo\n", "text/plain")]
    [TestCase("one\ntwo\n", "application/octet-stream")]
    public async Task Run_Address_IsItsText(string text, string type) =>
        Assert.That(await RunAsync(Reply("200 OK", Encoding.UTF8.GetBytes(text), $"Content-Type: {type}\r\n")), Is.EqualTo(new CliRun(0, "2\n", "rlm: read: 2 lines\n")));

    [Test]
    public async Task Run_CharsetOfTheHeader_IsTheEncoding()
    {
        byte[] text = [(byte)'c', (byte)'a', (byte)'f', 0xE9, (byte)'\n'];

        Assert.That((await RunAsync(Reply("200 OK", text, "Content-Type: text/plain; charset=ISO-8859-1\r\n"), "lines | first 1")).Output, Is.EqualTo("café\n"));
    }

    [Test]
    public async Task Run_Redirect_IsFollowed()
    {
        using var target = new OneReply(Reply("200 OK", "x\n"u8.ToArray()));
        using var server = new OneReply(Reply("302 Found", [], $"Location: {target.Url}\r\n"));

        Assert.That((await CliRun.RunAsync("run", "lines | count", "-c", server.Url)).Output, Is.EqualTo("1\n"));
    }

    [TestCase("302 Found", "Location: file:///etc/passwd\r\n", "which is not safe to follow")]
    [TestCase("404 Not Found", "", "answers 404 Not Found")]
    [TestCase("500 Oops", "", "answers 500")]
    public async Task Run_OtherStatus_Fails(string status, string header, string error)
    {
        var run = await RunAsync(Reply(status, "no"u8.ToArray(), header));

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain(error));
    }

    [Test]
    public async Task Run_BodyThatEndsEarly_IsNoContext()
    {
        var run = await RunAsync("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhalf"u8.ToArray());

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.Contain("cannot be read"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Run_TooLarge_IsRefused(bool isTold)
    {
        byte[] body = new byte[(64 << 20) + 1];
        Array.Fill(body, (byte)'a');
        byte[] reply = isTold ? Reply("200 OK", body) : [.. "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"u8, .. body];

        var run = await RunAsync(reply, "lines | count", "--max-download", "64m");

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Failed, "")));
        Assert.That(run.Error, Does.Contain("is larger than 64 MiB: give more with --max-download, or a file"));
    }

    [Test]
    public async Task Run_Image_IsRefused() =>
        Assert.That((await RunAsync(Reply("200 OK", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0]))).Code, Is.EqualTo(ExitCodes.Failed));

    [Test]
    public async Task Run_AddressWithAPassword_IsRefused()
    {
        var run = await CliRun.RunAsync("run", "lines", "-c", "http://me:secret@127.0.0.1:1/");

        Assert.That(run.Error, Does.Contain("holds a password").And.Not.Contain("secret"));
    }

    [Test]
    public async Task Run_NobodyThere_Fails() =>
        Assert.That((await CliRun.RunAsync("run", "lines", "-c", "http://127.0.0.1:1/x?a=b")).Error, Does.StartWith("rlm: http://127.0.0.1:1/x?a=b cannot be read: "));

    private static byte[] Reply(string status, byte[] body, string headers = "") =>
        [.. Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{headers}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"), .. body];

    private static async Task<CliRun> RunAsync(byte[] reply, string program = "lines | count", params string[] options)
    {
        using var server = new OneReply(reply);
        return await CliRun.RunAsync(["run", program, "-c", server.Url, .. options]);
    }

    /// <summary>A server that gives every request the same bytes.</summary>
    private sealed class OneReply : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public OneReply(byte[] reply)
        {
            _listener.Start();
            _ = AnswerAsync(reply);
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/a.txt?x=1";

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync(byte[] reply)
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    using var stream = client.GetStream();
                    byte[] request = new byte[4_096];
                    _ = await stream.ReadAsync(request);
                    await stream.WriteAsync(reply);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                // It is over, or the client has enough.
            }
        }
    }
}
