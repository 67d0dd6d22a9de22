using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>Scans of files give what lies in them, wherever a buffer or a thread's range ends.</summary>
internal sealed class LineWindowTests
{
    private const int Part = 32 * 1024;
    private const int Buffer = 256 * 1024;
    private const int Range = 4 * 1024 * 1024;

    private string _path = "";

    [SetUp]
    public void MakeFile() => _path = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_path);

    [TestCase("\n", 0, 80, 3 * Buffer)]
    [TestCase("\r\n", 0, 80, 3 * Buffer)]
    [TestCase("\n", 0, 2 * Part, 5 * Buffer)]
    [TestCase("\r\n", Part - 2, Part + 2, 3 * Buffer)]
    [TestCase("\n", Buffer - 2, Buffer + 2, 9 * Buffer)]
    [TestCase("\n", 0, 3 * Buffer, 20 * Buffer)]
    [TestCase("\r\n", 5 * Buffer, 20 * Buffer, 70 * Buffer)]
    [TestCase("\n", 0, 0, Buffer + 1)]
    public void MoveNext_LinesOfAnyLength_GivesEachByteOnceInWholeLines(string lineEnd, int least, int most, int length)
    {
        byte[] bytes = Lines(new Random(length + most), lineEnd, least, most, length);
        File.WriteAllBytes(_path, bytes);
        using var file = TextSource.FromFile(_path, "file");
        using var memory = TextSource.FromBytes(bytes);
        foreach (var source in new[] { file, memory })
        {
            RequireWhole(source.Whole, bytes);
            int start = bytes.AsSpan().IndexOf((byte)'\n') + 1;
            RequireWhole(new TextSlice(source, start, bytes.Length - start - 1), bytes.AsSpan(start, bytes.Length - start - 1));
        }
    }

    [Test]
    public void Count_BytesThatAreNotUtf8AroundEachBoundary_FindsThoseOfTheWholeText(
        [Values(61, 40_000, 2 * Range)] int lineLength, [Range(-3, 2)] int shift)
    {
        string[] faults = ["\u0080", "\u00E2\u0082", "\u00F0\u009F\u0098", "\u00E2\u0082\u00AC", "\u00FF\u00FE"];
        byte[] bytes = new byte[(2 * Range) + 7];
        bytes.AsSpan().Fill((byte)'a');
        for (int at = lineLength; at < bytes.Length; at += lineLength)
            bytes[at] = (byte)'\n';
        for (int at = Part, number = 0; at < bytes.Length; at += Part)
            Encoding.Latin1.GetBytes(faults[number++ % faults.Length]).CopyTo(bytes.AsSpan(at + shift));
        File.WriteAllBytes(_path, bytes);
        using var source = TextSource.FromFile(_path, "file");

        _ = LineCounter.Count(source.Whole, CancellationToken.None);

        Assert.That(source.Faults.Offsets.Order(), Is.EqualTo(FaultsOf(bytes)));
    }

    [TestCase("abc")]
    [TestCase("a.*c$")]
    [TestCase("^$")]
    [TestCase("(?i)B+")]
    public void Count_RangesOfSeveralThreads_FindsTheLinesOfOneReader(string regex)
    {
        byte[] bytes = Lines(new Random(regex.Length), "\r\n", 0, 200, (3 * Range) + 5);
        File.WriteAllBytes(_path, bytes);
        using var source = TextSource.FromFile(_path, "file");
        var pattern = LinePattern.OfRegex(regex, RegexOptions.None, () => new Regex(regex));
        string[] lines = Encoding.Latin1.GetString(bytes).Split("\r\n");
        int last = lines[^1].Length == 0 ? 1 : 0;

        int matching = lines.SkipLast(last).Count(line => Regex.IsMatch(line, regex));

        Assert.That(LineSearch.Count(source.Whole, pattern, isInverted: false, CancellationToken.None), Is.EqualTo(matching));
        Assert.That(
            LineSearch.Count(source.Whole, pattern, isInverted: true, CancellationToken.None), Is.EqualTo(lines.Length - last - matching));
    }

    [Test]
    public void MoveNext_FileIsCutShortBehindTheFirstLines_SaysSo()
    {
        File.WriteAllBytes(_path, Lines(new Random(1), "\n", 0, 80, 4 * Buffer));
        using var source = TextSource.FromFile(_path, "file");
        using var window = new LineWindow(source.Whole, CancellationToken.None);
        Assert.That(window.MoveNext(), Is.True);

        using (var file = new FileStream(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(2 * Buffer);

        Assert.That(
            () =>
            {
                while (window.MoveNext())
                    ;
            },
            Throws.TypeOf<TextException>().With.Message.EqualTo(
                "`file` changed while it was read: it is shorter than before; run again when it is complete"));
    }

    private static byte[] Lines(Random random, string lineEnd, int least, int most, int length)
    {
        var text = new StringBuilder();
        while (text.Length < length)
            text.Append((char)('a' + random.Next(4)), random.Next(3)).Append(
                random.GetString("abc", Math.Max(0, random.Next(least, most + 1) - 2))).Append(lineEnd);
        if (random.Next(2) == 0)
            text.Append('c');
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static void RequireWhole(TextSlice slice, ReadOnlySpan<byte> bytes)
    {
        using var window = new LineWindow(slice, CancellationToken.None);
        int done = 0;
        while (window.MoveNext())
        {
            Assert.That(window.Start - slice.Start, Is.EqualTo(done));
            Assert.That(window.Length, Is.Positive);
            Assert.That(window.Bytes.SequenceEqual(bytes.Slice(done, window.Length)), Is.True, $"the bytes from {done} on");
            done += window.Length;
            Assert.That(done == bytes.Length || bytes[done - 1] == '\n', Is.True, $"a whole line before {done}");
        }

        Assert.That(done, Is.EqualTo(bytes.Length));
    }

    private static List<long> FaultsOf(ReadOnlySpan<byte> bytes)
    {
        var faults = new List<long>();
        for (int at = 0; at < bytes.Length;)
        {
            if (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) != OperationStatus.Done)
                faults.Add(at);
            at += length;
        }

        return faults;
    }
}
