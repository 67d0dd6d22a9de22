using System.Text;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Lsp;
using Rlm.Cli.Tests.JsonRpc;

namespace Rlm.Cli.Tests.Lsp;

internal sealed class MessageReaderTests
{
    /// <summary>However a stream cuts its bytes, the messages are the same.</summary>
    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    [TestCase(100_000)]
    public async Task ReadAsync_Pieces_AreMessages(int size)
    {
        string[] messages = ["{}", "", "{\"ä\":\"😀\"}", new string('x', 40_000), "\r\n\r\n"];
        string text = string.Concat(messages.Select(message => $"Content-Type: application/vscode-jsonrpc; charset=utf-8\r\ncontent-length:  {Encoding.UTF8.GetByteCount(message)}\r\n\r\n{message}"));
        var reader = new MessageReader(new PieceStream(Encoding.UTF8.GetBytes(text), size));

        foreach (string message in messages)
            Assert.That(Encoding.UTF8.GetString((await reader.ReadAsync(default))!), Is.EqualTo(message));
        Assert.That(await reader.ReadAsync(default), Is.Null);
    }

    [Test]
    public async Task ReadAsync_TooLong_IsPassedOver()
    {
        var reader = new MessageReader(new PieceStream("Content-Length: 25\r\n\r\n1234567890123456789012345Content-Length: 2\n\n{}"u8.ToArray(), 9), maxBytes: 10);

        Assert.That(() => reader.ReadAsync(default), Throws.InstanceOf<RpcException>().With.Message.EqualTo("the message has 25 bytes; 10 are allowed"));
        Assert.That(await reader.ReadAsync(default), Is.EqualTo("{}"u8.ToArray()));
    }

    [TestCase("Content-Length: 3\r\n\r\n{}", "the input ended within a message")]
    [TestCase("Content-Length: 3\r\n", "the input ended within a message")]
    [TestCase("Content-Len", "the input ended within a message")]
    [TestCase("\r\n", "a message has no `Content-Length`")]
    [TestCase("Content-Length\r\n\r\n", "`Content-Length` is not a number of bytes")]
    public void ReadAsync_Broken_IsTold(string text, string message) => Assert.That(
        () => new MessageReader(new MemoryStream(Encoding.UTF8.GetBytes(text))).ReadAsync(default), Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo(message));

    [TestCase("")]
    [TestCase("\n")]
    public void ReadAsync_HeaderWithoutEnd_IsTold(string lineEnd)
    {
        byte[] endless = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat($"a: b{lineEnd}", 10_000)));

        Assert.That(() => new MessageReader(new MemoryStream(endless)).ReadAsync(default),
            Throws.InstanceOf<InvalidDataException>().With.Message.EqualTo("a message's header has no end"));
    }
}
