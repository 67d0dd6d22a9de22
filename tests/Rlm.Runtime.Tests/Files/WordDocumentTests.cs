namespace Rlm.Runtime.Tests.Files;

internal sealed class WordDocumentTests
{
    private const string Styles =
        """
        <w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/><w:basedOn w:val="H1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="H1"/></w:style>
        <w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rPr><w:vanish/></w:rPr></w:style>
        """;

    private const string Numbering =
        """
        <w:abstractNum w:abstractNumId="0">
          <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
          <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
          <w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%3)"/></w:lvl>
          <w:lvl w:ilvl="3"><w:start w:val="4"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%4)"/></w:lvl>
        </w:abstractNum>
        <w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="o"/></w:lvl></w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
        <w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>
        """;

    [TestCase("upperLetter", 28, "BB")]
    [TestCase("lowerRoman", 4, "iv")]
    [TestCase("decimalZero", 7, "07")]
    [TestCase("ordinal", 22, "22nd")]
    [TestCase("cardinalText", 121, "One hundred twenty-one")]
    [TestCase("cardinalText", 2000, "Two thousand")]
    [TestCase("ordinalText", 1, "First")]
    [TestCase("ordinalText", 20, "Twentieth")]
    [TestCase("ordinalText", 35, "Thirty-fifth")]
    [TestCase("ordinalText", 112, "One hundred twelfth")]
    [TestCase("chicago", 6, "††")]
    [TestCase("hex", 255, "FF")]
    [TestCase("numberInDash", 3, "- 3 -")]
    [TestCase("decimalEnclosedCircle", 20, "⑳")]
    [TestCase("decimalFullWidth", 12, "１２")]
    [TestCase("chineseCounting", 21, "二十一")]
    [TestCase("custom\" w:format=\"001, 002, 003, ...", 9, "009")]
    public void Read_NumbersOfAFormat_AreAsTheyShow(string format, int number, string shown)
    {
        var read = ReadNumber(format, number);

        Assert.That(read.Text, Is.EqualTo($"{shown}. a"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [TestCase("hebrew1", 3, "en-US")]
    [TestCase("ordinalText", 3, "de-DE")]
    [TestCase("decimalEnclosedCircle", 21, "en-US")]
    public void Read_NumbersOfAnotherFormat_AreFiguresAndAGap(string format, int number, string language)
    {
        var read = ReadNumber(format, number, $"<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val=\"{language}\"/></w:rPr></w:rPrDefault></w:docDefaults>");

        Assert.That(read.Text, Is.EqualTo($"{number}. a"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { $"numbers of the format {format} are written in figures" }));
    }

    /// <summary>Letters of a font of signs are those, whether the run says so or its style.</summary>
    [TestCase("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>", "\uF0FC", "✓")]
    [TestCase("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>", "\u00FC \uF06F", "✓ □")]
    [TestCase("<w:rFonts w:ascii=\"Symbol\" w:hAnsi=\"Symbol\"/>", "a\uF0A3\uF062", "α≤β")]
    [TestCase("<w:rStyle w:val=\"Signs\"/>", "\uF0E0", "→")]
    [TestCase("<w:rStyle w:val=\"Signs\"/><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\"/>", "J", "J")]
    [TestCase("<w:rStyle w:val=\"Up\"/>", "2", "^2")]
    [TestCase("<w:rStyle w:val=\"Gone\"/>", "2", "~~2~~")]
    [TestCase("<w:rStyle w:val=\"Gone\"/><w:strike w:val=\"0\"/>", "2", "2")]
    public void Read_RunOfAStyle_IsAsItShows(string properties, string letters, string shown)
    {
        var read = ReadStyled("", properties, letters);

        Assert.That(read.Text, Is.EqualTo($"x{shown}"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_ParagraphStyleThatStrikes_Strikes()
    {
        Assert.That(ReadStyled("Struck", "", "2").Text, Is.EqualTo("~~x2~~"));
        Assert.That(ReadStyled("Struck", "<w:rStyle w:val=\"Gone\"/>", "2").Text, Is.EqualTo("~~x~~2"));
    }

    [TestCase("", "\uF0FC")]
    [TestCase("<w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/>", "\uF001")]
    [TestCase("<w:rFonts w:ascii=\"Own\" w:hAnsi=\"Own\"/>", "\uE123")]
    public void Read_SignThatIsNotKnown_IsAGap(string properties, string letters)
    {
        var read = ReadStyled("", properties, letters);

        Assert.That(read.Text, Is.EqualTo("x\uFFFD"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "1 sign has no letter in Unicode that is known" }));
    }

    private static ReadFile ReadStyled(string style, string properties, string letters) => ReadFile.Of(
        PackageFile.OfDocument($"<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>" + Run("", "x") + Run(properties, letters) + "</w:p>")
            .AddRelations("word/_rels/document.xml.rels", ("styles", "styles.xml"))
            .AddWordPart(
                "styles.xml", "styles",
                "<w:style w:type=\"character\" w:styleId=\"Signs\"><w:rPr><w:rFonts w:ascii=\"Wingdings\" w:hAnsi=\"Wingdings\"/></w:rPr></w:style>"
                + "<w:style w:type=\"character\" w:styleId=\"Base\"><w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr></w:style>"
                + "<w:style w:type=\"character\" w:styleId=\"Up\"><w:basedOn w:val=\"Base\"/></w:style>"
                + "<w:style w:type=\"character\" w:styleId=\"Gone\"><w:rPr><w:strike/></w:rPr></w:style>"
                + "<w:style w:type=\"paragraph\" w:styleId=\"Struck\"><w:rPr><w:strike/></w:rPr></w:style>").ToBytes(), "a.docx");

    private static ReadFile ReadNumber(string format, int number, string defaults = "") => ReadFile.Of(
        PackageFile.OfDocument(Item(1, 0, "a"))
            .AddRelations("word/_rels/document.xml.rels", ("styles", "styles.xml"), ("numbering", "numbering.xml"))
            .AddWordPart("styles.xml", "styles", defaults)
            .AddWordPart(
                "numbering.xml", "numbering",
                $"<w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"{number}\"/><mc:AlternateContent><mc:Choice Requires=\"w14\">"
                + $"<w:numFmt w:val=\"{format}\"/></mc:Choice><mc:Fallback><w:numFmt w:val=\"decimal\"/></mc:Fallback></mc:AlternateContent>"
                + "<w:lvlText w:val=\"%1.\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num>").ToBytes(), "a.docx");

    [Test]
    public void Read_Paragraphs_ArePlaces()
    {
        var read = Read(Paragraph("One") + Paragraph("") + Paragraph("Two"));

        Assert.That(read.Places, Is.EqualTo("[¶1]One\n\n[¶2]Two"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_Headings_AreMarked() => Assert.That(
        Read(Styled("H1", "First") + Styled("Own", "Based\non it") + Paragraph("<w:pPr><w:outlineLvl w:val=\"3\"/></w:pPr>", "Fourth")).Text,
        Is.EqualTo("# First\n\n# Based on it\n\n#### Fourth"));

    [Test]
    public void Read_Lists_AreNumberedAsTheyShow() => Assert.That(
        Read(Item(1, 0, "a") + Item(1, 1, "b") + Item(1, 1, "c") + Item(1, 2, "d") + Item(1, 3, "e") + Item(1, 0, "f") + Item(1, 1, "g")
            + Paragraph("between") + Item(2, 0, "h") + Item(3, 0, "i") + Styled("H2", "j")).Text,
        Is.EqualTo(
            """
            1. a
              1.1 b
              1.2 c
                (a) d
                  iv) e
            2. f
              2.1 g

            between

            - h
            9. i

            ## 9.1 j
            """));

    [Test]
    public void Read_Tables_AreRowsWithMergedCells() => Assert.That(
        Read(Paragraph("before")
            + "<w:tbl><w:tblGrid><w:gridCol/><w:gridCol/><w:gridCol/></w:tblGrid>"
            + $"<w:tr>{Cell("a|b", "<w:vMerge w:val=\"restart\"/>")}{Cell("wide", "<w:gridSpan w:val=\"2\"/>")}</w:tr>"
            + $"<w:tr>{Cell("", "<w:vMerge/>")}{Cell("c")}<w:tc><w:tbl><w:tr>{Cell("in")}{Cell("ner")}</w:tr></w:tbl>{Paragraph("below")}</w:tc></w:tr>"
            + $"<w:tr>{Cell("d")}</w:tr></w:tbl>" + Paragraph("behind")).Text,
        Is.EqualTo(
            """
            before

            | a\|b | wide | |
            |---|---|---|
            | a\|b | c | \| in \| ner \|<br>below |
            | d | | |

            behind
            """));

    [Test]
    public void Read_Changes_AreAcceptedAndTold()
    {
        var read = Read("<w:p><w:r><w:t xml:space=\"preserve\">We </w:t></w:r><w:del><w:r><w:delText>may</w:delText></w:r></w:del>"
            + "<w:ins><w:r><w:t>must</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom></w:p>");

        Assert.That(read.Text, Is.EqualTo("We must"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "it has tracked changes: what they delete is not in the text, and what they insert is" }));
    }

    [Test]
    public void Read_HiddenText_IsLeftOutAndTold()
    {
        var read = Read("<w:p><w:r><w:t>Seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>"
            + "<w:r><w:rPr><w:rStyle w:val=\"Secret\"/></w:rPr><w:t>too</w:t></w:r><w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:t>!</w:t></w:r></w:p>");

        Assert.That(read.Text, Is.EqualTo("Seen!"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "2 pieces of text are hidden, and left out" }));
    }

    [Test]
    public void Read_Fields_AreTheirResults() => Assert.That(
        Read("<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText><w:t>code</w:t></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>7</w:t></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
            + "<w:fldSimple w:instr=\"DATE\"><w:r><w:t> May</w:t></w:r></w:fldSimple><w:hyperlink r:id=\"r9\"><w:r><w:t> link</w:t></w:r></w:hyperlink></w:p>").Text,
        Is.EqualTo("7 May link"));

    [Test]
    public void Read_FieldWithoutResult_IsAGap()
    {
        var read = Read("<w:p><w:r><w:t>A</w:t></w:r>" + FieldOf(" EQ \\f(1,2) ") + FieldOf("XE \"word\"") + "</w:p>");

        Assert.That(read.Text, Is.EqualTo("A"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "what its fields EQ show is not in the file, and is left out" }));

        static string FieldOf(string code) => "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>"
            + code + "</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>";
    }

    [Test]
    public void Read_RaisedLoweredAndStruckText_IsSetApart() => Assert.That(
        Read("<w:p>" + Run("", "10") + Run("<w:vertAlign w:val=\"superscript\"/>", "-") + Run("<w:vertAlign w:val=\"superscript\"/>", "6") + Run("", " x")
            + Run("<w:vertAlign w:val=\"subscript\"/>", "2") + Run("", " 1") + Run("<w:vertAlign w:val=\"superscript\"/>", "st") + Run("", " ")
            + Run("<w:strike/>", "100 ") + Run("<w:strike w:val=\"0\"/>", "80") + "</w:p>").Text,
        Is.EqualTo("10^(-6) x_2 1st ~~100~~ 80"));

    [TestCase("<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>1</w:t></w:r></w:p>")]
    [TestCase("<w:tbl><w:tr><w:tc><w:tcPr><w:cellDel/></w:tcPr><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc></w:tr></w:tbl>")]
    public void Read_ChangeOfAnEndOrCell_IsTold(string body) => Assert.That(
        Read(body).Gaps, Is.EqualTo(new[] { "it has tracked changes: what they delete is not in the text, and what they insert is" }));

    [Test]
    public void Read_HiddenRow_IsLeftOut()
    {
        var read = Read($"<w:tbl><w:tr>{Cell("a")}</w:tr><w:tr><w:trPr><w:hidden/></w:trPr>{Cell("b")}</w:tr></w:tbl>");

        Assert.That(read.Text, Does.Not.Contain("b"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "1 piece of text is hidden, and left out" }));
    }

    [Test]
    public void Read_FieldWithoutEnd_IsAGap() => Assert.That(
        Read(Paragraph("Seen") + "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>" + Paragraph("in the code")).Gaps,
        Is.EqualTo(new[] { "a field does not end, so that text behind it may be missing" }));

    [Test]
    public void Read_Signs_AreLetters()
    {
        var read = Read("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:noBreakHyphen/><w:sym w:font=\"Symbol\" w:char=\"F062\"/>"
            + "<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Wingdings\" w:char=\"F001\"/></w:r></w:p>");

        Assert.That(read.Text, Is.EqualTo("a\tb\n-β☑\uFFFD"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "1 sign has no letter in Unicode that is known" }));
    }

    [Test]
    public void Read_SignsInTwoWays_StandOnce() => Assert.That(
        Read("<w:p><w:r><w:t>a</w:t><mc:AlternateContent><mc:Choice Requires=\"w16se\"><w:symEx w:font=\"Segoe UI Emoji\" w:char=\"1F60A\"/></mc:Choice>"
            + "<mc:Fallback><w:t>😊</w:t></mc:Fallback></mc:AlternateContent><w:t>b</w:t></w:r></w:p>").Text,
        Is.EqualTo("a😊b"));

    [Test]
    public void Read_Formulas_StandInALine() => Assert.That(
        Read("<w:p><m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e>"
            + "<m:sup><m:r><m:t>n+1</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>").Text,
        Is.EqualTo("1/2x^(n+1)"));

    [Test]
    public void Read_BoxesOfText_StandOnceBehindTheirParagraph() => Assert.That(
        Read("<w:p><w:r><w:t>anchor</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><w:txbxContent>" + Paragraph("boxed")
            + "</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent>" + Paragraph("boxed")
            + "</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t> on</w:t></w:r></w:p>").Text,
        Is.EqualTo("anchor on\n\nboxed"));

    [Test]
    public void Read_Controls_AreTheirContent() => Assert.That(
        Read("<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>" + Paragraph("block") + "</w:sdtContent></w:sdt>"
            + "<w:p><w:sdt><w:sdtContent><w:r><w:t>inline</w:t></w:r></w:sdtContent></w:sdt><w:smartTag><w:r><w:t> tag</w:t></w:r></w:smartTag></w:p>").Text,
        Is.EqualTo("block\n\ninline tag"));

    [Test]
    public void Read_NotesAndMargins_StandBehindTheText()
    {
        var file = Make("<w:p><w:r><w:t>Text</w:t><w:footnoteReference w:id=\"7\"/></w:r><w:r><w:commentReference w:id=\"0\"/></w:r></w:p>"
            + "<w:sectPr><w:headerReference r:id=\"r5\"/><w:headerReference r:id=\"r6\"/></w:sectPr>")
            .AddWordPart("footnotes.xml", "footnotes", $"<w:footnote w:id=\"7\">{Paragraph("The note")}</w:footnote>")
            .AddWordPart("comments.xml", "comments", $"<w:comment w:id=\"0\" w:author=\"Ann\" w:date=\"2024-05-06T07:08:09Z\">{Paragraph("Why?")}</w:comment>")
            .AddWordPart("header1.xml", "hdr", Paragraph("Head"))
            .AddWordPart("header2.xml", "hdr", Paragraph("Head"));

        Assert.That(
            ReadFile.Of(file.ToBytes(), "a.docx").Places,
            Is.EqualTo("[¶1]Text[^1][comment 1]\n\n[footnote 1][^1]: The note\n\n[comment 1][comment 1] Ann, 2024-05-06: Why?\n\n[header 1][header] Head"));
    }

    [Test]
    public void Read_MissingNotes_AreGaps()
    {
        var read = Read("<w:p><w:r><w:t>Text</w:t><w:endnoteReference w:id=\"1\"/></w:r></w:p>");

        Assert.That(read.Text, Is.EqualTo("Text[^e1]"));
        Assert.That(read.Gaps, Is.EqualTo(new[] { "1 endnote is missing in the file" }));
    }

    [Test]
    public void Read_WithoutText_SaysSo() => Assert.That(
        () => Read(Paragraph("")), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("there is no text in it"));

    private static ReadFile Read(string body) => ReadFile.Of(Make(body).ToBytes(), "a.docx");

    private static PackageFile Make(string body) => PackageFile.OfDocument(body)
        .AddRelations(
            "word/_rels/document.xml.rels", ("styles", "styles.xml"), ("numbering", "numbering.xml"), ("footnotes", "footnotes.xml"),
            ("comments", "comments.xml"), ("header", "header1.xml"), ("header", "header2.xml"))
        .AddWordPart("styles.xml", "styles", Styles)
        .AddWordPart("numbering.xml", "numbering", Numbering);

    private static string Run(string properties, string text) =>
        $"<w:r><w:rPr>{properties}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>";

    private static string Paragraph(string text) => Paragraph("", text);

    private static string Paragraph(string properties, string text) =>
        $"<w:p>{properties}{(text.Length == 0 ? "" : $"<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r>")}</w:p>";

    private static string Styled(string style, string text) => Paragraph($"<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>", text);

    private static string Item(int list, int level, string text) =>
        Paragraph($"<w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>", text);

    private static string Cell(string text, string properties = "") => $"<w:tc><w:tcPr>{properties}</w:tcPr>{Paragraph(text)}</w:tc>";
}
