namespace Rlm.Runtime.Tests.Files;

internal sealed class WorkbookReaderTests
{
    [Test]
    public void Read_Rows_ArePlacesOfTheirSheets()
    {
        var read = Read(("Orders", Row(1, "B1", "id", "C1", "who") + Row(2, "B2", "7", "C2", "Ann, B.")), ("My 'own'", Row(1, "A1", "x")));

        Assert.That(
            read.Places,
            Is.EqualTo("[Orders]## Orders\n[Orders!B1]id,who\n[Orders!B2]\"7\",\"Ann, B.\"\n['My ''own''']\f\n## My 'own'\n['My ''own'''!A1]x"));
        Assert.That(read.Gaps, Is.Empty);
    }

    [Test]
    public void Read_CellsFarApart_TakeTheirOwnColumnsAndOneBlankLine() => Assert.That(
        Read(("S", Row(3, "B3", "a") + Row(1048576, "C1048576", "", "XFD1048576", "b"))).Text, Is.EqualTo("## S\na,\n\n,b"));

    [TestCase("0.30000000000000004", 0, "0.3")]
    [TestCase("1234567890123456", 0, "1234567890123456")]
    [TestCase("1.0000000000000001E-7", 0, "0.0000001")]
    [TestCase("1E+300", 0, "1e+300")]
    [TestCase("-0.5", 0, "-0.5")]
    [TestCase("0.25", 9, "0.25")]
    [TestCase("1", 14, "1900-01-01")]
    [TestCase("59", 14, "1900-02-28")]
    [TestCase("60", 14, "1900-02-29")]
    [TestCase("61", 14, "1900-03-01")]
    [TestCase("45000", 14, "2023-03-15")]
    [TestCase("45000.75", 14, "2023-03-15 18:00:00")]
    [TestCase("45000", 22, "2023-03-15 00:00:00")]
    [TestCase("0.604166666666667", 20, "14:30:00")]
    [TestCase("0.999999999999", 20, "1900-01-01 00:00:00")]
    [TestCase("1.520833333333333", 46, "36:30:00")]
    [TestCase("-0.5", 46, "-12:00:00")]
    [TestCase("-1", 14, "-1")]
    [TestCase("2958466", 14, "2958466")]
    [TestCase("45000", 164, "2023-03-15")]
    [TestCase("7", 165, "00007")]
    [TestCase("123456789", 166, "123-45-6789")]
    [TestCase("1.5", 167, "1.5")]
    [TestCase("2.5", 168, "2.5")]
    [TestCase("0.5", 169, "12:00:00")]
    [TestCase("45000.5", 170, "2023-03-15 12:00:00")]
    [TestCase("1500", 171, "1500")]
    [TestCase("2958465.999999999", 14, "2958466")]
    [TestCase("5", 172, "5")]
    [TestCase("45352", 173, "2024-03-01")]
    [TestCase("0.5000014", 174, "12:00:00.121")]
    [TestCase("1234567", 175, "1234567")]
    [TestCase("11122", 176, "111 22")]
    [TestCase("7", 177, "7")]
    [TestCase("7", 178, "INV-0007")]
    [TestCase("0.75", 179, "0.75")]
    [TestCase("-5", 180, "-5")]
    [TestCase("1234.5", 181, "1234.5")]
    [TestCase("45000", 182, "2023-03-15")]
    public void Read_Numbers_AreWhatTheirFormatsMean(string number, int format, string text)
    {
        var file = PackageFile.OfWorkbook(("S", $"<row r=\"1\"><c r=\"A1\" s=\"1\"><v>{number}</v></c></row>"))
            .AddSheetPart("styles.xml", "styleSheet",
                "<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-409]d\\-mmm\\-yyyy;@\"/><numFmt numFmtId=\"165\" formatCode=\"00000\"/>"
                + "<numFmt numFmtId=\"166\" formatCode=\"000\\-00\\-0000\"/><numFmt numFmtId=\"167\" formatCode=\"#,##0.00 &quot;days&quot;\"/>"
                + "<numFmt numFmtId=\"168\" formatCode=\"[Red]0.0\"/><numFmt numFmtId=\"169\" formatCode=\"h:mm AM/PM\"/>"
                + "<numFmt numFmtId=\"170\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d h:mm\"/><numFmt numFmtId=\"171\" formatCode=\"0.00E+00\"/>"
                + "<numFmt numFmtId=\"172\" formatCode=\"#,##0.00 USD\"/><numFmt numFmtId=\"173\" formatCode=\"[=0]&quot;&quot;;yyyy-mm-dd\"/>"
                + "<numFmt numFmtId=\"174\" formatCode=\"hh:mm:ss.000\"/>"
                + "<numFmt numFmtId=\"175\" formatCode=\"0 000\"/><numFmt numFmtId=\"176\" formatCode=\"000\\ 00\"/>"
                + "<numFmt numFmtId=\"177\" formatCode=\"00&quot; kg&quot;\"/><numFmt numFmtId=\"178\" formatCode=\"&quot;INV-&quot;0000\"/>"
                + "<numFmt numFmtId=\"179\" formatCode=\"# ??/??\"/><numFmt numFmtId=\"180\" formatCode=\"#,##0;[Red]\\-#,##0;0;@\"/>"
                + "<numFmt numFmtId=\"181\" formatCode=\"#,##0.00&quot; kg&quot;\"/><numFmt numFmtId=\"182\" formatCode=\"[Red]dd/mm/yyyy;@\"/></numFmts>"
                + $"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"{format}\"/></cellXfs>");

        Assert.That(ReadFile.Of(file.ToBytes(), "a.docx").Text, Is.EqualTo($"## S\n{text}"));
    }

