namespace Rlm.Runtime.Tests.Files;

internal sealed class BookReaderTests
{
    [Test]
    public void Read_Chapters_ArePlacesInTheOrderOfReading()
    {
        var read = Read(MakeBook());

        Assert.That(read.Places, Is.EqualTo("[ch1]The second file\n\nfirst & foremost\n[ch2]\f\nBehind\n\n- nut\n\n| a | b |"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [TestCase("book.epub")]
    [TestCase("-")]
    public void FindContent_Book_IsText(string path) =>
        Assert.That(RlmFiles.Reader.FindContent(path, MakeBook().ToBytes(isPacked: false)), Is.EqualTo(RlmFileContent.Text));

    [Test]
    public void Read_EmptyElements_HideNothing() => Assert.That(
        Read(MakeBook().Add("OEBPS/text/b.xhtml", "<html><head><title/><script src=\"a.js\"/></head><body><a id=\"x\"/><p>Seen&nbsp;still</p></body></html>")).Text,
        Does.StartWith("Seen still\n"));

    [Test]
    public void Read_MissingChapter_IsAGap()
    {
        var read = Read(MakeBook().Remove("OEBPS/text/b.xhtml"));

        Assert.That(read.Places, Is.EqualTo("[ch2]Behind\n\n- nut\n\n| a | b |"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "chapter 1 cannot be read: its part OEBPS/text/b.xhtml is missing" }));
    }

    [TestCase("<!-- two", "<!--")]
    [TestCase("<!doctype two", "<!doctype")]
    [TestCase("<style>two</p>", "<style>")]
    public void Read_UnclosedInAChapter_IsAGap(string end, string name)
    {
        var read = Read(MakeBook().Add("OEBPS/text/b.xhtml", $"<html><body><p>one {end}"));

        Assert.That(read.Places, Does.StartWith("[ch1]one\n[ch2]"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { $"chapter 1 has an unclosed `{name}`, which takes all that follows in it" }));
    }

    [TestCase("http://www.idpf.org/2008/embedding", true)]
    [TestCase("http://ns.adobe.com/pdf/enc#RC", true)]
    [TestCase("http://www.w3.org/2001/04/xmlenc#aes128-cbc", false)]
    public void Read_Encrypted_IsRefusedButForFonts(string algorithm, bool isRead)
    {
        var book = MakeBook().Add("META-INF/encryption.xml", $"<encryption><EncryptedData><EncryptionMethod Algorithm=\"{algorithm}\"/></EncryptedData></encryption>");

        Assert.That(() => Read(book), isRead ? Throws.Nothing : Throws.TypeOf<InvalidDataException>().With.Message.EqualTo(
            "it is encrypted for the programs of its seller; give a copy that is not protected"));
    }

    [Test]
    public void Read_WithoutChapters_SaysSo() => Assert.That(
        () => Read(MakeBook().Add("META-INF/container.xml", "<container/>")),
        Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("it does not say where its chapters are; it may be damaged"));

    public static PackageFile MakeBook() => new PackageFile()
        .Add("mimetype", "application/epub+zip")
        .Add("META-INF/container.xml", "<container><rootfiles><rootfile full-path=\"OEBPS/book.opf\"/></rootfiles></container>")
        .Add("OEBPS/book.opf",
            "<package><manifest><item id=\"a\" href=\"text/a%20b.xhtml\" media-type=\"application/xhtml+xml\"/><item id=\"b\" href=\"text/b.xhtml\" media-type=\"application/xhtml+xml\"/>"
            + "<item id=\"i\" href=\"i.png\" media-type=\"image/png\"/></manifest><spine><itemref idref=\"b\"/><itemref idref=\"i\"/><itemref idref=\"a\"/></spine></package>")
        .Add("OEBPS/text/b.xhtml", "<?xml version=\"1.0\"?><!DOCTYPE html><html><head><title>No text</title></head><body><h1>The second file</h1><p>first &amp; foremost</body></html>")
        .Add("OEBPS/text/a b.xhtml", "<html><body><p>Behind</p><ul><li>nut</li></ul><script>no();</script><table><tr><td>a</td><td>b</td></tr></table></body></html>");

    private static ReadFile Read(PackageFile book) => ReadFile.Of(book.ToBytes(), "book.epub");
}
