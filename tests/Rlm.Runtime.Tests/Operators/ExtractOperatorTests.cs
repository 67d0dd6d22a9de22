using Rlm.Dsl.Types;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class ExtractOperatorTests
{
    [Test]
    public void Extract_EveryMatchOfALine_IsARow() => Assert.That(
        Of<ExtractOperator>().With(Regex(@"(?<k>\w)=(?<v>\d+)", "", "k", "v")).Texts("a=1 b=2\n"),
        Is.EqualTo(new[] { "k: a\nv: 1", "k: b\nv: 2" }));

    [Test]
    public void Extract_Fields_AreSlicesOfTheirLine()
    {
        var row = (RecordValue)Of<ExtractOperator>().With(Regex(@"ü(?<v>ö+) 🏠(?<w>.)", "", "v", "w")).Items(Text("x\r\nä üöö 🏠z\r\n"))[0];
        var (v, w) = ((TextValue)row.Fields[0], (TextValue)row.Fields[1]);
        Assert.That(
            (v.ToString(), v.Slice!.Value.Start, v.Slice.Value.Cite, w.ToString(), w.Slice!.Value.Start),
            Is.EqualTo(("öö", 8L, "t.txt:2", "z", 17L)));
        Assert.That(row.Origin!.ToString(), Is.EqualTo("ä üöö 🏠z"));
    }

    [Test]
    public void Extract_InvalidBytesBefore_KeepsPlaces()
    {
        var source = TextSource.FromBytes(new byte[] { 0xFF, 0xE2, 0x82, (byte)'n', (byte)'=', (byte)'7' });
        var row = (RecordValue)Of<ExtractOperator>().With(Regex(@"n=(?<v>\d)", "", "v")).Items(new TextValue(source.Whole))[0];
        Assert.That(((TextValue)row.Fields[0]).Slice!.Value.Start, Is.EqualTo(5));
    }

    [Test]
    public void Extract_UnmatchedLines_AreCountedInNote()
    {
        var run = Of<ExtractOperator>().With(Regex(@"^took=(?<ms>\d+)", "", "ms"));
        Assert.That(run.Items(Text("took=5\n\nbad line\ntook=7\n")), Has.Length.EqualTo(2));
        Assert.That(run.Notes, Is.EqualTo(new[] { "extract: 2 of 3 lines matched; first unmatched: line 3 `bad line`" }));
    }

    [Test]
    public void Extract_AllLinesMatch_HasNoNote()
    {
        var run = Of<ExtractOperator>().With(Regex(@"(?<a>\w)", "", "a"));
        run.Items(Text("a\n\n \nb\n"));
        Assert.That(run.Notes, Is.Empty);
    }

    [Test]
    public void Extract_As_ConvertsFields()
    {
        var run = Of<ExtractOperator>()
            .With(Regex(@"(?<n>[^,]*),(?<d>[^,]*),(?<b>[^,]*),(?<t>.*)", "", "n", "d", "b", "t"))
            .As(("n", RlmType.Number), ("d", RlmType.Date.OrNone), ("b", RlmType.Bool));
        Value[] rows = run.Items(Text("1.5,2026-03-01,true,x\nno,,no,y\n"));
        Assert.That(
            ((RecordValue)rows[0]).Fields.Select(field => field.GetType().Name),
            Is.EqualTo(new[] { "NumberValue", "DateValue", "BoolValue", "TextValue" }));
        Assert.That(ValueRenderer.InTemplate(rows[1]), Is.EqualTo("n: none\nd: none\nb: false\nt: y"));
        Assert.That(run.Notes, Is.EqualTo(new[] { "extract: 1 of 2 values of `n` could not be read and is none, as `no`" }));
    }

    [Test]
    public void Extract_GroupThatTookNoPart_IsNone() => Assert.That(
        Of<ExtractOperator>().With(Regex("a(?<x>b)?(?<y>c)?", "", "x", "y")).Texts("ac"), Is.EqualTo(new[] { "x: none\ny: c" }));
}
