using System.Text;

namespace Rlm.Runtime.Tests.Texts;

/// <summary>Texts of streams that throw where they are read synchronously, as the body of a web request does.</summary>
internal sealed class AsynchronousStreamTests
{
    [TestCase("", "utf-8")]
    [TestCase("a\nb\n", "utf-8")]
    [TestCase("für", "latin1")]
    [TestCase("für", "utf-16")]
    public async Task FromStreamAsync_OnlyAsynchronous_GivesWhatFromStreamGives(string text, string encoding)
    {
        const int times = 2_000_000;
        var known = Encoding.GetEncoding(encoding);
        byte[] bytes = [.. known.GetPreamble(), .. known.GetBytes(string.Concat(Enumerable.Repeat(text, times)))];

        using var source = await TextSource.FromStreamAsync(new AsynchronousStream(bytes), "body", known);
        using var expected = TextSource.FromStream(new MemoryStream(bytes), "body", known);

        byte[] read = new byte[source.LengthBytes], wanted = new byte[expected.LengthBytes];
        source.Read(0, read);
        expected.Read(0, wanted);
        Assert.That(read.AsSpan().SequenceEqual(wanted), Is.True);
        Assert.That(read, Has.Length.EqualTo(times * Encoding.UTF8.GetByteCount(text)));
    }

    [Test]
    public async Task FromStreamAsync_Cancelled_Throws() => await Assert.ThatAsync(
        () => TextSource.FromStreamAsync(new AsynchronousStream([1]), "body", cancellationToken: new CancellationToken(true)),
        Throws.InstanceOf<OperationCanceledException>());

    [Test]
    public async Task FromStreamAsync_OfWhatIsNotAText_Throws() => await Assert.ThatAsync(
        () => TextSource.FromStreamAsync(new AsynchronousStream(Encoding.Latin1.GetBytes("%PDF-1.7\n")), "body"),
        Throws.TypeOf<TextException>().With.Message.Contains("`body`"));

    private sealed class AsynchronousStream(byte[] content) : Stream
    {
        private int _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) =>
            throw new InvalidOperationException("Synchronous operations are disallowed.");

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(buffer.Length, content.Length - _position);
            content.AsMemory(_position, count).CopyTo(buffer);
            _position += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
