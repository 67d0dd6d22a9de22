using System.IO.Compression;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tests.Texts.Sources;

internal sealed class TextSpoolTests
{
    [TestCase(0)]
    [TestCase(TextSpool.MemoryBytes)]
    [TestCase(TextSpool.MemoryBytes + 1)]
    [TestCase(3 * TextSpool.MemoryBytes)]
    public void Write_Pieces_AreTheText(int length)
    {
        byte[] text = [.. Enumerable.Range(0, length).Select(i => (byte)(i * 31 >> 4))];
        using var spool = new TextSpool("t");
        foreach (byte[] piece in text.Chunk(1_000_003))
            spool.Write(piece);
        using var source = spool.ToSource();

        byte[] read = new byte[length];
        source.Read(0, read);
        Assert.That((source.LengthBytes, read.AsSpan().SequenceEqual(text)), Is.EqualTo(((long)length, true)));
    }

    [Test]
    public void ReadToEnd_DiskFillsUp_StopsBeforeTheReserve()
    {
        long free = TemporaryFile.ReserveBytes + (40L << 20);
        long before = free;
        var stream = new EndlessStream(count => free -= count);

        var exception = Assert.Throws<TextException>(() => TextSpool.ReadToEnd(stream, "stdin", freeBytes: _ => free))!;

        Assert.That(
            exception.Message,
            Does.StartWith(
                $"`stdin` cannot be kept in the temporary folder `{Path.GetTempPath()}`, where ").And.Contain("bytes of its text were read").And.Contain("TMPDIR"));
        Assert.That(free, Is.GreaterThanOrEqualTo(TemporaryFile.ReserveBytes).And.LessThan(before - (20L << 20)));
    }

    [Test]
    public void ReadToEnd_FreeSpaceUnknown_ReadsAll()
    {
        using var source = TextSpool.ReadToEnd(new MemoryStream(new byte[3 * TextSpool.MemoryBytes]), "stdin", freeBytes: _ => null);
        Assert.That(source.LengthBytes, Is.EqualTo(3L * TextSpool.MemoryBytes));
    }

    [Test]
    public void ReadToEnd_StreamFails_LeavesNothingBehind()
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(new byte[10 << 20]);
        string[] before = Temporary();
        using var cut = new GZipStream(new MemoryStream(packed.ToArray()[..^8]), CompressionMode.Decompress);

        Assert.That(() => TextSpool.ReadToEnd(cut, "stdin"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("truncated"));
        Assert.That(Temporary(), Is.SubsetOf(before));
    }

    private static string[] Temporary() => Directory.GetFiles(Path.GetTempPath(), "rlm-????????????????????????????????");

    /// <summary>Zeros without an end.</summary>
    private sealed class EndlessStream(Action<int> onRead) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            Array.Clear(buffer, offset, count);
            onRead(count);
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
