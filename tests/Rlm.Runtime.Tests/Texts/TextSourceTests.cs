using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tests.Texts;

internal sealed class TextSourceTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("rlm-tests-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void FromFile_Missing_NamesPath()
    {
        string path = Path.Combine(_directory, "none.txt");
        Assert.That(
            () => TextSource.FromFile(path),
            Throws.TypeOf<TextException>().With.Message.EqualTo($"`{path}` does not exist; check the path"));
    }

    [Test]
    public void IndexOf_OverBlocks_IsThatOfTheBytes()
    {
        var random = new Random(5);
        byte[] text = [.. Enumerable.Range(0, 300_000).Select(_ => (byte)"abc"[random.Next(3)])];
        using var source = TextSource.FromFile(WriteFile("abc.txt", text));
        for (int i = 0; i < 2_000; i++)
        {
            // Most begin a little before a block's end, and half are there.
            int place = (random.Next(1, 5) * BlockCache.BlockBytes) - random.Next(80);
            byte[] needle = text.AsSpan(place, Math.Min(random.Next(1, 90), text.Length - place)).ToArray();
            needle[^1] = random.Next(2) == 0 ? (byte)'d' : needle[^1];
            int start = Math.Max(0, place - random.Next(100_000)), end = random.Next(place, text.Length);
            int expected = text.AsSpan(start, end - start).IndexOf(needle);
            Assert.That(
                source.IndexOf(needle, start, end),
                Is.EqualTo(expected < 0 ? -1 : start + expected),
                $"{needle.Length} bytes from {place}, in {start}..{end}");
        }
    }

    [TestCase("")]
    [TestCase("a\0b")]
    public void FromFile_ImpossiblePath_Throws(string path) =>
        Assert.That(
            () => TextSource.FromFile(path),
            Throws.TypeOf<TextException>().With.Message.EqualTo($"`{path}` does not exist; check the path"));

    [Test]
    public void FromFile_Directory_SaysSo() =>
        Assert.That(() => TextSource.FromFile(_directory), Throws.TypeOf<TextException>().With.Message.Contains("is a directory"));

    [Test]
    public void FromFile_Unreadable_NamesPath()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Ignore("whoever runs this may read anything");
            return;
        }

        string path = WriteFile("secret.txt", "x"u8.ToArray());
        File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.That(
            () => TextSource.FromFile(path),
            Throws.TypeOf<TextException>().With.Message.Contains(path).And.Message.Contains("permissions"));
    }

    [Test]
    public void FromFile_Empty_IsEmptyText()
    {
        using var source = TextSource.FromFile(WriteFile("empty.txt", []));
        Assert.That((source.LengthBytes, source.Lines.Count, source.Whole.Decode(), source.LooksBinary), Is.EqualTo((0, 0, "", false)));
    }

    [Test]
    public void FromFile_WithoutLength_IsReadToItsEnd()
    {
        if (!File.Exists("/proc/self/status"))
            Assert.Ignore("there is no such file here");

        using var source = TextSource.FromFile("/proc/self/status");
        Assert.That(source.Whole.Decode(), Does.StartWith("Name:"));
    }

    [Test]
    public void FromFile_InvalidUtf8_IsKeptAndShownReplaced()
    {
        using var source = TextSource.FromFile(WriteFile("bad.txt", [(byte)'a', 0xFF, (byte)'b']));
        Assert.Multiple(() =>
        {
            Assert.That(source.GetSpan(0, 3).ToArray(), Is.EqualTo(new byte[] { (byte)'a', 0xFF, (byte)'b' }));
            Assert.That(source.Whole.Decode(), Is.EqualTo("a\uFFFDb"));
            Assert.That(source.LooksBinary, Is.False);
        });
    }

    [Test]
    public void FromFile_HoldingNul_LooksBinary()
    {
        using var source = TextSource.FromFile(WriteFile("binary", [1, 0, 2]));
        Assert.That((source.LooksBinary, source.LengthBytes), Is.EqualTo((true, 3L)));
    }

    [Test]
    public void FromFile_ByteOrderMark_IsSkipped()
    {
        using var source = TextSource.FromFile(WriteFile("bom.txt", "\uFEFFa\nb"u8.ToArray()));
        Assert.That((source.Whole.Decode(), source.LengthBytes, source.Lines.LineOf(2)), Is.EqualTo(("a\nb", 3L, 2L)));
    }

    [TestCase(true)]
    [TestCase(false)]
    public void FromFile_Utf16_IsTranscoded(bool isBigEndian)
    {
        string text = string.Concat(Enumerable.Repeat("häuser 🏠\r\n", 40_000));
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        using var source = TextSource.FromFile(WriteFile("utf16.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes(text)]));
        using var bytes = TextSource.FromBytes(File.ReadAllBytes(Path.Combine(_directory, "utf16.txt")));
        Assert.That(source.Whole.Decode(), Is.EqualTo(text));
        Assert.That(bytes.Whole.Decode(), Is.EqualTo(text));
    }

    [TestCase(100)]
    [TestCase(5_000_000)]
    public void FromStream_AnySize_GivesItsBytes(int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
            bytes[i] = (byte)('a' + (i % 23));
        using var source = TextSource.FromStream(new MemoryStream(bytes), "stdin");
        byte[] read = new byte[length];
        source.Read(0, read);
        Assert.That(read.AsSpan().SequenceEqual(bytes));
        Assert.That(source.Name, Is.EqualTo("stdin"));
    }

    [Test]
    public void FromStream_Failing_Throws()
    {
        using var closed = new FileStream(WriteFile("w", []), FileMode.Open, FileAccess.Write);
        Assert.That(
            () => TextSource.FromStream(closed, "pipe"), Throws.TypeOf<TextException>().With.Message.StartsWith("`pipe` cannot be read"));
    }

    [Test]
    public void Read_FileThatShrank_SaysItChanged()
    {
        string path = WriteFile("log.txt", new byte[300_000]);
        using var source = TextSource.FromFile(path, "log.txt");
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            file.SetLength(10);
        Assert.That(
            () => source.Decode(0, 300_000), Throws.TypeOf<TextException>().With.Message.Contains("`log.txt` changed while it was read"));
    }

    [Test]
    public void GetSpan_AcrossBlocks_EqualsBytes()
    {
        byte[] bytes = new byte[1_000_000];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i * 7919 >> 5);
        using var source = TextSource.FromFile(WriteFile("blocks", bytes));
        Assert.Multiple(() =>
        {
            foreach (var (start, length) in new[] { (0, 10), (65_530, 12), (60_000, 200_000), (1, 999_999), (999_999, 1), (1_000_000, 0) })
                Assert.That(source.GetSpan(start, length).SequenceEqual(bytes.AsSpan(start, length)), $"{start}+{length}");
        });
    }

    [Test]
    public void GetSpan_ManyThreads_AgreeWithFile()
    {
        byte[] bytes = new byte[40 * BlockCache.BlockBytes];
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(i / 1000);
        using var source = TextSource.FromFile(WriteFile("shared", bytes));
        Parallel.For(0, 20_000, i =>
        {
            int start = (int)((long)i * 48_271 % (bytes.Length - 100));
            if (!source.GetSpan(start, 100).SequenceEqual(bytes.AsSpan(start, 100)))
                throw new InvalidOperationException($"differs at {start}");
        });
    }

    [Test]
    public void GetSpan_HereAndThere_ReadsLittleMoreThanIsAskedFor()
    {
        byte[] bytes = new byte[300 * BlockCache.BlockBytes];
        new Random(1).NextBytes(bytes.AsSpan());
        for (int i = 0; i < bytes.Length; i++)
            bytes[i] &= 0x7F;
        using var source = TextSource.FromFile(WriteFile("places", bytes));
        var random = new Random(2);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            int length = random.Next(1, 100), start = random.Next(bytes.Length - length);
            if (!source.GetSpan(start, length).SequenceEqual(bytes.AsSpan(start, length)))
                Assert.Fail($"differs at {start}");
        }

        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / 1000, Is.LessThan(8 * 1024));
    }

    [Test]
    public void LineOf_ManyBlocks_CountsNewlines()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 300_000).Select(i => $"line {i}\n")));
        using var source = TextSource.FromFile(WriteFile("lines", bytes));
        Assert.Multiple(() =>
        {
            foreach (int place in new[] { 2_900_000, 0, 1_500_000, 65_536, bytes.Length - 1 })
                Assert.That(source.Lines.LineOf(place), Is.EqualTo(1 + bytes.AsSpan(0, place).Count((byte)'\n')));
            Assert.That(source.Lines.Count, Is.EqualTo(300_000));
        });
    }

    [Test]
    public void FromDirectoryOrGlob_Directory_SkipsHiddenAndSorts()
    {
        foreach (string name in new[] { "b.txt", "a.md", ".hidden", "sub/c.txt", ".git/config", "sub/deep/d.md" })
            WriteFile(name, "x\n"u8.ToArray());
        Assert.Multiple(() =>
        {
            Assert.That(Names(_directory), Is.EqualTo(new[] { "a.md", "b.txt", "sub/c.txt", "sub/deep/d.md" }));
            Assert.That(Names(Path.Combine(_directory, "*.txt")), Is.EqualTo(new[] { "b.txt" }));
            Assert.That(Names(Path.Combine(_directory, "**", "*.md")), Is.EqualTo(new[] { "a.md", "sub/deep/d.md" }));
            Assert.That(Names(Path.Combine(_directory, "sub", "**")), Is.EqualTo(new[] { "c.txt", "deep/d.md" }));
            Assert.That(Names(Path.Combine(_directory, "b.txt")), Is.EqualTo(new[] { "b.txt" }));
        });
    }

    [Test]
    public void FromDirectoryOrGlob_FileGoneOrCutBeforeItIsRead_SaysSo()
    {
        string gone = WriteFile("gone.txt", "one\n"u8.ToArray()), cut = WriteFile("cut.txt", "one\n"u8.ToArray());
        var sources = TextSource.FromDirectoryOrGlob(_directory);
        File.Delete(gone);
        File.WriteAllText(cut, "o");
        Assert.That(
            () => sources[0].Whole.Decode(),
            Throws.TypeOf<TextException>().With.Message.StartsWith("`cut.txt` changed after it was found"));
        Assert.That(() => sources[1].Whole.Decode(), Throws.TypeOf<TextException>().With.Message.EqualTo(
            "`gone.txt` is gone since it was found; run again with the files that there are"));
    }

    [Test]
    public void FromDirectoryOrGlob_Links_AreSkipped()
    {
        WriteFile("in/a.txt", "x"u8.ToArray());
        File.CreateSymbolicLink(Path.Combine(_directory, "in", "b.txt"), "a.txt");
        File.CreateSymbolicLink(Path.Combine(_directory, "in", "nowhere"), "none");
        File.CreateSymbolicLink(Path.Combine(_directory, "in", "self"), "self");
        Directory.CreateSymbolicLink(Path.Combine(_directory, "in", "up"), "..");
        Assert.That(Names(_directory), Is.EqualTo(new[] { "in/a.txt" }));
        Assert.That(TextSource.FromFile(Path.Combine(_directory, "in", "b.txt")).LengthBytes, Is.EqualTo(1), "named, it is read");
        string self = Path.Combine(_directory, "in", "self");
        Assert.That(() => TextSource.FromFile(self), Throws.TypeOf<TextException>().With.Message.StartsWith($"`{self}` cannot be read: "));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void FromFile_Utf32_IsTranscoded(bool isBigEndian)
    {
        var encoding = new UTF32Encoding(isBigEndian, byteOrderMark: true);
        byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("a,é\n")];
        using var source = TextSource.FromFile(WriteFile("a.csv", bytes));
        Assert.That((source.Whole.Decode(), TextSource.FromBytes(bytes).Whole.Decode()), Is.EqualTo(("a,é\n", "a,é\n")));
    }

    [Test]
    public void FromDirectoryOrGlob_Nothing_NamesPath()
    {
        string glob = Path.Combine(_directory, "*.pdf"), missing = Path.Combine(_directory, "none");
        Assert.Multiple(() =>
        {
            Assert.That(
                () => TextSource.FromDirectoryOrGlob(glob),
                Throws.TypeOf<TextException>().With.Message.StartsWith($"no file matches `{glob}`"));
            Assert.That(
                () => TextSource.FromDirectoryOrGlob(missing),
                Throws.TypeOf<TextException>().With.Message.StartsWith($"`{missing}` does not exist"));
            Assert.That(
                () => TextSource.FromDirectoryOrGlob(_directory), Throws.TypeOf<TextException>().With.Message.Contains("holds no file"));
        });
    }

    [Test]
    public void Cite_OneLineOrMore_NamesThem()
    {
        var source = TextSource.FromString("a\nbb\nc\n", "m.txt");
        Assert.That(
            (new TextSlice(source, 2, 2).Cite, new TextSlice(source, 0, 4).Cite, source.Whole.Cite),
            Is.EqualTo(("m.txt:2", "m.txt:1-2", "m.txt:1-3")));
    }

    private static string[] Names(string path) => [.. TextSource.FromDirectoryOrGlob(path).Select(source => source.Name)];

    private string WriteFile(string name, byte[] bytes)
    {
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
