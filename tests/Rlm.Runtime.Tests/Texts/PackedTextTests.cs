using System.IO.Compression;
using System.Text;

namespace Rlm.Runtime.Tests.Texts;

/// <summary>Files that are packed are the text in them, or a clear error.</summary>
internal sealed class PackedTextTests
{
    private string _directory = "";

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("rlm-tests-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void FromFile_Gzip_IsItsText()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 1_000_000).Select(static number => $"line {number}\n")));
        using var source = TextSource.FromFile(WriteFile("log.gz", [.. Gzip(text[..100]), .. Gzip(text[100..])]));
        Assert.That((source.LengthBytes, source.Whole.LastLine), Is.EqualTo((text.LongLength, 1_000_000L)));
        Assert.That(source.GetSpan(5_000_000, 1000).SequenceEqual(text.AsSpan(5_000_000, 1000)), Is.True);
    }

    [TestCase(0.5, 0)]
    [TestCase(1, 60)]
    public void FromFile_DamagedGzip_SaysSo(double part, int damagedAt)
    {
        byte[] packed = Gzip([.. Enumerable.Range(0, 50_000).Select(static number => (byte)(number * number >> 3))]);
        if (damagedAt > 0)
            packed.AsSpan(damagedAt, 200).Clear();
        string path = WriteFile("log.gz", packed[..(int)(packed.Length * part)]);
        Assert.That(
            () => TextSource.FromFile(path), Throws.TypeOf<TextException>().With.Message.StartsWith($"`{path}` is a damaged gzip file"));
    }

    [Test]
    public void FromFile_Zstd_IsItsText()
    {
        using var source = TextSource.FromFile(WriteFile("log.zst", Zstd("one\ntwo\n"u8)));
        Assert.That(source.Whole.Decode(), Is.EqualTo("one\ntwo\n"));
    }

    [TestCase(2)]
    [TestCase(10)]
    public void FromFile_ZstdCutShort_SaysSo(int missing)
    {
        string path = WriteFile(
            "cut.zst", Zstd([.. Enumerable.Range(0, 50_000).Select(static number => (byte)(number * number >> 3))])[..^missing]);
        Assert.That(
            () => TextSource.FromFile(path), Throws.TypeOf<TextException>().With.Message.StartsWith($"`{path}` is a damaged zstd file"));
    }

    [Test]
    public void FromFile_ZstdFrames_AreOneText()
    {
        using var source = TextSource.FromFile(WriteFile("log.zst", [.. Zstd("one\n"u8), .. Zstd([]), .. Zstd("two\n"u8)]));
        Assert.That(source.Whole.Decode(), Is.EqualTo("one\ntwo\n"));
    }

    [Test]
    public void FromFile_EmptyInPacked_IsEmpty()
    {
        using var gzip = TextSource.FromFile(WriteFile("a.gz", Gzip([])));
        using var zstd = TextSource.FromFile(WriteFile("a.zst", Zstd([])));
        using var brotli = TextSource.FromFile(WriteFile("a.br", Brotli([])));
        Assert.That((gzip.LengthBytes, zstd.LengthBytes, brotli.LengthBytes), Is.EqualTo((0L, 0L, 0L)));
    }

    [Test]
    public void FromFile_Brotli_IsItsText()
    {
        byte[] text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(1, 600_000).Select(static number => $"line {number}\n")));
        using var source = TextSource.FromFile(WriteFile("log.BR", Brotli(text)));
        Assert.That((source.LengthBytes, source.Whole.LastLine), Is.EqualTo((text.LongLength, 600_000L)));
        Assert.That(TextSource.FromDirectoryOrGlob(_directory).Single().Name, Is.EqualTo("log.BR"), "it is not taken for binary");
    }

    [TestCase(0.5, 0)]
    [TestCase(1, 60)]
    [TestCase(0.999, 0)]
    public void FromFile_DamagedBrotli_SaysSo(double part, int damagedAt)
    {
        byte[] packed = Brotli([.. Enumerable.Range(0, 50_000).Select(static number => (byte)(number * number >> 3))]);
        if (damagedAt > 0)
            packed.AsSpan(damagedAt, 200).Fill(0xFF);
        string path = WriteFile("log.br", packed[..(int)(packed.Length * part)]);
        Assert.That(
            () => TextSource.FromFile(path), Throws.TypeOf<TextException>().With.Message.StartsWith($"`{path}` is a damaged brotli file"));
    }

    [Test]
    public void FromFile_NoBrotliUnderItsName_SaysSo()
    {
        string path = WriteFile("notes.br", "Just a text, whatever its name says.\n"u8.ToArray());
        Assert.That(
            () => TextSource.FromFile(path), Throws.TypeOf<TextException>().With.Message.StartsWith($"`{path}` is a damaged brotli file"));
    }

    [Test]
    public void FromFile_Bzip2_SaysHowToReadIt()
    {
        string path = WriteFile("a.bz2", "BZh91AY&SY"u8.ToArray());
        Assert.That(() => TextSource.FromFile(path), Throws.TypeOf<TextException>().With.Message.EqualTo(
            $"`{path}` is a bzip2 file, which is not read; unpack it first, or pipe it in, as with `bzcat FILE | rlm … -c -`"));
    }

    [Test]
    public void FromDirectory_BinaryFiles_AreSkipped()
    {
        WriteFile("a.txt", "a"u8.ToArray());
        WriteFile("b.bin", "b\0c"u8.ToArray());
        WriteFile("c.zip", [0x50, 0x4B, 0x03, 0x04]);
        WriteFile("d.gz", Gzip("d"u8.ToArray()));
        WriteFile("e.txt", [0xFF, 0xFE, (byte)'e', 0]);
        WriteFile("f.txt", []);
        Assert.That(
            TextSource.FromDirectoryOrGlob(_directory).Select(static source => source.Name),
            Is.EqualTo(new[] { "a.txt", "d.gz", "e.txt", "f.txt" }));
    }

    private static byte[] Zstd(ReadOnlySpan<byte> text)
    {
        using var compressor = new ZstdSharp.Compressor();
        return compressor.Wrap(text).ToArray();
    }

    private static byte[] Brotli(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var stream = new BrotliStream(packed, CompressionLevel.Fastest))
            stream.Write(text);
        return packed.ToArray();
    }

    private static byte[] Gzip(byte[] text)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest))
            stream.Write(text);
        return packed.ToArray();
    }

    private string WriteFile(string name, byte[] bytes)
    {
        string path = Path.Combine(_directory, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