    [Test]
    public void Read_DaysFrom1904_AreThoseDays()
    {
        var file = PackageFile.OfWorkbook(("S", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>43538</v></c><c r=\"C1\" s=\"1\"><v>2958465</v></c></row>"))
            .AddSheetPart("styles.xml", "styleSheet", "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>");
        byte[] bytes = file.Add("xl/workbook.xml",
            "<workbook xmlns:r=\"http://purl.oclc.org/ooxml/officeDocument/relationships\"><workbookPr date1904=\"1\"/><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>").ToBytes();

        Assert.That(ReadFile.Of(bytes, "a.xlsx").Text, Is.EqualTo("## S\n1904-01-01,2023-03-15,2958465"));
    }

    [Test]
    public void Read_EachKindOfCell_IsItsText()
    {
        var file = PackageFile.OfWorkbook(("S",
            "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c t=\"s\"><v>1</v></c><c t=\"b\"><v>1</v></c><c t=\"e\"><v>#DIV/0!</v></c><c t=\"str\"><f>A1</f><v>of a formula</v></c>"
            + "<c t=\"inlineStr\"><is><r><t>in</t></r><r><t>line</t></r></is></c><c t=\"d\"><v>2024-01-02</v></c><c t=\"inlineStr\"><is><t># \"1\"</t></is></c></row>"))
            .AddSheetPart("sharedStrings.xml", "sst",
                "<si><r><t xml:space=\"preserve\">two </t></r><r><t>runs</t></r><rPh><t>spoken</t></rPh></si><si><t>a_x000D_\nb_x0041_</t></si>");

        Assert.That(
            ReadFile.Of(file.ToBytes(), "a.docx").Text,
            Is.EqualTo("## S\ntwo runs,\"a\nbA\",true,\"#DIV/0!\",of a formula,inline,2024-01-02,\"# \"\"1\"\"\""));
    }

    [Test]
    public void Read_TextsLikeNumbers_StandInQuotes() => Assert.That(
        Read(("S", "<row r=\"1\"><c><v>1.234</v></c><c><is><t>1.234</t></is></c><c t=\"str\"><v>2024</v></c><c t=\"b\"><v>true</v></c></row>")).Text,
        Is.EqualTo("## S\n1.234,\"1.234\",\"2024\",true"));

    [Test]
    public void Read_RaisedAndStruckRuns_AreSetApart() => Assert.That(
        Read(("S", "<row r=\"1\"><c t=\"inlineStr\"><is><r><t>10</t></r><r><rPr><vertAlign val=\"superscript\"/></rPr><t>6</t></r>"
            + "<r><t xml:space=\"preserve\"> </t></r><r><rPr><strike/></rPr><t>7</t></r></is></c></row>")).Text,
        Is.EqualTo("## S\n10^6 ~~7~~"));

    [Test]
    public void Read_ElementOfManyAttributes_IsRefused()
    {
        string attributes = string.Concat(Enumerable.Range(0, 5_000).Select(i => $" a{i}='>='"));

        Assert.That(
            () => Read(("S", $"<row{attributes}><c><v>1</v></c></row>")),
            Throws.Exception.With.Message.Contains("an element has more than 4,096 attributes"));
    }

    [Test]
    public void Read_FormulasWithoutValue_AreGaps()
    {
        var read = Read(("S", "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><f>A1+1</f></c><c r=\"C1\"><f>A1+2</f><v></v></c></row>"));

        Assert.That(read.Text, Is.EqualTo("## S\n1"));
        Assert.That(
            read.Gaps,
            Is.EqualTo(new[] { "2 formulas have no value in sheet S (B1), and are empty; save the file with a spreadsheet program once" }));
    }

