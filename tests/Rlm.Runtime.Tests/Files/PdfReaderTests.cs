using System.Text;

namespace Rlm.Runtime.Tests.Files;

internal sealed class PdfReaderTests
{
    private static readonly string[] Pages = [.. Enumerable.Range(1, 6).Select(page => string.Join('\n', Enumerable.Range(1, 20).Select(line => $"Line {line} of page {page} holds {line * page} words.")))];

    [Test]
    public void Read_Pages_ArePlaces()
    {
        var read = ReadFile.Of(PdfFile.Of("A title\nand a line", "The second page"));

        Assert.That(read.Places, Is.EqualTo("[p1]A title\nand a line\n[p2]\f\nThe second page"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_PackedPages_AreTheirText() => Assert.That(ReadFile.Of(MakePacked()).Text, Is.EqualTo(string.Join("\n\f\n", Pages)));

    [Test]
    public void Read_ManyWords_StandApart() => Assert.That(
        ReadFile.Of(PdfFile.Of("one two  three")).Text.Split(' ', StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(new[] { "one", "two", "three" }));

    [Test]
    public void Read_Encrypted_SaysSo()
    {
        string zeros = new('0', 64);
        var file = new PdfFile
        {
            Trailer = $"/ID [<{zeros}> <{zeros}>] /Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -1 /O <{zeros}> /U <{zeros}> >>",
        };

        Assert.That(
            () => ReadFile.Of(file.AddPage("A secret").ToBytes()),
            Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
                "it is encrypted, and opens with a password; give a copy without one, as with `qpdf --decrypt --password=… FILE COPY`"));
    }

    [TestCase(1, "it is scanned, 1 page of images without text; have its words recognised, as with `ocrmypdf FILE COPY`")]
    [TestCase(3, "it is scanned, 3 pages of images without text; have its words recognised, as with `ocrmypdf FILE COPY`")]
    public void Read_Scanned_SaysSo(int pages, string message)
    {
        var file = new PdfFile();
        for (int i = 0; i < pages; i++)
            file.AddPage("", hasImage: true);

        Assert.That(() => ReadFile.Of(file.ToBytes()), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));
    }

    [Test]
    public void Read_WithoutText_SaysSo() => Assert.That(
        () => ReadFile.Of(PdfFile.Of("", "")), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("there is no text in it"));

    [Test]
    public void Read_ScannedPagesAmongOthers_AreGaps()
    {
        var file = new PdfFile().AddPage("Words").AddPage("", hasImage: true).AddPage("Words beside an image", hasImage: true).AddPage("");

        Assert.That(ReadFile.Of(file.ToBytes()).Gaps, Is.EqualTo(new[] { "page 2 is an image without text, which `ocrmypdf FILE COPY` recognises" }));
    }

    [Test]
    public void Read_SignsWithoutAName_AreToldAndControlsReplaced()
    {
        var file = new PdfFile { Font = "/Encoding << /Type /Encoding /Differences [5 /sign5] >>" }.AddPage("a \u0005 b");

        var read = ReadFile.Of(file.ToBytes());

        Assert.That(read.Text, Is.EqualTo("a \uFFFD b"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "page 1 has signs that no font names, and that may be read as others" }));
    }

    [Test]
    public void Read_ManyGaps_NameTheFirst()
    {
        var file = new PdfFile().AddPage("Words");
        for (int i = 0; i < 9; i++)
            file.AddPage("", hasImage: true);

        Assert.That(
            ReadFile.Of(file.ToBytes()).Gaps, Is.EqualTo(new[] { "pages 2, 3, 4, 5, 6 and 4 more are images without text, which `ocrmypdf FILE COPY` recognises" }));
    }

    [Test]
    public void Read_WithoutItsEnd_IsAGap()
    {
        byte[] whole = PdfFile.Of("Words");

        Assert.That(
            ReadFile.Of(whole[..^6]).Gaps, Is.EqualTo(new[] { "the file does not end as a PDF does, so that it may be cut short and lack pages" }));
    }

    [Test]
    public void Read_PackedDataWithOtherBits_IsTold()
    {
        byte[] whole = MakePacked();
        string good = ReadFile.Of(whole).Text;
        var text = Encoding.Latin1.GetString(whole);
        var random = new Random(5);
        for (int i = 0; i < 100; i++)
        {
            int start = text.IndexOf(">>\nstream\n", random.Next(text.Length / 2), StringComparison.Ordinal) + 10;
            int end = text.IndexOf("\nendstream", start, StringComparison.Ordinal);
            byte[] file = [.. whole];
            file[random.Next(start, end)] ^= (byte)(1 << random.Next(8));

            Assert.That(IsTold(file, good), Is.True, $"damage {i}");
        }
    }

    [Test]
    public void Read_CutShort_IsTold([Range(1, 99)] int percent)
    {
        byte[] whole = MakePacked();

        Assert.That(IsTold(whole[..(whole.Length * percent / 100)], ReadFile.Of(whole).Text), Is.True);
    }

    /// <summary>The library throws many types, all of which become words.</summary>
    [Test]
    public void Read_OtherBytes_EndsInWords()
    {
        byte[] whole = MakePacked();
        var random = new Random(7);
        for (int i = 0; i < 100; i++)
        {
            byte[] file = [.. whole];
            for (int j = 0; j < 20; j++)
                file[random.Next(file.Length)] = (byte)random.Next(256);

            Assert.That(() => IsTold(file, ""), Throws.Nothing, $"damage {i}");
        }
    }

    private static byte[] MakePacked()
    {
        var file = new PdfFile { IsPacked = true };
        foreach (string page in Pages)
            file.AddPage(page);
        return file.ToBytes();
    }

    /// <summary>Whether the file is refused in words, read with a gap, or read as it was.</summary>
    private static bool IsTold(byte[] file, string good)
    {
        try
        {
            return ReadFile.Of(file) is var read && (read.Gaps.Count > 0 || read.Text == good);
        }
        catch (InvalidDataException exception)
        {
            return exception.Message.Length > 0;
        }
    }
}
