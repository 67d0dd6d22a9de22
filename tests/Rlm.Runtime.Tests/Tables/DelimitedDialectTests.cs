using System.Diagnostics;
using System.Text;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Tests.Operators;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Tables;

internal sealed class DelimitedDialectTests
{
    private static readonly string[] Words = ["a", "", "x y", "U&I", "\"U&I\"", "he said \"no\", twice", "C:\\dir\\", "\\", "\\\\",
        "two\nlines", "a;b", "a,b", "a|b", "a\tb", " #5", "ü", "'", "\"", "x\\\"y", "1.5", "1,5"];

    [TestCase("a,b\n\"\\\"U&I\\\"\",Won\nx,\"Won\"\n", "\"U&I\"|Won\nx|Won", TestName = "Read_EscapedQuotes_AreQuotes")]
    [TestCase("a,b\n\"C:\\dir\\\",1\n\"x\",2\n", "C:\\dir\\|1\nx|2", TestName = "Read_BackslashAtCellEnd_EndsNothingElse")]
    [TestCase("a,b\n\"say \\\"a\\\", b\",\"C:\\\\d\\\\\"\n\"\\\"\",\\N\n", "say \"a\", b|C:\\d\\\n\"|\\N", TestName = "Read_EscapedBackslashes_AreSingle")]
    [TestCase("a,b\na\\,b,c\nd\\,e,f\n", "a,b|c\nd,e|f", TestName = "Read_EscapedDelimiters_AreText")]
    [TestCase("a,b\n\"\\\"x\\\"\",\"one\n\\\"two\\\"\"\n1,2\n", "\"x\"|one\n\"two\"\n1|2", TestName = "Read_EscapedQuotesOverLines_AreJoined")]
    [TestCase("sep=;\na;b\n1,5;x\n", "1,5|x", TestName = "Read_Declaration_NamesTheDelimiter")]
    [TestCase("\"sep=|\"\r\na|b\r\n1|x;y\r\n", "1|x;y", TestName = "Read_QuotedDeclaration_NamesTheDelimiter")]
    [TestCase("a;b\n0,125;x\n1,5;y\n", "0,125|x\n1,5|y", TestName = "Read_DecimalCommas_AreNoDelimiters")]
    [TestCase("Menge, kg;Preis, EUR\n1,5;2,5\n", "1,5|2,5", TestName = "Read_CommasInHeaderAndCells_LoseToFigures")]
    [TestCase("id;name, given\n1;Bob\n2;Al\n", "1|Bob\n2|Al", TestName = "Read_CommaInHeader_LosesToRows")]
    [TestCase("a|b\n1|x, y\n", "1|x, y", TestName = "Read_Bars_AreDelimiters")]
    [TestCase("a\tb\n1\tx, y\n", "1|x, y", TestName = "Read_Tabs_AreDelimiters")]
    [TestCase("a,b\n\"1;2;3\",\"x;y\"\n", "1;2;3|x;y", TestName = "Read_SignsInQuotes_DoNotCount")]
    [TestCase("# made 2024, by x\n# y\na,b\n1,2\n# 3\n#4,5\n", "1|2\n#4|5", TestName = "Read_Comments_AreLeftOut")]
    [TestCase("##meta\n#id\tpos\n1\t5\n", "1|5", TestName = "Read_MarkedHeader_IsTheHeader")]
    [TestCase("#,name\n1,x\n", "1|x", TestName = "Read_HeaderThatIsAHash_IsTheHeader")]
    [TestCase("# it's \"a, \"b\na,b\n1,2\n", "1|2", TestName = "Read_QuotesInComments_OpenNothing")]
    [TestCase("a,b\r1,\"x\ry\"\r2,z\r", "1|x\ry\n2|z", TestName = "Read_LoneCarriageReturns_EndRows")]
    [TestCase("a,b\r1,x\r\n2,y\n3,z", "1|x\n2|y\n3|z", TestName = "Read_MixedLineEnds_EndRows")]
    [TestCase("a,b\n1,x\ry\n2,z\n", "1|x\ry\n2|z", TestName = "Read_CarriageReturnInCell_IsKept")]
    [TestCase("\uFEFF\uFEFFa,b\n1,2\n", "1|2", TestName = "Read_SecondMark_IsNoName")]
    public void Read_Dialect_GivesCells(string text, string cells) => Assert.That(Cells(text), Is.EqualTo(cells));

