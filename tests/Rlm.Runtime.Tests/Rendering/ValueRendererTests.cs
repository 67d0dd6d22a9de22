using Rlm.Dsl.Types;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Rendering;

internal sealed class ValueRendererTests
{
    private static readonly RecordShape Shape = new(["a", "b"]);

    private static RecordValue Row(Value a, Value b) => new(Shape, [a, b]);

    private static string Written(Action<Utf8Writer> write) => Utf8Writer.StringOf(write);

    [TestCase("1.50", "1.5")]
    [TestCase("1234567", "1234567")]
    [TestCase("0.3333333333333333", "0.333333333333")]
    [TestCase("-0.0", "0")]
    [TestCase("-2", "-2")]
    public void InTemplate_Number_IsPlain(string number, string expected) =>
        Assert.That(
            ValueRenderer.InTemplate(new NumberValue(decimal.Parse(number, System.Globalization.CultureInfo.InvariantCulture))),
            Is.EqualTo(expected));

    [TestCase(0, "0s")]
    [TestCase(300_000, "5m")]
    [TestCase(5_400_000, "1h30m")]
    [TestCase(250, "250ms")]
    [TestCase(-90_000_000, "-1d1h")]
    public void InTemplate_Duration_IsAsWritten(int ms, string expected) =>
        Assert.That(ValueRenderer.InTemplate(new DurationValue(TimeSpan.FromMilliseconds(ms))), Is.EqualTo(expected));

    [Test]
    public void InTemplate_Composites_FollowTheirRules() => Assert.Multiple(() =>
    {
        Assert.That(ValueRenderer.InTemplate(List(Text("a"), Text("b"))), Is.EqualTo("a, b"));
        Assert.That(ValueRenderer.InTemplate(List(Text("a"))), Is.EqualTo("a"));
        Assert.That(ValueRenderer.InTemplate(List()), Is.Empty);
        Assert.That(ValueRenderer.InTemplate(Row(Text("x"), NoneValue.Instance)), Is.EqualTo("a: x\nb: none"));
        Assert.That(ValueRenderer.InTemplate(Doc("d", "text")), Is.EqualTo("text"));
        Assert.That(ValueRenderer.InTemplate(new FailedValue("why")), Is.EqualTo("[failed]"));
        Assert.That(ValueRenderer.InTemplate(BoolValue.True), Is.EqualTo("true"));
    });

    [Test]
    public void AsAnswer_Lists_AreLinesOrTables() => Assert.Multiple(() =>
    {
        Assert.That(ValueRenderer.AsAnswer(List(Text("a"), List(Text("b"), Text("c")))), Is.EqualTo("a\nb, c"));
        Assert.That(
            ValueRenderer.AsAnswer(List(Row(Text("x|y\nz"), new NumberValue(2)))), Is.EqualTo("| a | b |\n|---|---|\n| x\\|y z | 2 |"));
        Assert.That(ValueRenderer.AsAnswer(List(Doc("d", "t"), Doc("e", "u"))), Is.EqualTo("t\nu"));
        Assert.That(ValueRenderer.AsAnswer(Row(Text("x"), Text("y"))), Is.EqualTo("a: x\nb: y"));
        Assert.That(ValueRenderer.AsAnswer(List()), Is.Empty);
    });

    [Test]
    public void AsTable_OtherFields_AreUnited()
    {
        var other = new RecordValue(new RecordShape(["b", "c"]), [Text("y"), Text("z")]);
        Assert.That(
            Written(text => MarkdownTable.Write(text, List(Row(Text("1"), Text("2")), other), RlmType.Unknown)),
            Is.EqualTo("| a | b | c |\n|---|---|---|\n| 1 | 2 | none |\n| none | y | z |"));
        Assert.That(Written(text => MarkdownTable.Write(text, List(Text("a")), RlmType.Unknown)), Is.EqualTo("| text |\n|---|\n| a |"));
    }

    [Test]
    public void AsBullets_Items_AreLines() =>
        Assert.That(Written(text => ValueRenderer.WriteBullets(text, ValueRenderer.ItemsOf(List(Text("a\nb"), Row(Text("x"), new NumberValue(1)))))), Is.EqualTo("- a\n  b\n- a: x, b: 1"));

    [Test]
    public void AsCsv_Cells_AreQuotedWhereNeeded() =>
        Assert.That(
            Written(text => CsvTable.Write(text, List(Row(Text("x, \"y\""), NoneValue.Instance), Row(Text("p\nq"), Text(" r"))), RlmType.Unknown)),
            Is.EqualTo("a,b\n\"x, \"\"y\"\"\",\n\"p\nq\",\" r\""));

