using Rlm.Documents;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Tests.Operators;
using Rlm.Runtime.Tests.Texts.Markup;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tests.Tables;

internal sealed class TableTextTests
{
    [TestCase("<table><tr><td rowspan=2>south</td><td>1</td></tr><tr><td>3</td></tr></table>", "| south | 1 |\n| south | 3 |")]
    [TestCase("<table><tr><td>a<td rowspan='3'>b<td>c<tr><td>d<td>e<tr><td>f</table>", "| a | b | c |\n| d | b | e |\n| f | b |")]
    [TestCase("<table><tr><th colspan=2>q1</th><th>q2</th></tr><tr><td>1<td>2<td>3</table>", "| q1 | q1 | q2 |\n| 1 | 2 | 3 |")]
    [TestCase("<table><tr><td rowspan=2 colspan=2>x <b>y</b></td><td>1</td></tr><tr><td>2</td></tr></table>", "| x y | x y | 1 |\n| x y | x y | 2 |")]
    [TestCase("<table><thead><tr><th rowspan=0>h</thead><tbody><tr><td>1</td></tr></table>", "| h |\n| 1 |")]
    [TestCase("<table><tr><td rowspan=0>h<td>1<tr><td>2<tr><td>3</table>", "| h | 1 |\n| h | 2 |\n| h | 3 |")]
    [TestCase("<table><tr><td>a<td>b<td rowspan=2>c<tr><td>d</table>", "| a | b | c |\n| d |  | c |")]
    [TestCase("<table><tr><td rowspan=2>out<td><table><tr><td colspan=2>in</table><tr><td>z</table>", "| out | \n| in | in | |\n| out | z |")]
    [TestCase("<ul><li><b>x</b> <td>y</ul>", "- x y")]
    public void Write_SpannedCells_AreRepeated(string html, string text) => Assert.That(MarkupRun.OfHtml(html), Is.EqualTo(text));

    [Test]
    [CancelAfter(20_000)]
    public void Write_SpansOfAHugeTable_AreBounded()
    {
        string html = "<table>" + string.Concat(Enumerable.Repeat("<tr><td colspan=1000 rowspan=60000>0123456789", 5_000)) + "</table>";
        using var spool = new TextSpool("t");
        var writer = new BlockWriter(spool.Write);
        Assert.That(HtmlText.Write(html, null, writer, null, CancellationToken.None), Is.False);
        writer.Finish();
        using var source = spool.ToSource();
        Assert.That(source.LengthBytes, Is.LessThan(6 * html.Length + 3_000_000));
    }

    [TestCase("text\n\n| a | b |\n|:--|--:|\n| 1 | x \\| y |\n| **2** | [z](http://u.test) |\n\nmore | text\n", "a,b|1,x | y|2,z")]
    [TestCase("a | b\n-|-\n1 | 2\nno bar ends it\n3 | 4\n", "a,b|1,2")]
    [TestCase("```\n| x | y |\n|---|---|\n| 1 | 2 |\n```\n> | a |\n> |---|\n> | - 5 |\n> | # 6 |\n", "a|- 5|# 6")]
    [TestCase("| a | b |\n|---|\n\n| c | d |\n|---|---|\n| snake_case | \"q\", C:\\\\x\\ |\n|  | e |\n", "c,d|snake_case,\"q\", C:\\x\\|,e")]
    [TestCase("<p>x</p><table><tr><th>region<th>n<tr><td rowspan=2>south<td>1<tr><td>3 &amp; 4</table>", "region,n|south,1|south,3 & 4")]
    [TestCase("# Title\n\n<table><tr><td>a</td></tr><tr><td>1</td></tr></table>\n", "a|1")]
    public void Of_Document_GivesRows(string text, string rows)
    {
        using var table = TableText.Of(TextSource.FromString(text).Whole, DocumentReader.Registered!, 1, CancellationToken.None).Source;
        using var reader = new DelimitedReader(
            TableText.Of(TextSource.FromString(text).Whole, DocumentReader.Registered!, 1, CancellationToken.None).Dialect!, CancellationToken.None);
        var read = new List<string>();
        while (reader.MoveNext())
        {
            byte[] bytes = reader.Bytes.ToArray();
            read.Add(string.Join(',', reader.Cells.ToArray().Select(cell => cell.TextIn(bytes))));
        }

        Assert.That((string.Join('|', read), table!.Name), Is.EqualTo((rows, "text (table)")));
    }

    [Test]
    public void Parse_SeveralTables_ReadsOneAndNotesTheOthers()
    {
        const string Text = "| a |\n|---|\n| x |\n\n| b |\n|---|\n| y |\n";
        var first = StageRun.Of<ParseOperator>().Word("format", "table");
        var second = StageRun.Of<ParseOperator>().Word("format", "table").With("number", 2);
        Assert.That(JsonText.Of(first.Run(StageRun.Text(Text))), Is.EqualTo("""[{"a":"x"}]"""));
        Assert.That(JsonText.Of(second.Run(StageRun.Text(Text))), Is.EqualTo("""[{"b":"y"}]"""));
        Assert.That(first.Notes.Single(), Does.Contain("more tables than the first, which is read; `parse table 2` reads the second"));
        Assert.That(second.Notes, Is.Empty);
        Assert.That(() => StageRun.Of<ParseOperator>().Word("format", "table").With("number", 3).Run(StageRun.Text(Text)),
            Throws.TypeOf<EvaluationException>().With.Message.EqualTo("`t.txt` holds 2 tables, and this is number 3"));
        Assert.That(() => StageRun.Of<ParseOperator>().Word("format", "table").Run(StageRun.Text("a,b\n1,2\n")),
            Throws.TypeOf<EvaluationException>().With.Message.EqualTo("`t.txt` holds no table of HTML or Markdown"));
    }

    [Test]
    public void Parse_MarkdownWithTable_PointsToItsRows()
    {
        var run = StageRun.Of<ParseOperator>().Word("format", "markdown");
        run.Run(StageRun.Text("x\n\n| a |\n|---|\n| 1 |\n"));
        Assert.That(run.Notes, Is.EqualTo(new[] { "parse markdown: 1 table is kept as lines; `parse table` gives the rows (line 4)" }));
    }

    [TestCase("| n | t |\n|---|---|\n| 1 | x |\n", "n,t")]
    [TestCase("<table><tr><th>n<th>t<tr><td>1<td>x</table>", "n,t")]
    [TestCase("no table", null)]
    public void Probe_Table_GivesItsColumns(string text, string? names) =>
        Assert.That(new SchemaProbe(TextSource.FromString(text), "table").Type is { ItemType: Rlm.Dsl.Types.RecordType row } ? string.Join(
            ',', row.Fields.Select(field => field.Name)) : null, Is.EqualTo(names));
}
