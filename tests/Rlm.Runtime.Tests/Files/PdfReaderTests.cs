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

        Assert.That(ReadFile.Of(file.ToBytes()).Gaps, Is.EqualTo(new[] { "page 2 is an image whose words `ocrmypdf FILE COPY` recognises" }));
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
            ReadFile.Of(file.ToBytes()).Gaps, Is.EqualTo(new[] { "pages 2, 3, 4, 5, 6 and 4 more are images whose words `ocrmypdf FILE COPY` recognises" }));
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

    [Test]
    public void Read_Form_FilledFieldsFollowTheirPage()
    {
        var file = new PdfFile();
        int Field(string entries) => file.Add($"<< /Type /Annot /Subtype /Widget /Rect [0 0 99 20] {entries} >>");
        int[] fields =
        [
            Field("/FT /Tx /T (name) /TU (Your name) /V (Ann\\nLee) /P 8 0 R"),
            Field("/FT /Tx /T (empty) /P 8 0 R"),
            Field("/FT /Btn /T (agrees) /V /Yes /AS /Yes /P 8 0 R"),
            Field("/FT /Ch /Ff 131072 /T (town) /Opt [(Bonn) (Rome)] /V (Rome)"),
        ];
        string all = string.Join(' ', fields.Select(field => $"{field} 0 R"));
        file.Catalog = $"/AcroForm << /Fields [{all}] >>";
        file.AddPage("Order", entries: $"/Annots [{string.Join(' ', fields[..3].Select(field => $"{field} 0 R"))}]").AddPage("End");

        Assert.That(ReadFile.Of(file.ToBytes()).Places, Is.EqualTo("[p1]Order\n[field Your name: Ann Lee]\n[field agrees: checked]\n[p2]\f\nEnd\n[field town: Rome]"));
    }

    [TestCase("/FT /Tx /T (a) /V <EFBBBFC384E282AC>", "[field a: Ä€]")]
    [TestCase("/FT /Tx /T (a) /V <FEFF00C420AC>", "[field a: Ä€]")]
    [TestCase("/FT /Tx /T (a) /V 12.5", "[field a: 12.5]")]
    [TestCase("/FT /Tx /T (a) /RV (<p>rich &amp; only</p>)", "[field a: rich & only]")]
    [TestCase("/FT /Ch /Ff 131072 /T (a) /Opt [[(1) (One)] [(2) (Two)]] /V (2)", "[field a: Two]")]
    [TestCase("/FT /Ch /T (a) /Opt [(x) (y)] /V [(x) (y)]", "[field a: x, y]")]
    [TestCase("/FT /Btn /Ff 49152 /T (a) /V /B", "[field a: B]")]
    [TestCase("/FT /Btn /Ff 49152 /T (a) /V /1 /Opt [(Yes please) (No thanks)]", "[field a: No thanks]")]
    [TestCase("/FT /Btn /T (a) /AS /On", "[field a: checked]")]
    [TestCase("/FT /Btn /T (a) /V /Off /AS /Off", "")]
    [TestCase("/FT /Btn /Ff 65536 /T (a) /V /Push", "")]
    [TestCase("/FT /Sig /T (a) /V << /Type /Sig /Name (Ann Lee) >>", "[field a: signed by Ann Lee]")]
    [TestCase("/FT /Sig /T (a)", "")]
    public void Read_Field_IsAsItIsShown(string entries, string line)
    {
        var file = new PdfFile();
        int field = file.Add($"<< /Type /Annot /Subtype /Widget /Rect [0 0 99 20] {entries} >>");
        file.Catalog = $"/AcroForm << /Fields [{field} 0 R] >>";

        Assert.That(ReadFile.Of(file.AddPage("Order", entries: $"/Annots [{field} 0 R]").ToBytes()).Text, Is.EqualTo($"Order\n{line}".Trim()));
    }

    [Test]
    public void Read_FieldsWithinOthers_HaveTheirWholeNames()
    {
        var file = new PdfFile();
        int ann = file.Add("<< /T (name) /FT /Tx /V (Ann) /Subtype /Widget /Rect [0 0 9 9] >>");
        int ben = file.Add("<< /T (name) /Subtype /Widget /Rect [0 0 9 9] >>");
        int tenant = file.Add($"<< /T (tenant) /Kids [{ann} 0 R] >>");
        int landlord = file.Add($"<< /T (landlord) /FT /Tx /V (Ben) /Kids [{ben} 0 R 99 0 R] >>");
        file.Catalog = $"/AcroForm << /Fields [{tenant} 0 R {landlord} 0 R {tenant} 0 R] >>";

        Assert.That(
            ReadFile.Of(file.AddPage("", entries: $"/Annots [{ben} 0 R {ann} 0 R]").ToBytes()).Text, Is.EqualTo("[field landlord.name: Ben]\n[field tenant.name: Ann]"));
    }

    [Test]
    public void Read_Stamp_IsAGap()
    {
        var file = new PdfFile();
        int drawn = file.Add("<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream");
        int stamp = file.Add($"<< /Type /Annot /Subtype /Stamp /Rect [0 0 9 9] /AP << /N {drawn} 0 R >> >>");

        Assert.That(
            ReadFile.Of(file.AddPage("Order", entries: $"/Annots [{stamp} 0 R]").ToBytes()).Gaps,
            Is.EqualTo(new[] { "page 1 has stamps or added texts that are not read; print the file to another PDF first" }));
    }

    [Test]
    public void Read_Notes_FollowTheirPage()
    {
        var file = new PdfFile();
        int note = file.Add("<< /Type /Annot /Subtype /Highlight /Rect [0 0 9 9] /T (Ann) /Contents (Not\\r agreed) >>");
        int link = file.Add("<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] /Contents (a link) >>");
        int free = file.Add("<< /Type /Annot /Subtype /FreeText /Rect [0 0 9 9] /RC (<body><p>paid</p></body>) >>");
        file.AddPage("Clause 4", entries: $"/Annots [{note} 0 R {link} 0 R {free} 0 R]");

        Assert.That(ReadFile.Of(file.ToBytes()).Text, Is.EqualTo("Clause 4\n[note by Ann: Not agreed]\n[note: paid]"));
    }

    [Test]
    public void Read_ClosedForm_IsAGap()
    {
        var file = new PdfFile { Catalog = "/AcroForm << /Fields [] /XFA (x) >>" };

        Assert.That(
            ReadFile.Of(file.AddPage("Please wait").ToBytes()).Gaps, Is.EqualTo(new[] { "it holds a form of XFA, whose fields are not read; print it as a PDF first" }));
    }

    [TestCase("Page 3", "600 0 0 780 5 5", true)]
    [TestCase("Page 3", "300 0 0 300 5 5", false)]
    [TestCase("A page of as many words as nobody stamps onto a scan, so that it stands for the words that are on the image, and more", "612 0 0 792 0 0", false)]
    public void Read_ImageOverThePage_IsAScanUnlessThereAreWords(string text, string size, bool isScan) => Assert.That(
        ReadFile.Of(new PdfFile().AddPage(text, hasImage: true, size).ToBytes()).Gaps, Has.Count.EqualTo(isScan ? 1 : 0));

    [TestCase("\r\n ", true)]
    [TestCase("", true)]
    [TestCase("The mark of a PDF is ", false)]
    public void FindContent_BytesBeforeTheMark_MayBeBlanks(string before, bool isPdf) =>
        Assert.That(RlmFiles.Reader.FindContent("a", [.. Encoding.UTF8.GetBytes(before), .. PdfFile.Of("text")]) is not null, Is.EqualTo(isPdf));

    [Test]
    public void Read_BlanksBeforeTheMark_IsItsText() =>
        Assert.That(ReadFile.Of([.. "\r\n\r\n"u8, .. PdfFile.Of("text")]).Text, Is.EqualTo("text"));

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