    [TestCase("\"Game\n site\",\"a  b\", c \n1,2,3\n", "Game site|a b|c", TestName = "Names_Blanks_AreFolded")]
    [TestCase("a,a,a_2,a\n1,2,3,4\n", "a|a_3|a_2|a_4", TestName = "Names_Equal_GetNumbersThatNoOtherHas")]
    [TestCase("##meta\n#id\tpos\n1\t5\n", "#id|pos", TestName = "Names_MarkedHeader_AreAsWritten")]
    public void Read_Header_GivesNames(string text, string names) =>
        Assert.That(string.Join('|', DelimitedSchema.Of(Dialect(text), CancellationToken.None)!.Names), Is.EqualTo(names));

    [TestCase("a,b\n\"\\\"x\\\"\",1\n\"\\\"y\\\"\",2\n\"C:\\\",3\n", "1 of 3 rows ends cells with backslashes, where others have those before quotes, and is read so (line 4)", "\"x\"|1\n\"y\"|2\nC:\\|3")]
    [TestCase("a,b\n\"\\\"x\\\"\",1\n\"D:\\\",2\n\"C:\\\",3\n", "1 of 3 rows has quotes behind backslashes, unlike the first rows, and is read so (line 2)", "\"x\"|1\nD:\\|2\nC:\\|3")]
    [TestCase("a,b\n\"x\\\",\",y\"\n", "1 of 1 row can be read in two ways; backslashes before quotes are read as ends of cells (line 2)", "x\\|,y")]
    [TestCase("a|b\n-|-\nc|d\n", "", "-|-\nc|d")]
    [TestCase("a,b\n--,--\n1,2\n", "", "--|--\n1|2")]
    [TestCase("|a|b|\n||-|\n|1|2|\n", "", "none|none|-|none\nnone|1|2|none")]
    [TestCase("a\n1\n---\n2\n", "", "1\n---\n2")]
    [TestCase("op,alt\n==,===\n===,====\n!=,!==\n", "", "==|===\n===|====\n!=|!==")]
    [TestCase("x,y,z\n===,,\n1,2,3\n", "", "===|none|none\n1|2|3")]
    [TestCase("op\n===\n!==\n", "", "===\n!==")]
    public void Parse_RowsOfDashes_AreRows(string text, string note, string cells) => Parse_DoubtfulRows_AreNoted(text, note, cells);

    [TestCase("| a | b |\n|---|:-:|\n| 1 | 2 |\n", 1, "2", "none| 1 | 2 |none")]
    [TestCase("|a|b|\n|-|-|\n|1|2|\n", 1, "2", "none|1|2|none")]
    [TestCase("a|b\n---|---\n1|2\n", 1, "2", "1|2")]
    [TestCase("a|b\n:-:|---:\n1|2\n", 1, "2", "1|2")]
    [TestCase(" id | name\n----+------\n  1 | x\n", 1, "2", "  1 | x")]
    [TestCase("+---+---+\n| a | b |\n+---+---+\n| 1 | 2 |\n| 3 | 4 |\n+---+---+\n", 3, "1, 3, 6", "none| 1 | 2 |none\nnone| 3 | 4 |none")]
    [TestCase("a,b\n-----,---\n1,2\n", 1, "2", "1|2")]
    [TestCase("==== ====\na,b\n==== ====\n1,2\n", 2, "1, 3", "1|2")]
    public void Parse_DrawnLines_AreLeftOut(string text, int count, string lines, string cells) => Parse_DoubtfulRows_AreNoted(
        text,
        $"{count} rule line{(count == 1 ? " of a drawn table is" : "s of a drawn table are")} left out; `parse table` reads one of Markdown, without blanks around its cells (line{(count == 1 ? "" : "s")} {lines})",
        cells);

