using System.Globalization;
using System.Text;

namespace Rlm.Runtime.Tests.Texts.Remote;

/// <summary>Texts that are elsewhere, and what is asked for of them.</summary>
internal sealed class RemoteTextTests
{
    private const int BlockBytes = 64 * 1024;
    private const int PieceBytes = 8 * 1024 * 1024;

    private static readonly byte[] Bytes = MakeLines(40 * 1024 * 1024);

    [Test]
    public void Read_OneAfterTheOther_AsksForPiecesTwoAhead()
    {
        var file = new ScriptedFile(Bytes);
        using var text = TextSource.FromRemoteFile(file);
        Assert.That(file.Stretches, Is.EqualTo(new[] { (0L, (long)BlockBytes) }));

        text.GetSpan(BlockBytes, 1);
        (long, long)[] three = [(0, BlockBytes), (BlockBytes, PieceBytes), (BlockBytes + PieceBytes, PieceBytes), (BlockBytes + (2 * PieceBytes), PieceBytes)];
        Assert.That(() => file.Stretches, Is.EquivalentTo(three).After(10_000, 5));

        // The first block of the next piece has the one after those be asked for.
        text.GetSpan(BlockBytes + PieceBytes, 1);
        Assert.That(() => file.Stretches, Is.EquivalentTo([.. three, (BlockBytes + (3L * PieceBytes), PieceBytes)]).After(10_000, 5));
    }

    [Test]
    public void Read_HereAndThere_AsksForBlocks()
    {
        var file = new ScriptedFile(Bytes);
        using var text = TextSource.FromRemoteFile(file);

        foreach (int block in new[] { 100, 17, 300, 17 })
            Assert.That(text.GetSpan(block * BlockBytes, 10).ToArray(), Is.EqualTo(Bytes[(block * BlockBytes)..((block * BlockBytes) + 10)]));
        Assert.That(file.Stretches.Skip(1), Is.EqualTo(new[] { (100L * BlockBytes, (long)BlockBytes), (17L * BlockBytes, BlockBytes), (300L * BlockBytes, BlockBytes) }));
    }

    [Test]
    public void Read_WithABound_AsksForNothingBehindIt()
    {
        var file = new ScriptedFile(Bytes);
        using var text = TextSource.FromRemoteFile(file);
        text.BoundAhead(PieceBytes);

        byte[] read = new byte[PieceBytes];
        text.Read(0, read);

        Assert.That(read, Is.EqualTo(Bytes[..PieceBytes]));
        Assert.That(file.Stretches.Sum(static stretch => stretch.Length), Is.EqualTo(PieceBytes));
    }

    [Test]
    public void Read_OfManyThreads_AsksForEachByteOnce()
    {
        var file = new ScriptedFile(Bytes);
        using var text = TextSource.FromRemoteFile(file);

        Parallel.For(0, Bytes.Length / PieceBytes, piece =>
        {
            byte[] read = new byte[PieceBytes];
            text.Read((long)piece * PieceBytes, read);
            if (!read.AsSpan().SequenceEqual(Bytes.AsSpan(piece * PieceBytes, PieceBytes)))
                throw new InvalidOperationException("other bytes");
        });

        Assert.That(file.Stretches.Sum(static stretch => stretch.Length), Is.EqualTo(Bytes.Length));
        Assert.That(text.LineOf(Bytes.Length - 1), Is.EqualTo(Bytes.AsSpan().Count((byte)'\n')));
    }

    [Test]
    public void Read_FirstBlocksOfAPiece_DoNotWaitForTheRest()
    {
        using var rest = new ManualResetEventSlim();
        var file = new ScriptedFile(Bytes) { Before = (at, cancellation) => { if (at > 1_000_000) rest.Wait(cancellation); } };
        using var text = TextSource.FromRemoteFile(file);

        Assert.That(text.GetSpan(500_000, 5).ToArray(), Is.EqualTo(Bytes[500_000..500_005]));
        rest.Set();
    }

    [Test]
    public void Read_ThatFails_IsTriedAgainWhenAskedAgain()
    {
        int failures = 1;
        var file = new ScriptedFile(Bytes) { Before = (at, _) => { if (at >= 200_000 && Interlocked.Decrement(ref failures) >= 0) throw new TextException("it broke"); } };
        using var text = TextSource.FromRemoteFile(file);

        Assert.That(() => text.GetSpan(4 * BlockBytes, 1), Throws.TypeOf<TextException>().With.Message.EqualTo("it broke"));
        Assert.That(text.GetSpan(4 * BlockBytes, 1)[0], Is.EqualTo(Bytes[4 * BlockBytes]));
    }

    [Test]
    public void Read_AfterItWasDisposed_Throws()
    {
        var text = TextSource.FromRemoteFile(new ScriptedFile(Bytes));
        text.Dispose();

        Assert.That(() => text.GetSpan(BlockBytes, 1), Throws.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public void Open_ByteOrderMark_IsSkipped()
    {
        byte[] marked = [.. Encoding.UTF8.Preamble, .. Bytes.AsSpan(0, 3 * BlockBytes)];
        using var text = TextSource.FromRemoteFile(new ScriptedFile(marked));

        byte[] read = new byte[text.LengthBytes];
        for (int at = 0; at < read.Length; at += 1000)
            text.GetSpan(at, Math.Min(1000, read.Length - at)).CopyTo(read.AsSpan(at));
        Assert.That(read, Is.EqualTo(Bytes[..(3 * BlockBytes)]));
    }

    [Test]
    public void Open_ManyOfWhichOneCannotBeRead_HasAGap()
    {
        var broken = new ScriptedFile("x"u8.ToArray(), "b.log") { Before = static (_, _) => throw new TextException("`far://b.log` is gone") };
        var texts = TextSource.FromRemoteFiles("far://", [new ScriptedFile("two"u8.ToArray(), "c.log"), broken, new ScriptedFile("one"u8.ToArray(), "a.log")]);

        Assert.That(texts.Select(static text => $"{text.Name} {text.LengthBytes} {text.Gap}"), Is.EqualTo(new[] { "a.log 3 ", "b.log 0 it is gone", "c.log 3 " }));
    }

    private static byte[] MakeLines(int length)
    {
        var lines = new StringBuilder();
        for (int i = 0; lines.Length < length; i++)
            lines.Append(CultureInfo.InvariantCulture, $"line {i} of a text that is elsewhere\n");
        lines.Length = length;
        lines[^1] = '\n';
        return Encoding.ASCII.GetBytes(lines.ToString());
    }
}