    [Test]
    public void Read_WhatStandsBesideCells_IsAPartOfItsOwn()
    {
        var file = PackageFile.OfWorkbook(("S", Row(1, "A1", "x")))
            .AddRelations("xl/worksheets/_rels/sheet1.xml.rels", ("comments", "../comments1.xml"), ("table", "/xl/tables/table1.xml"))
            .AddSheetPart("comments1.xml", "comments",
                "<authors><author>Ann</author></authors><commentList><comment ref=\"A1\" authorId=\"0\"><text><r><t>Ann:</t></r><r><t>\nToo\nhigh</t></r></text></comment></commentList>")
            .Add("xl/tables/table1.xml", "<table ref=\"A1:B2\" displayName=\"Orders\"/>");

        Assert.That(
            ReadFile.Of(file.ToBytes(), "a.docx").Places,
            Is.EqualTo("[S]## S\n[S!A1]x\n[S]\f\n### Beside the cells of S\n[S!A1]- A1, Ann: Too high\n[S!A1:B2]- A1:B2, table: Orders"));
    }

    /// <summary>The totals of a table are no row of it. What stands beside the table in their row stays.</summary>
    [Test]
    public void Read_TotalsOfATable_StandBesideTheCells()
    {
        var file = PackageFile.OfWorkbook(("S", Row(1, "A1", "item", "B1", "v", "D1", "note") + Row(2, "A2", "a", "B2", "x") + Row(3, "A3", "Total", "B3", "y", "D3", "n")
            + Row(4, "A4", "below")))
            .AddRelations("xl/worksheets/_rels/sheet1.xml.rels", ("table", "/xl/tables/table1.xml"))
            .Add("xl/tables/table1.xml", "<table ref=\"A1:B3\" displayName=\"Orders\" totalsRowCount=\"1\"/>");

        Assert.That(
            ReadFile.Of(file.ToBytes(), "a.docx").Text,
            Is.EqualTo("## S\nitem,v,note\na,x,\n,,n\nbelow,,\n\f\n### Beside the cells of S\n- A1:B3, table: Orders\n- A3, totals of Orders: Total | y"));
    }

    [TestCase("styles.xml", "## S\n45000,x", "what tells dates from numbers in its cells cannot be read: its part xl/styles.xml is missing")]
    [TestCase("sharedStrings.xml", "## S\n2023-03-15,x", "the texts that its cells share cannot be read: its part xl/sharedStrings.xml is missing")]
    public void Read_MissingPartOfTheWorkbook_IsAGap(string part, string text, string gap)
    {
        var file = PackageFile.OfWorkbook(("S", "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45000</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>x</t></is></c></row>"))
            .AddSheetPart("styles.xml", "styleSheet", "<cellXfs><xf/><xf numFmtId=\"14\"/></cellXfs>").Remove($"xl/{part}");

        var read = ReadFile.Of(file.ToBytes(), "a.xlsx");

        Assert.That(read.Text, Is.EqualTo(text));
        Assert.That(read.Gaps, Is.EqualTo(new[] { gap }));
    }

    [Test]
    public void Read_DamagedSheetAmongOthers_IsAGap()
    {
        var file = PackageFile.OfWorkbook(("S", Row(1, "A1", "x")), ("T", "<row r=\"2\"/><row r=\"1\"/>"), ("U", "")).Remove("xl/worksheets/sheet3.xml");

        var read = ReadFile.Of(file.ToBytes(), "a.docx");

        Assert.That(read.Text, Is.EqualTo("## S\nx"));
        Assert.That(read.Gaps, Is.EqualTo(new[]
        {
            "sheet T cannot be read: its part xl/worksheets/sheet2.xml is damaged (row 1 comes behind row 2)",
            "sheet U cannot be read: its part xl/worksheets/sheet3.xml is missing",
        }));
    }

    [Test]
    public void Read_FewCellsFarApart_IsAGap()
    {
        string rows = string.Concat(Enumerable.Range(1, 9000).Select(i => $"<row r=\"{i}\"><c r=\"{ColumnOf(i)}{i}\"><v>1</v></c></row>"));

        var read = Read(("S", Row(1, "A1", "x")), ("T", rows));

        Assert.That(read.Gaps, Is.EqualTo(new[] { "sheet T has too few cells too far apart, and is left out" }));
    }

    [Test]
    public void Read_WithoutCells_SaysSo() => Assert.That(
        () => Read(("S", "")), Throws.TypeOf<InvalidDataException>().With.Message.EqualTo("there is nothing in its cells"));

    private static ReadFile Read(params (string Name, string Rows)[] sheets) => ReadFile.Of(PackageFile.OfWorkbook(sheets).ToBytes(), "a.docx");

    private static string ColumnOf(int column) => column == 0 ? "" : ColumnOf((column - 1) / 26) + (char)('A' + ((column - 1) % 26));

    /// <summary>A row of cells with texts, each behind its name.</summary>
    private static string Row(int number, params string[] cells) =>
        $"<row r=\"{number}\">{string.Concat(cells.Chunk(2).Select(cell => $"<c r=\"{cell[0]}\" t=\"inlineStr\"><is><t>{cell[1]}</t></is></c>"))}</row>";
}
