using System.Text;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Tests.JsonRpc;

internal sealed class LineReaderTests
{
    /// <summary>However a stream cuts its bytes, the messages are the same; a last line needs no end, and empty lines are none.</summary>
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(100_000)]
    public async Task ReadAsync_Pieces_AreLines(int size)
    {
        string[] messages = ["{}", "{\"ä\":\"😀\"}", new string('x', 40_000), "last"];
        var reader = new LineReader(new PieceStream(Encoding.UTF8.GetBytes($"\n \r\n{string.Join("\r\n\n", messages)}"), size));

        foreach (string message in messages)
            Assert.That(Encoding.UTF8.GetString((await reader.ReadAsync(default))!).TrimEnd('\r'), Is.EqualTo(message));
        Assert.That(await reader.ReadAsync(default), Is.Null);
    }

    [Test]
    public async Task ReadAsync_TooLong_IsPassedOver()
    {
        var reader = new LineReader(new PieceStream("1234567890123456789012345\n{}\n12345678901"u8.ToArray(), 9), maxBytes: 10);

        Assert.That(() => reader.ReadAsync(default), Throws.InstanceOf<RpcException>().With.Message.EqualTo("the message has 25 bytes; 10 are allowed"));
        Assert.That(Encoding.UTF8.GetString((await reader.ReadAsync(default))!), Is.EqualTo("{}"));
        Assert.That(() => reader.ReadAsync(default), Throws.InstanceOf<RpcException>().With.Message.EqualTo("the message has 11 bytes; 10 are allowed"));
        Assert.That(await reader.ReadAsync(default), Is.Null);
    }
}
