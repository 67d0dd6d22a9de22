using System.Buffers.Binary;
using System.Text;

namespace Rlm.Runtime.Tests.Files;

internal sealed class OfficeReaderTests
{
    private static readonly byte[] Old = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. new byte[600]];

    private static readonly (string Name, PackageFile Whole)[] Files =
    [
        ("a.docx", MakeDocument()), ("a.xlsx", MakeWorkbook()), ("a.pptx", SlidesReaderTests.MakeSlides()), ("a.epub", BookReaderTests.MakeBook()),
    ];

    [TestCase("a.docx", "other/part")]
    [TestCase("a.XLSM", "other/part")]
    [TestCase("-", "[Content_Types].xml")]
    [TestCase("-", "docProps/app.xml")]
    [TestCase("-", "xl/workbook.xml")]
    public void FindContent_ByNameOrFirstPart_IsTrue(string path, string part) =>
        Assert.That(RlmFiles.Reader.FindContent(path, new PackageFile().Add(part, "x").ToBytes()), Is.EqualTo(RlmFileContent.Text));

    [TestCase("a.zip", "other/part")]
    [TestCase("-", "texts/word/a.txt")]
    public void FindContent_PlainZip_IsFalse(string path, string part) =>
        Assert.That(RlmFiles.Reader.FindContent(path, new PackageFile().Add(part, "x").ToBytes()), Is.Null);

    [Test]
    public void FindContent_NameWithoutZip_IsNone() => Assert.That(RlmFiles.Reader.FindContent("a.docx", "no zip"u8), Is.Null);

    [Test]
    public void Read_Encrypted_SaysSo() => Refuses(
        [.. Old, .. Encoding.Unicode.GetBytes("EncryptedPackage")], "it is encrypted, and opens with a password; save a copy without one");

    [Test]
    public void Read_Old_SaysSo() => Refuses(
        Old,
        "it is written in the way before 2007; save it as .docx, .xlsx or .pptx, as with `soffice --convert-to docx FILE`, "
            + "or give its text, as with `catdoc FILE | rlm … -c -` or `xls2csv FILE | rlm … -c -`");

    [Test]
    public void Read_ZipNamedAsDocument_SaysSo() => Refuses(
        new PackageFile().Add("a.txt", "text").ToBytes(), "it is a zip file, and no Office file; unpack it first");

    [Test]
    public void Read_BinaryWorkbook_SaysSo() => Refuses(
        new PackageFile().AddRelations("_rels/.rels", ("officeDocument", "xl/workbook.bin")).ToBytes(), "it is a binary workbook; save it as .xlsx");

    [Test]
    public void Read_WithEntities_IsRefused() => Assert.That(
        () => ReadFile.Of(PackageFile.OfDocument("").Add("word/document.xml", "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><document>&b;</document>")
            .ToBytes(), "a.docx"),
        Throws.TypeOf<InvalidDataException>().With.Message.Contains("its part word/document.xml is damaged (For security reasons DTD is prohibited"));

    [Test]
    public void Read_NestedTooDeep_IsRefused() => Refuses(
        PackageFile.OfDocument(string.Concat(Enumerable.Repeat("<w:sdt>", 600)) + string.Concat(Enumerable.Repeat("</w:sdt>", 600))).ToBytes(),
        "its part word/document.xml is damaged (its elements stand more than 512 deep)");

    [Test]
    public void Read_TwoPartsOfOneName_IsRefused()
    {
        byte[] file = PackageFile.OfDocument("").Add("word/documenT.xmm", "x").ToBytes();
        // Only the names are other, in both places that a zip file has them.
        for (int at; (at = file.AsSpan().IndexOf("documenT.xmm"u8)) >= 0;)
            "documenT.xml"u8.CopyTo(file.AsSpan(at));

        Refuses(file, "it has two parts word/documenT.xml");
    }

    [Test]
    public void Read_PartWithOtherBytes_IsToldByItsChecksum()
    {
        byte[] file = new PackageFile().AddRelations("_rels/.rels", ("officeDocument", "word/document.xml"))
            .Add("word/document.xml", PackageFile.WordRoot("document", "<w:body><w:p><w:r><w:t>1000 euros</w:t></w:r></w:p></w:body>")).ToBytes(isPacked: false);
        file[file.AsSpan().IndexOf("1000"u8)] = (byte)'9';

        Refuses(file, "its part word/document.xml is damaged (its checksum is another)");
    }

    [Test]
    public void Read_PartOfAnotherLength_IsTold()
    {
        byte[] file = PackageFile.OfDocument("<w:p/>").ToBytes();
        // The length of the last part, in the central directory.
        int at = file.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 24;
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at)) + 1);

        Assert.That(() => ReadFile.Of(file, "a.docx"), Throws.TypeOf<InvalidDataException>().With.Message.Contains("word/document.xml is damaged"));
    }

    [Test]
    public void Read_OtherBits_ChangeNothingInSilence([Range(0, 3)] int kind) => TellsDamage(kind, (file, random) =>
    {
        file[random.Next(file.Length)] ^= (byte)(1 << random.Next(8));
        return file;
    });

    [Test]
    public void Read_CutShort_IsTold([Range(0, 3)] int kind) => TellsDamage(kind, (file, random) => file[..random.Next(1, file.Length)]);

    [Test]
    public void Read_OtherBytes_EndsInWords([Range(0, 3)] int kind) => TellsDamage(kind, (file, random) =>
    {
        for (int i = 0; i < 20; i++)
            file[random.Next(file.Length)] = (byte)random.Next(256);
        return file;
    });

    [Test]
    public void Read_BrokenXml_EndsInWords([Range(0, 3)] int kind)
    {
        var random = new Random(3);
        for (int i = 0; i < 100; i++)
        {
            var file = Files[kind].Whole.Break(random);
            Assert.That(() => Tell(Files[kind].Name, file.ToBytes()), Throws.Nothing, $"damage {i}");
        }
    }

    [Test]
    public void Read_WithoutAPart_IsToldWhereItHoldsText([Range(0, 3)] int kind)
    {
        var (name, whole) = Files[kind];
        string good = ReadFile.Of(whole.ToBytes(), name).Text;
        foreach (string path in whole.Paths)
        {
            // Without what refers to others nothing tells of them.
            if (path.EndsWith(".rels", StringComparison.Ordinal) || path is "mimetype")
                continue;
            Assert.That(IsTold(name, whole.Copy().Remove(path).ToBytes(), good), Is.True, path);
        }
    }

    private static void TellsDamage(int kind, Func<byte[], Random, byte[]> damage)
    {
        var (name, file) = Files[kind];
        byte[] whole = file.ToBytes();
        string good = ReadFile.Of(whole, name).Text;
        var random = new Random(5);
        for (int i = 0; i < 100; i++)
            Assert.That(IsTold(name, damage([.. whole], random), good), Is.True, $"damage {i}");
    }

    private static bool IsTold(string name, byte[] file, string good) => Tell(name, file) is not { } read || read.Gaps.Count > 0 || read.Text == good;

    /// <summary>What is read; null where the file is refused in words.</summary>
    private static ReadFile? Tell(string name, byte[] file)
    {
        try
        {
            return ReadFile.Of(file, name);
        }
        catch (InvalidDataException exception) when (exception.Message.Length > 0)
        {
            return null;
        }
    }

    private static void Refuses(byte[] file, string message) =>
        Assert.That(() => ReadFile.Of(file, "a.docx"), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(message));

    private static PackageFile MakeDocument()
    {
        string body = string.Concat(Enumerable.Range(1, 40).Select(i => $"<w:p><w:r><w:t>Paragraph {i} holds {i * 7} words.</w:t></w:r></w:p>"));
        return PackageFile.OfDocument($"{body}<w:p><w:r><w:t>Noted</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>")
            .AddRelations("word/_rels/document.xml.rels", ("footnotes", "footnotes.xml"))
            .AddWordPart("footnotes.xml", "footnotes", "<w:footnote w:id=\"1\"><w:p><w:r><w:t>A note</w:t></w:r></w:p></w:footnote>");
    }

    private static PackageFile MakeWorkbook()
    {
        string rows = string.Concat(Enumerable.Range(1, 40).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\" t=\"s\"><v>0</v></c><c r=\"B{i}\" s=\"1\"><v>{i * 1000}</v></c></row>"));
        return PackageFile.OfWorkbook(("S", rows), ("T", rows))
            .AddSheetPart("sharedStrings.xml", "sst", "<si><t>shared</t></si>")
            .AddSheetPart("styles.xml", "styleSheet", "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>");
    }
}
