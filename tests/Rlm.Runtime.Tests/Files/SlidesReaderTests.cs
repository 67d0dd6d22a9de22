namespace Rlm.Runtime.Tests.Files;

internal sealed class SlidesReaderTests
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    [Test]
    public void Read_Slides_ArePlacesWithTheirNotes()
    {
        var read = ReadFile.Of(MakeSlides().ToBytes(), "a.docx");

        Assert.That(
            read.Places,
            Is.EqualTo(
                """
                [s1]# A title

                - one
                  - below
                1. first
                2. second

                plain

                [notes] Say this
                and that

                [comment] Ann: Really?
                [s2]
                """ + "\f\n" + """
                [hidden]

                in a group

                | a | b\|c |
                |---|---|
                | a | 2 |
                """));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_RaisedLoweredAndStruckText_IsSetApart()
    {
        string line = "<a:p><a:r><a:t>10</a:t></a:r><a:r><a:rPr baseline=\"30000\"/><a:t>6</a:t></a:r><a:r><a:rPr baseline=\"-25000\"/><a:t>n</a:t></a:r>"
            + "<a:r><a:rPr strike=\"sngStrike\"/><a:t>7</a:t></a:r></a:p>";

        Assert.That(
            ReadFile.Of(MakeSlides().Add("ppt/slides/slide2.xml", Slide("", Shape("body", line))).ToBytes(), "a.docx").Text, Does.Contain("10^6_n~~7~~"));
    }

    [TestCase("arabicPeriod", 1, "1.", "2.")]
    [TestCase("alphaLcParenR", 1, "a)", "b)")]
    [TestCase("romanUcPeriod", 4, "IV.", "V.")]
    [TestCase("arabicParenBoth", 9, "(9)", "(10)")]
    [TestCase("arabicPlain", 1, "1", "2")]
    [TestCase("circleNumDbPlain", 1, "①", "②")]
    public void Read_NumberedItems_AreAsTheyShow(string kind, int start, string first, string second)
    {
        var read = ReadNumbered(kind, start);

        Assert.That(read.Text, Does.Contain($"{first} one\n{second} two\n- a dot\n{first} three"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_NumbersOfAnotherKind_AreFiguresAndAGap()
    {
        var read = ReadNumbered("hebrew2Minus", 1);

        Assert.That(read.Text, Does.Contain("1. one\n2. two"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "slide 2: numbers of the kind hebrew2Minus are written in figures" }));
    }

    [TestCase("<a:sym typeface=\"Wingdings\"/>", "\uF0FC", "✓", 0)]
    [TestCase("<a:latin typeface=\"Symbol\"/>", "a", "α", 0)]
    [TestCase("", "\uF0FC", "\uFFFD", 1)]
    public void Read_SignsOfAFont_AreThose(string font, string letters, string shown, int gaps)
    {
        var read = ReadLine($"<a:p><a:r><a:rPr>{font}</a:rPr><a:t>{letters}</a:t></a:r></a:p>");

        Assert.That(read.Text, Does.Contain(shown));
        Assert.That(read.Gaps, Is.EqualTo(Enumerable.Repeat("slide 2: 1 sign has no letter in Unicode that is known", gaps)));
    }

    private static ReadFile ReadNumbered(string kind, int start)
    {
        string number = $"<a:pPr><a:buAutoNum type=\"{kind}\" startAt=\"{start}\"/></a:pPr>";
        var items = new[] { (number, "one"), (number, "two"), ("<a:pPr><a:buChar char=\"o\"/></a:pPr>", "a dot"), (number, "three") };
        return ReadLine(string.Concat(items.Select(item => $"<a:p>{item.Item1}<a:r><a:t>{item.Item2}</a:t></a:r></a:p>")));
    }

    private static ReadFile ReadLine(string paragraphs) =>
        ReadFile.Of(MakeSlides().Add("ppt/slides/slide2.xml", Slide("", Shape("body", paragraphs))).ToBytes(), "a.docx");

    [Test]
    public void Read_MissingSlide_IsAGap() => Assert.That(
        ReadFile.Of(MakeSlides().Remove("ppt/slides/slide2.xml").ToBytes(), "a.docx").Gaps,
        Is.EqualTo(new[] { "slide 2 cannot be read: its part ppt/slides/slide2.xml is missing" }));

    [Test]
    public void Read_WithoutText_SaysSo() => Assert.That(
        () => ReadFile.Of(MakeSlides().Add("ppt/presentation.xml", "<presentation/>").ToBytes(), "a.docx"),
        Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("there is no text on its slides"));

    public static PackageFile MakeSlides() => new PackageFile()
        .AddRelations("_rels/.rels", ("officeDocument", "ppt/presentation.xml"))
        .Add("ppt/presentation.xml",
            $"<p:presentation xmlns:p=\"p\" xmlns:r=\"{Relationships}\"><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/><p:sldId id=\"257\" r:id=\"r2\"/></p:sldIdLst></p:presentation>")
        .AddRelations(
            "ppt/_rels/presentation.xml.rels", ("slide", "slides/slide1.xml"), ("slide", "slides/slide2.xml"), ("commentAuthors", "commentAuthors.xml"))
        .Add("ppt/commentAuthors.xml", "<p:cmAuthorLst xmlns:p=\"p\"><p:cmAuthor id=\"0\" name=\"Ann\"/></p:cmAuthorLst>")
        .Add("ppt/slides/slide1.xml", Slide("",
            Shape("body", Line("one") + Line("below", "lvl=\"1\"") + Line("first", "", "<a:buAutoNum/>") + Line("second", "", "<a:buAutoNum/>") + Line("plain", "", "<a:buNone/>"))
            + Shape("title", Line("A title")) + Shape("sldNum", Line("1"))))
        .AddRelations("ppt/slides/_rels/slide1.xml.rels", ("notesSlide", "../notesSlides/notesSlide1.xml"), ("comments", "../comments/comment1.xml"))
        .Add("ppt/notesSlides/notesSlide1.xml", Slide("", Shape("sldImg", Line("image")) + Shape("body", Line("Say this") + Line("and that"))))
        .Add("ppt/comments/comment1.xml", "<p:cmLst xmlns:p=\"p\"><p:cm authorId=\"0\"><p:text>Really?</p:text></p:cm></p:cmLst>")
        .Add("ppt/slides/slide2.xml", Slide("show=\"0\"",
            $"<p:grpSp>{Shape("", Line("in a group"))}</p:grpSp><p:graphicFrame><a:graphic><a:graphicData><a:tbl>"
            + $"<a:tr>{Cell("a")}{Cell("b|c")}</a:tr><a:tr>{Cell("", "vMerge=\"1\"")}{Cell("2")}</a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>"));

    private static string Slide(string attributes, string shapes) =>
        $"<p:sld xmlns:p=\"p\" xmlns:a=\"a\" {attributes}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>";

    private static string Shape(string kind, string lines) =>
        $"<p:sp><p:nvSpPr><p:nvPr>{(kind.Length > 0 ? $"<p:ph type=\"{kind}\"/>" : "")}</p:nvPr></p:nvSpPr><p:txBody>{lines}</p:txBody></p:sp>";

    private static string Line(string text, string attributes = "", string bullet = "") => $"<a:p><a:pPr {attributes}>{bullet}</a:pPr><a:r><a:t>{text}</a:t></a:r></a:p>";

    private static string Cell(string text, string attributes = "") => $"<a:tc {attributes}><a:txBody>{Line(text)}</a:txBody></a:tc>";
}
