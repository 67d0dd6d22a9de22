using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Texts.Lines;

namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>How reading ahead begins and ends.</summary>
internal sealed class LinesAheadTests
{
    private const int LineCount = 2_000;

    private static readonly AheadLimits Limits = new(100, 512, 3);
    private static readonly string Text = string.Concat(Enumerable.Range(0, LineCount).Select(line => $"{{\"a\":{line}}}\n"));

    [Test]
    public void Dispose_ThreadReads_NobodyReadsAnyMore()
    {
        for (int taken = 0; taken < LineCount; taken += 97)
        {
            using var source = new WatchedSource(Text);
            var lines = Open(source, Limits);
            for (int i = 0; i < taken; i++)
                Assert.That(lines.MoveNext(), Is.True);

            lines.Dispose();
            lines.Dispose();

            int stretches = source.Stretches;
            Assert.That(source.Reading, Is.Zero);
            Thread.Yield();
            Assert.That(source.Stretches, Is.EqualTo(stretches));
        }
    }

    [Test]
    public void MoveNext_FewLines_ReadsNothingAhead()
    {
        using var source = new WatchedSource(Text);
        using var lines = Open(source, Limits with { FirstBytes = 8_000 });
        for (int i = 0; i < 500; i++)
            Assert.That(lines.MoveNext(), Is.True);

        Assert.That(source.Stretches, Is.Zero);
    }

    [Test]
    public void MoveNext_Cancelled_Throws()
    {
        using var source = new WatchedSource(Text);
        using var cancellation = new CancellationTokenSource();
        using var lines = Open(source, Limits, cancellation.Token);
        for (int i = 0; i < LineCount / 2; i++)
            lines.MoveNext();
        cancellation.Cancel();

        Assert.That(() => ReadAll(lines), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void MoveNext_CancelledWhileARangeIsRead_ThrowsAndSkipsNothing()
    {
        using var source = new WatchedSource(Text);
        using var cancellation = new CancellationTokenSource();
        source.OnRead = offset =>
        {
            if (offset > Text.Length / 2)
                cancellation.Cancel();
        };
        using var lines = Open(source, Limits, cancellation.Token);
        long next = 0;

        Assert.That(
            () =>
            {
                for (; lines.MoveNext(); next = lines.Next)
                    Assert.That(lines.Start, Is.EqualTo(next));
            },
            Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void MoveNext_SourceFails_GivesTheLinesBeforeAndThrowsThen([Range(7_000, 20_000, 1_300)] int length)
    {
        using var source = new WatchedSource(Text) { FailsFrom = length };
        using var lines = Open(source, Limits);
        long next = 0;

        Assert.That(
            () =>
            {
                for (; lines.MoveNext(); next = lines.Next)
                    Assert.That(lines.Start, Is.EqualTo(next));
            },
            Throws.TypeOf<TextException>().With.Message.EqualTo("`watched` is shorter than before"));
        // The reader in order, which meets it, reads 4 KiB at once when it begins.
        Assert.That(next, Is.InRange(length - 4_096 - Limits.RangeBytes, length));
    }

    [Test]
    public void MoveNext_FaultOfTheFinder_IsThrown()
    {
        using var source = new WatchedSource(Text);
        using var lines = new FoundLines<int, int>(source.Whole, () => new Failing(), Limits, CancellationToken.None);

        Assert.That(() => ReadAll(lines), Throws.InvalidOperationException.With.Message.EqualTo("line 1500"));
    }

    [Test]
    public void MoveNext_BytesThatAreNotUtf8_AreFoundAsInOrder()
    {
        string path = Path.GetTempFileName();
        try
        {
            byte[] bytes = System.Text.Encoding.Latin1.GetBytes(Text);
            for (int at = 50; at < bytes.Length; at += 777)
                bytes[at] = 0xFF;
            File.WriteAllBytes(path, bytes);

            Assert.That(FaultsOf(path, Limits), Is.EqualTo(FaultsOf(path, AheadLimits.None)).And.Not.Empty);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static FoundLines<JsonLineFinding, JsonToken> Open(
        TextSource source, AheadLimits limits, CancellationToken cancellationToken = default) =>
        new(source.Whole, () => new JsonLineFinder([]), limits, cancellationToken);

    private static void ReadAll<TFinding, TPart>(FoundLines<TFinding, TPart> lines)
    {
        while (lines.MoveNext())
            ;
    }

    private static List<long> FaultsOf(string path, AheadLimits limits)
    {
        using var source = TextSource.FromFile(path);
        using var lines = Open(source, limits);
        ReadAll(lines);
        return [.. source.Faults.Offsets.Order()];
    }

    private sealed class Failing : ILineFinder<int, int>
    {
        public int Find(ReadOnlySpan<byte> line, List<int> parts) =>
            line.SequenceEqual("{\"a\":1500}"u8) ? throw new InvalidOperationException("line 1500") : 0;

        public void Dispose()
        {
        }
    }
}