    [TestCase("a,b\n1,2\n#x\n# y,\"z\n3,4\n", "2 comment lines with # are left out (lines 3, 4)", "1|2\n3|4")]
    public void Parse_DoubtfulRows_AreNoted(string text, string note, string cells)
    {
        var run = StageRun.Of<ParseOperator>().Word("format", "csv");
        string rows = string.Join('\n', run.Items(StageRun.Text(text))
            .Cast<RecordValue>()
            .Select(row => string.Join('|', row.Fields.Select(ValueRenderer.InTemplate))));
        Assert.That((rows, run.Notes.SingleOrDefault() ?? ""), Is.EqualTo((cells, note.Length == 0 ? "" : $"parse csv: {note}")));
    }

    [Test]
    public void Read_WrittenTables_GivesTheirCells([Range(1, 400)] int seed)
    {
        var random = new Random(seed);
        char delimiter = ",;\t|"[random.Next(4)];
        bool isEscaped = random.Next(2) == 0;
        string lineEnd = new[] { "\n", "\r\n", "\r" }[random.Next(3)];
        int width = random.Next(2, 6);
        string[][] rows = [.. Enumerable.Range(0, random.Next(3, 300))
            .Select(_ => Enumerable.Range(0, width).Select(_ => Words[random.Next(Words.Length)]).ToArray())];
        // A table whose backslashes only ever stand before backslashes shows no way to escape, and is kept as it is written.
        rows[0][0] = "\"U&I\"";
        var text = new StringBuilder(random.Next(4) == 0 ? "\uFEFF" : "");
        if (random.Next(4) == 0)
            text.Append("sep=").Append(delimiter).Append(lineEnd);
        else if (random.Next(4) == 0)
            text.Append("# a comment, of; many | words\t").Append(lineEnd);
        text.AppendJoin(delimiter, Enumerable.Range(1, width).Select(i => $"c{i}")).Append(lineEnd);
        foreach (string[] row in rows)
            text.AppendJoin(delimiter, row.Select(cell => Written(cell, isEscaped, random))).Append(lineEnd);

        Assert.That(Cells(text.ToString()), Is.EqualTo(string.Join('\n', rows.Select(row => string.Join('|', row)))), text.ToString());
    }

    [Test]
    [CancelAfter(60_000)]
    public void Read_HeaderOfEqualNames_TakesLinearTime()
    {
        string text = string.Join(',', Enumerable.Repeat("x", 1_000_000)) + "\n1\n";
        var watch = Stopwatch.StartNew();
        Assert.That(DelimitedSchema.Of(Dialect(text), CancellationToken.None)!.Names[^1], Is.EqualTo("x_1000000"));
        TestContext.Out.WriteLine(watch.Elapsed);
    }

    private static string Written(string cell, bool isEscaped, Random random)
    {
        bool isBare = cell.Length > 0 && !cell.Any(c => "\"\\\n\r,;|\t#".Contains(c)) && random.Next(2) == 0;
        return isBare ? cell
            : isEscaped ? $"\"{cell.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static DelimitedDialect Dialect(string text) =>
        DelimitedDialect.Of(TextSource.FromString(text).Whole, false, CancellationToken.None);

    private static string Cells(string text)
    {
        using var reader = new DelimitedReader(Dialect(text), CancellationToken.None);
        var rows = new List<string>();
        bool isPastHeader = false;
        while (reader.MoveNext())
        {
            if (reader.Fault == DelimitedFault.Comment)
                continue;
            if (isPastHeader)
            {
                byte[] row = reader.Bytes.ToArray();
                rows.Add(reader.Fault == DelimitedFault.None
                    ? string.Join('|', reader.Cells.ToArray().Select(cell => cell.TextIn(row)))
                    : reader.Fault.ToString());
            }

            isPastHeader = true;
        }

        return string.Join('\n', rows);
    }
}