    [Test]
    public void AsJson_Values_AreJson()
    {
        var value = List(
            Row(Text("ä\"\n"), new NumberValue(1.50m)),
            NoneValue.Instance,
            new DateValue(PointInTime.OfDay(new DateTime(2026, 3, 1))),
            BoolValue.False);
        Assert.That(JsonText.Of(value), Is.EqualTo("""[{"a":"ä\"\n","b":1.5},null,"2026-03-01",false]"""));
        Assert.That(Written(text => JsonText.WriteLines(text, value)), Is.EqualTo("{\"a\":\"ä\\\"\\n\",\"b\":1.5}\nnull\n\"2026-03-01\"\nfalse"));
    }

    [Test]
    public void Card_Text_ShowsHeadMiddleAndTail()
    {
        var source = TextSource.FromString(string.Concat(Enumerable.Range(1, 10_000).Select(i => $"line {i}\r\n")), "server.log");
        string[] lines = ValueCard.Of("context", RlmType.Text, new TextValue(source.Whole)).Split('\n');
        Assert.Multiple(() =>
        {
            Assert.That(lines[0], Is.EqualTo("context: text, 10,000 lines, 108,894 bytes (server.log)"));
            Assert.That(lines[1..6], Is.EqualTo(new[] { "| line 1", "| line 2", "| line 3", "| line 4", "| line 5" }));
            Assert.That(lines[6], Does.Match(@"^\| … [\d,]+ more$"));
            Assert.That(lines[^1], Is.EqualTo("| line 10000"));
            Assert.That(lines[1..].Sum(Shown), Is.EqualTo(10_000));
        });
    }

    [Test]
    public void Card_Rows_ShowTypeAndSome()
    {
        var type = RlmType.ListOf(new RecordType([new("a", RlmType.Text), new("b", RlmType.Number)]));
        var rows = ListValue.Of(
            [.. Enumerable.Range(0, 1_770).Select(i => Row(Text("x\u001b[31m\n" + new string('y', 900)), new NumberValue(i)))]);
        string card = ValueCard.Of("rows", type, rows);
        Assert.That(
            card, Does.StartWith("rows: list of {a: text, b: number}, 1,770 items\n| {a: x [31m⏎yyy").And.Length.LessThanOrEqualTo(1_500));
        Assert.That(card.Split('\n')[1..].Sum(Shown), Is.EqualTo(1_770));
    }

    [Test]
    public void Card_Docs_ShowNamesAndBytes() =>
        Assert.That(
            ValueCard.Of("context", RlmType.ListOf(RlmType.Doc), List(Doc("a.md", "# A\nx"), Doc("b.md", "B"))),
            Is.EqualTo("context: list of doc, 2 items, 6 bytes\n| a.md: # A⏎x\n| b.md: B"));

    [Test]
    public void Card_NameWithLineEnds_KeepsOneLine() =>
        Assert.That(
            ValueCard.Of("context", RlmType.Text, Text("x", "a\n| b\u001b[2J")).Split('\n'),
            Is.EqualTo(new[] { "context: text, 1 line, 1 byte (a⏎| b [2J)", "| x" }));

    [TestCase("\n<!DOCTYPE HTML><p>a", true)]
    [TestCase("<html lang=en>", true)]
    [TestCase("<htm", false)]
    [TestCase("", false)]
    public void Card_Html_SaysHowToReadIt(string text, bool isTold) =>
        Assert.That(ValueCard.Of("context", RlmType.Text, Text(text))
            .Contains(", looks like HTML: `parse html` gives its text", StringComparison.Ordinal), Is.EqualTo(isTold));

    [Test]
    public void Card_Scalar_ShowsIt() => Assert.That(ValueCard.Of("n", RlmType.Number, new NumberValue(5)), Is.EqualTo("n: number = 5"));

    [Test]
    public void Preview_LongText_KeepsHeadAndTail()
    {
        string text = string.Join('\n', Enumerable.Range(1, 5_000));
        string shown = Preview.Of(text, 200);
        Assert.That(shown, Does.StartWith("1\n2\n").And.Contain("characters left out").And.EndsWith("\n5000").And.Length.LessThan(260));
    }

    [Test]
    public void Preview_Rows_IsTableWithGap()
    {
        var type = RlmType.ListOf(new RecordType([new("a", RlmType.Text), new("b", RlmType.Number)]));
        string shown = Preview.Of(type, ListValue.Of([.. Enumerable.Range(0, 1_000).Select(i => Row(Text("x"), new NumberValue(i)))]), 300);
        Assert.That(
            shown,
            Does.StartWith(
                "list of {a: text, b: number}, 25 of 1,000 items shown\n| a | b |\n|---|---|\n| x | 0 |").And.Contain("items left out").And.EndsWith("| x | 999 |"));
    }

    private static int Shown(string line) =>
        line.StartsWith("| … ", StringComparison.Ordinal)
            ? int.Parse(line[4..^5], System.Globalization.NumberStyles.Number, System.Globalization.CultureInfo.InvariantCulture)
            : 1;
}
