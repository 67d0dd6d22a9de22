using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class ParseOperatorTests
{
    [TestCase("csv", "name,price\nnut,1\nbolt,2.5\n", """[{"name":"nut","price":1},{"name":"bolt","price":2.5}]""")]
    [TestCase("csv", "\uFEFFa,b\r\n1,x\r\n\r\n2,y", """[{"a":1,"b":"x"},{"a":2,"b":"y"}]""")]
    [TestCase("csv", "a,b\n\"x, \"\"y\"\"\",\"two\nlines\"\n", """[{"a":"x, \"y\"","b":"two\nlines"}]""")]
    [TestCase("csv", "a;b\n1;2\n", """[{"a":1,"b":2}]""")]
    [TestCase("csv", "a,a,\n1,2,3\n", """[{"a":1,"a_2":2,"column3":3}]""")]
    [TestCase("csv", "zip,n\n01234,\n99999,4\n", """[{"zip":"01234","n":null},{"zip":"99999","n":4}]""")]
    [TestCase("csv", "a\n\"\"\n", """[{"a":""}]""")]
    [TestCase("csv", "", "[]")]
    [TestCase("csv", "a,b\n", "[]")]
    [TestCase("tsv", "a\tb\n\"q\"\tx y\n", """[{"a":"q","b":"x y"}]""")]
    [TestCase("jsonl", "{\"a\": 1, \"b\": [true, null]}\n\n{\"b\": {\"c\": \"\\u00e4\"}, \"a\": -2.5e1}\n", """[{"a":1,"b":[true,null]},{"b":{"c":"ä"},"a":-2.5e1}]""")]
    [TestCase("jsonl", "{\"a\":1,\"a\":2}\n", """[{"a":2}]""")]
    [TestCase("jsonl", " [{\"a\":1}, {\"a\":2}]\n", """[{"a":1},{"a":2}]""")]
    [TestCase("jsonl", "[\n  {\"a\":1},\n  {\"a\":2}\n]\n", """[{"a":1},{"a":2}]""")]
    [TestCase("jsonl", "[{\"a\":1}]\n[{\"a\":2}]\n", """[[{"a":1}],[{"a":2}]]""")]
    [TestCase("jsonl", "[1, 2]\n", """[[1,2]]""")]
    [TestCase("json", "[{\"a\":\"x\"}, 5, \"t\"]", """[{"a":"x"},5,"t"]""")]
    [TestCase("json", " {\"a\": {\"b\": []}} ", """[{"a":{"b":[]}}]""")]
    [TestCase("json", "[]", "[]")]
    public void Parse_Format_GivesRows(string format, string text, string json) =>
        Assert.That(JsonText.Of(Of<ParseOperator>()
            .Word("format", format)
            .Run(new TextValue(TextSource.FromBytes(System.Text.Encoding.UTF8.GetBytes(text)).Whole))), Is.EqualTo(json));

    [Test]
    public void Parse_JsonLines_CountsBadLines()
    {
        var run = Of<ParseOperator>().Word("format", "jsonl");
        Assert.That(run.Items(Text("{\"a\":1}\n{oops\nnull\n{\"a\":2} x\n")), Has.Length.EqualTo(2));
        Assert.That(run.Notes, Is.EqualTo(new[] { "parse jsonl: 2 of 4 lines are not JSON and are left out (lines 2, 4)" }));
    }

    [TestCase("{\"a\":1}\n[{\"a\":2},{\"a\":3}]\n[]\n", "2 of 3 lines are lists beside lines of records, and are items without fields (lines 2, 3)")]
    [TestCase("[{\"a\":2}]\n{\"a\":1}\n[]\n", "2 of 3 lines are lists beside lines of records, and are items without fields (lines 1, 3)")]
    [TestCase("7\n[{\"a\":2}]\n[]\n", null)]
    [TestCase("7\n{\"a\":2}\n", null)]
    public void Parse_JsonLines_CountsListsBesideRecords(string text, string? note)
    {
        var run = Of<ParseOperator>().Word("format", "jsonl");
        run.Items(Text(text));
        Assert.That(run.Notes.SingleOrDefault(), Is.EqualTo(note is null ? null : $"parse jsonl: {note}"));
    }

    [Test]
    public void Parse_Csv_CountsOddRows()
    {
        var run = Of<ParseOperator>().Word("format", "csv");
        string rows = string.Concat(Enumerable.Repeat("1,x\n", 200));
        Assert.That(run.Items(Text($"a,b\n{rows}3\n4,y,z\n\"open,5\nfive,v\n")), Has.Length.EqualTo(203));
        Assert.That(run.Notes.Single(), Is.EqualTo(
            "parse csv: 1 of 204 rows has too few cells, the others are none (line 202); 1 of 204 rows has more cells than the header, which are left out (line 203); "
            + "1 of 204 rows has a quote that is never closed and is left out (line 204)"));
    }

    [TestCase("a,b\n\"a\"b,c\n1,2\n", "text after a closing quote and is left out (line 2)", 1)]
    [TestCase("a,b\n1,\"x\" \n1,2\n", "text after a closing quote and is left out (line 2)", 1)]
    [TestCase("a,b\n1,\"x\ny\"z\n1,2\n", "a quote that is never closed and is left out (line 2)", 2)]
    [TestCase("a,b\n1,\"x\n1,2\n3,4", "a quote that is never closed and is left out (line 2)", 2)]
    public void Parse_CsvWithStrayQuote_NamesTheLine(string text, string what, int rows)
    {
        var run = Of<ParseOperator>().Word("format", "csv");
        Assert.That(run.Items(Text(text)), Has.Length.EqualTo(rows));
        Assert.That(run.Notes.Single(), Does.StartWith($"parse csv: 1 of {rows + 1} rows has {what}"));
    }

    [Test]
    public void Parse_CsvWithQuotedLineEnds_KeepsThem()
    {
        string cell = string.Concat(Enumerable.Repeat("line, \"\"with\"\" quotes\r\nand\n\n", 2_000));
        var row = (RecordValue)Of<ParseOperator>().Word("format", "csv").Items(Text($"a,b\r\n\"{cell}\",2\r\n"))[0];
        Assert.That(
            (row.Fields[0].ToString(), row.Fields[1].ToString()), Is.EqualTo((cell.Replace("\"\"", "\"", StringComparison.Ordinal), "2")));
    }

    [Test]
    [CancelAfter(120_000)]
    public void Parse_CsvOfStrayQuotes_TakesLinearTime()
    {
        var run = Of<ParseOperator>().Word("format", "csv");
        Assert.That(run.Items(Text("a\n" + string.Concat(Enumerable.Repeat("x\",\"y\n", 100_000)))), Is.Empty);
        Assert.That(run.Notes.Single(), Does.Contain("100,000 rows have a quote that is never closed"));
    }

    [Test]
    public void Parse_JsonArrayLongerThanItsWindow_GivesEveryElement()
    {
        string[] rows = [.. Enumerable.Range(0, 2_000).Select(i => $"{{\"i\": {i}, \"t\": \"{new string('x', i * 700 % 300_001)}\"}}")];
        var text = Text("[\n" + string.Join(" ,\n", rows.Take(500)) + "\n]\n");
        var items = Of<ParseOperator>().Word("format", "json").Items(text);
        Assert.That(items.Cast<RecordValue>().Select(item => item.Origin!.ToString()), Is.EqualTo(rows.Take(500)));
    }

    [Test]
    public void Parse_Fields_AreSlices()
    {
        var csv = (RecordValue)Of<ParseOperator>().Word("format", "csv").Items(Text("a,b\nx,\"y z\"\n"))[0];
        var json = (RecordValue)Of<ParseOperator>().Word("format", "json").Items(Text("[\n{\"a\": \"x\"},\n{\"a\": \"yö\"}]"))[1];
        Assert.That(((TextValue)csv.Fields[1]).Slice, Is.EqualTo(csv.Origin!.Slice!.Value with { Start = 7, Length = 3 }));
        Assert.That(
            (((TextValue)json.Fields[0]).Slice!.Value.Decode(), json.Origin!.ToString(), json.Origin.Slice!.Value.Cite),
            Is.EqualTo(("yö", "{\"a\": \"yö\"}", "t.txt:3")));
    }

    [TestCase("{\"a\":1}\n}\n")]
    [TestCase("{\"a\":1} {\"a\":2}\n")]
    [TestCase("[{\"a\":1}")]
    [TestCase("nonsense")]
    public void Parse_NoJson_PointsToJsonLines(string text) =>
        Assert.That(
            () => Of<ParseOperator>().Word("format", "json").Items(Text(text)),
            Throws.TypeOf<EvaluationException>().With.Message.StartsWith("`t.txt` is not JSON"));

    [Test]
    public void Parse_JsonInEachLine_IsReadAsLines() =>
        Assert.That(
            Of<ParseOperator>().Word("format", "json").Items(Text("{\"a\":1}\n\n{\"a\":2}\n[3]\n")).Select(ValueRenderer.InTemplate),
            Is.EqualTo(Of<ParseOperator>().Word("format", "jsonl").Items(Text("{\"a\":1}\n\n{\"a\":2}\n[3]\n")).Select(ValueRenderer.InTemplate)));

    [TestCase("html", "<p>a</p><p>b &lt; c</p>", "a\n\nb < c")]
    [TestCase("markdown", "# a\n\nb *c*\n", "a\n\nb c")]
    public void Parse_Markup_IsATextOfItsOwn(string format, string markup, string text)
    {
        var value = (TextValue)Of<ParseOperator>().Word("format", format).Run(Text(markup, "page"));
        var part = TextSource.FromString("x\n" + markup, "page").Whole;
        var ofPart = (TextValue)Of<ParseOperator>()
            .Word("format", format)
            .Run(new TextValue(part with { Start = 2, Length = part.Length - 2 }));
        Assert.Multiple(() =>
        {
            Assert.That((value.ToString(), value.Slice!.Value.Cite), Is.EqualTo((text, "page (text):1-3")));
            Assert.That(
                (ofPart.ToString(), ofPart.Slice, ofPart.Provenance!.Value.FirstLine, ofPart.Provenance.Value.Source),
                Is.EqualTo((text, (TextSlice?)null, 2, part.Source)),
                "a part is cited where it stands");
        });
    }

    [TestCase("é\n<nav>a</nav>\n<nav>b</nav><main>c</main>", "c", "parse html main: 1 part outside of its main element is left out (line 1); 2 parts of navigation are left out (lines 2, 3)")]
    [TestCase("<p>a", "a", "parse html main: 1 text has nothing that tells its main content, and is read whole (line 1)")]
    public void Parse_MainContent_SaysWhatIsLeftOut(string html, string text, string note)
    {
        var run = Of<ParseOperator>().Word("format", "html").Flag("main");
        Assert.That((run.Run(Text(html)).ToString(), run.Notes.Single()), Is.EqualTo((text, note)));
    }

    [Test]
    public void Parse_DeepMarkdown_IsNoted()
    {
        var run = Of<ParseOperator>().Word("format", "markdown");
        Assert.That(run.Run(Text($"a\n\n{new string('>', 1_000)}b")).ToString(), Does.EndWith("b"));
        Assert.That(run.Notes, Is.EqualTo(new[] { "parse markdown: 1 stretch is nested too deeply and kept as written (line 1)" }));
    }

    [TestCase("csv", "n,d,t,m\n1,2026-03-01,x,\n2,2026-03-02 10:00,7,4\n", "list of {n: number, d: date, t: text, m: number?}")]
    [TestCase("csv", "", null)]
    [TestCase("csv", "a,b\n", "list of {a: text, b: text}")]
    [TestCase("jsonl", "[{\"a\":1},{\"a\":2}]", "list of {a: number}")]
    [TestCase("jsonl", "{\"a\":1,\"b\":\"x\",\"c\":null}\n{\"a\":2,\"b\":true,\"d\":[1]}\n", "list of {a: number, b: any, c: any, d: list of number?}")]
    [TestCase("json", "[{\"a\":{\"x\":1}},{\"a\":{\"y\":\"\"}}]", "list of {a: {x: number?, y: text?}}")]
    [TestCase("json", "nonsense", null)]
    public void Probe_Format_GivesRowType(string format, string text, string? type) =>
        Assert.That(new SchemaProbe(TextSource.FromString(text), format).Type?.ToString(), Is.EqualTo(type));

    [Test]
    public void Probe_LargeText_ReadsSome()
    {
        string row = "{\"a\":\"" + new string('x', 1_000) + "\"}";
        var lines = TextSource.FromString(string.Join('\n', Enumerable.Repeat(row, 5_000)));
        var array = TextSource.FromString("[" + string.Join(",\n", Enumerable.Repeat(row, 5_000)) + "]");
        Assert.That(new SchemaProbe(lines, "jsonl").Type!.ToString(), Is.EqualTo("list of {a: text, …}"));
        Assert.That(new SchemaProbe(array, "json").Type!.ToString(), Is.EqualTo("list of {a: text, …}"));
    }

    private const string Workbook = "## Orders\nid,amount\n1,\"a, b\"\n2,\"say \"\"x\"\"\"\n\f\n## Late [hidden]\nA title,\nid,sheet\n3,own\n\f\n### Beside the cells of Late\n- A1, Ann: Why?\n";

    [Test]
    public void Parse_Workbook_GivesRowsOfAllSheets()
    {
        var run = Of<ParseOperator>().Word("format", "xlsx");
        var rows = run.Items(Text(Workbook)).Cast<RecordValue>().ToList();

        Assert.That(rows[0].Shape.Names, Is.EqualTo(new[] { "sheet", "id", "amount", "sheet_2" }));
        Assert.That(
            rows.Select(row => string.Join('|', row.Fields.Select(field => field is NoneValue ? "none" : field.ToString()))),
            Is.EqualTo(new[] { "Orders|1|a, b|none", "Orders|2|say \"x\"|none", "Late|3|none|own" }));
        Assert.That(rows.Select(row => row.Origin!.Slice!.Value.Cite), Is.EqualTo(new[] { "t.txt:3", "t.txt:4", "t.txt:9" }));
        Assert.That(run.Notes.Single(), Is.EqualTo("parse xlsx: 1 title line above a header is left out (line 7)"));
    }

    [Test]
    public void Parse_WorkbookOfNumbersAndTexts_ReadsNumbersAsTheyAre()
    {
        var rows = Of<ParseOperator>().Word("format", "xlsx").Items(Text("## A\nkg\n1.234\n2.345\n\"0,125\"\n\f\n## B\nkg\n1.5\n")).Cast<RecordValue>();

        Assert.That(
            rows.Select(row => Reading.AsNumber(row.Fields[1])?.ToString()),
            Is.EqualTo(new[] { "1.234", "2.345", "0.125", "1.5" }));
    }

    // A number of a workbook stands without quotes, a text that looks like one in them.
    [TestCase(",qty\na,1\nb,2\nc,3\n", "column1,qty", 3, null)]
    [TestCase("id,name,,,\n1,a,x,y,z\n2,b,,,\n", "id,name,column3,column4,column5", 2, null)]
    [TestCase("Sales report,by,Ann\n\nitem,qty,price\na,1,2\nb,3,4\n", "item,qty,price", 2, "1 title line above a header is left out (line 2)")]
    [TestCase("name,city\n\nAnn,Rome\nBob,Paris\n", "name,city", 2, "1 header may be a title, or a row (line 2)")]
    [TestCase("Report 2024\nv\n1\n2\n", "Report 2024", 3, "1 header may be a title, or a row (line 2)")]
    [TestCase("item,price,,,\na,10,,,\n\nr,q1,q2,q3,q4\nc,1,2,3,4\n", "r,q1,q2,q3,q4", 1,
        "2 filled lines above a header are left out and may be data (lines 2, 3)")]
    public void Parse_SheetWithTitles_FindsItsHeader(string rows, string names, int count, string? note)
    {
        var run = Of<ParseOperator>().Word("format", "xlsx");
        var read = run.Items(Text("## S\n" + rows)).Cast<RecordValue>().ToList();

        Assert.That(read, Has.Count.EqualTo(count));
        Assert.That(string.Join(',', read[0].Shape.Names.Skip(1)), Is.EqualTo(names));
        Assert.That(run.Notes, Is.EqualTo(note is null ? Array.Empty<string>() : [$"parse xlsx: {note}"]));
    }

    [Test]
    public void Parse_SheetsThatSpellAColumnInTwoWays_HaveItOnce()
    {
        var run = Of<ParseOperator>().Word("format", "xlsx");
        var rows = run.Items(Text("## A\nid,Price\na,1\n\f\n## B\nid,\"price \"\nb,2\n\f\n## C\nPRICE,price\n3,4\n")).Cast<RecordValue>().ToList();

        Assert.That(rows[0].Shape.Names, Is.EqualTo(new[] { "sheet", "id", "Price", "PRICE", "price" }));
        Assert.That(rows.Select(row => row.Fields[2].ToString()).Take(2), Is.EqualTo(new[] { "1", "2" }));
        Assert.That(
            run.Notes.Single(),
            Is.EqualTo("parse xlsx: 1 header spells a column otherwise than another sheet, in case or blanks, and is read as that (line 6)"));
    }

    [TestCase("Total,3\n", true)]
    [TestCase("Summe:,3\n", true)]
    [TestCase("Total,\n", false)]
    [TestCase("Total cost,3\n", false)]
    public void Parse_RowOfATotal_IsTold(string row, bool isTold)
    {
        var run = Of<ParseOperator>().Word("format", "xlsx");

        Assert.That(run.Items(Text($"## A\nitem,v\na,1\nb,2\n{row}")), Has.Length.EqualTo(3));
        Assert.That(
            run.Notes,
            Is.EqualTo(isTold ? ["parse xlsx: 1 of 3 rows begins with a word for a total and counts as any other; `where` leaves it out (line 5)"] : Array.Empty<string>()));
    }

    [Test]
    public void Parse_ManyTitles_AreLeftOut()
    {
        string titles = string.Concat(Enumerable.Range(0, 25).Select(i => $"note {i},,\n"));

        Assert.That(
            Of<ParseOperator>().Word("format", "xlsx").Items(Text($"## S\n{titles}item,qty,price\na,1,2\nb,3,4\n")), Has.Length.EqualTo(2));
    }

    [Test]
    public void Parse_NoWorkbook_PointsToOtherFormats() => Assert.That(
        () => Of<ParseOperator>().Word("format", "xlsx").Items(Text("a,b\n1,2\n")),
        Throws.TypeOf<EvaluationException>().With.Message.EqualTo("`t.txt` is not the text of a workbook"));
}
