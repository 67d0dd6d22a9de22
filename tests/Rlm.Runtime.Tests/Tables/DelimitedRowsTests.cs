using System.Globalization;
using System.Text;
using CsCheck;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Tests.Texts.Lines;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Tables;

/// <summary>Rows that are read ahead are those that are read in order, however a range begins.</summary>
internal sealed class DelimitedRowsTests
{
    private static readonly string[] Common =
    [
        "a,b,c\n", "1,2,3\n", "x,\"y, z\",w\n", "\"two\nlines\",2,3\n", "4,\"a\n\nb\",\"c\"\"d\"\n", "long,cells,with more text\n",
    ];

    private static readonly string[] Rare =
    [
        "\"", "\n", "\r\n", "\r", ",", "\\\"", "\\", "\"\"", "# mark\n", "---,---,---\n", "===\n", "  \n", ",,\n", "1,2\n", "1,2,3,4\n",
        "\"never closed,2\n",
        "5\" pipe,2,3\n", "a,\"b\\\"c\",d\n", "\"b\"x,2,3\n", "\",12,city\n", "é\u00ff,1,2\n", new string('l', 2_000),
    ];

    private static readonly Gen<(string Table, AheadLimits Limits)> Tables = Gen.Select(
        AheadTexts.Of(80, Common, Rare).Select(rows => "a,b,c\n1,2,3\n" + rows), AheadTexts.Limits);

    [Test]
    public void MoveNext_AnyTable_GivesTheRowsOfReadingInOrder() => Tables.Sample(
        read =>
        {
            using var source = new WatchedSource(read.Table);
            var dialect = DelimitedDialect.Of(source.Whole, false, CancellationToken.None);
            return RowsOf(dialect, read.Limits).SequenceEqual(RowsOf(dialect, AheadLimits.None));
        },
        iter: 4_000);

    [Test]
    public void MoveNext_AnyTable_NotesTheSame() => Tables.Sample(
        read =>
        {
            using var source = new WatchedSource(read.Table);
            return NotesOf(source, read.Limits) == NotesOf(source, AheadLimits.None);
        },
        iter: 1_000);

    [Test]
    public void MoveNext_CellsOfManyLines_TakesRowsThatAreReadAhead()
    {
        string rows = string.Concat(Enumerable.Range(0, 500).Select(row => $"{row},\"one\ntwo, three\n\",c\n"));
        using var source = new WatchedSource("a,b,c\n" + rows);
        var dialect = DelimitedDialect.Of(source.Whole, false, CancellationToken.None);
        int before = source.Stretches;

        int count = RowsOf(dialect, new AheadLimits(100, 512, 2)).Count;

        Assert.That(count, Is.EqualTo(501));
        Assert.That(source.Stretches - before, Is.GreaterThan(rows.Length / 512));
    }

    private static List<string> RowsOf(DelimitedDialect dialect, AheadLimits limits)
    {
        var rows = new List<string>();
        using var reader = new DelimitedRows(dialect, limits, CancellationToken.None);
        while (reader.MoveNext())
        {
            var row = new StringBuilder();
            row.Append(CultureInfo.InvariantCulture, $"{reader.Start}+{reader.Row.Length} {reader.Fault} {reader.Doubt} {reader.IsRule} ")
                .Append(reader.Width).Append(' ').Append(Encoding.Latin1.GetString(reader.Bytes));
            foreach (var cell in reader.Cells)
                row.Append(CultureInfo.InvariantCulture, $"|{cell}");
            rows.Add(row.ToString());
        }

        return rows;
    }

    private static string NotesOf(TextSource source, AheadLimits limits)
    {
        var dialect = DelimitedDialect.Of(source.Whole, false, CancellationToken.None);
        if (DelimitedSchema.Of(dialect, CancellationToken.None) is not { } schema)
            return "";

        var note = new ParseNote("csv");
        var told = new StringBuilder();
        using (var rows = new TableRows(
            TextInput.Of(new TextValue(source.Whole)), dialect, new RecordShape(schema.Names), null, note, CancellationToken.None, limits))
        {
            while (rows.MoveNext())
                told.AppendLine(ValueRenderer.InTemplate(rows.Item));
        }

        told.AppendLine(note.Text).AppendJoin('\n', note.Losses);
        return told.AppendJoin('\n', note.Readings).ToString();
    }
}
