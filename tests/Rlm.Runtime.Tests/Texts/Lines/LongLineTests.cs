using System.Diagnostics;
using Rlm.Dsl.Types;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Operators.Look;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tests.Operators;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>One line of 100 MB, as a minified file has it.</summary>
internal sealed class LongLineTests
{
    private const int Length = 100_000_000;

    private string _path = "";
    private TextSource _source = null!;

    [OneTimeSetUp]
    public void WriteFile()
    {
        _path = Path.GetTempFileName();
        byte[] line = new byte[Length];
        line.AsSpan().Fill((byte)'x');
        "needle"u8.CopyTo(line.AsSpan(Length - 10));
        File.WriteAllBytes(_path, line);
        _source = TextSource.FromFile(_path, "min.js");
    }

    [OneTimeTearDown]
    public void DeleteFile()
    {
        _source.Dispose();
        File.Delete(_path);
    }

    private Value Text => new TextValue(_source.Whole);

    [Test]
    public void Lines_OfIt_IsOneSlice() =>
        Assert.That(((TextValue)Of<LinesOperator>().Items(Text).Single()).LengthBytes, Is.EqualTo(Length));

    [Test]
    public void Peek_OfIt_IsOneSlice() => Assert.That(((TextValue)Of<PeekOperator>().Items(Text).Single()).LengthBytes, Is.EqualTo(Length));

    [TestCase("needle", 1)]
    [TestCase("absent", 0)]
    public void Grep_Literal_FindsIt(string literal, int count) =>
        Assert.That(Of<GrepOperator>().With(Literal(literal)).Items(Text), Has.Length.EqualTo(count));

    [Test]
    public void Grep_Regex_FindsIt() => Assert.That(Of<GrepOperator>().With(Regex("n[aeiou]+dle")).Items(Text), Has.Length.EqualTo(1));

    [Test]
    public void Describe_OfIt_IsBounded()
    {
        string card = ScalarText.Of(Of<DescribeOperator>().Run(Text))!;
        Assert.That(card, Does.StartWith("text, 1 line, 100,000,000 bytes (min.js)\n| xxx").And.Length.LessThan(600));
    }

    [Test]
    public void Preview_OfIt_KeepsHeadAndTail() =>
        Assert.That(Preview.Of(RlmType.Text, Text), Does.Contain("bytes left out").And.EndsWith("needlexxxx").And.Length.LessThan(4_100));

    [Test]
    public void Chunk_IntoTokens_CoversIt()
    {
        Value[] pieces = Of<ChunkOperator>().With("size", 1_000_000).Word("unit", "tokens").Items(Text);
        Assert.That((pieces.Length, pieces.Sum(piece => ((TextValue)piece).LengthBytes)), Is.EqualTo((33, (long)Length)));
    }

    [Test]
    public void Grep_EvilPattern_IsLinear()
    {
        var watch = Stopwatch.StartNew();
        var found = Of<GrepOperator>().With(Regex("(a+)+$")).Items(StageRun.Text(new string('a', 20_000) + "!"));
        Assert.That((found.Length, watch.Elapsed < TimeSpan.FromMinutes(1)), Is.EqualTo((0, true)));
    }
}
