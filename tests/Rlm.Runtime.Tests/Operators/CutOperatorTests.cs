using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Operators.Look;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class CutOperatorTests
{
    [TestCase("a\nb\n", "a|b")]
    [TestCase("a\r\nb", "a|b")]
    [TestCase("a\rb\n\nc", "a\rb||c")]
    [TestCase("", "")]
    [TestCase("\n", "")]
    [TestCase("x\r", "x\r")]
    public void Lines_LineEnds_AreLeftOut(string text, string expected) =>
        Assert.That(string.Join('|', Of<LinesOperator>().Texts(text)), Is.EqualTo(expected));

    [Test]
    public void Lines_AcrossWindows_AreWhole()
    {
        string[] lines = [.. Enumerable.Range(0, 2_000).Select(i => new string((char)('a' + (i % 26)), i))];
        Assert.That(Of<LinesOperator>().Texts(string.Join("\r\n", lines)), Is.EqualTo(lines));
    }

    [Test]
    public void Lines_OfComputedText_KeepOrigin()
    {
        var source = TextSource.FromString("one\ntwo\n", "s.txt");
        var line = (TextValue)Of<LinesOperator>().Items(new TextValue("x\ny", new TextSlice(source, 4, 3)))[1];
        Assert.That((line.ToString(), line.Slice, line.Provenance?.Cite), Is.EqualTo(("y", (TextSlice?)null, "s.txt:2")));
    }

    [Test]
    public void Lines_OfList_IsRefused() =>
        Assert.That(
            () => Of<LinesOperator>().Items(List()),
            Throws.TypeOf<EvaluationException>().With.Message.Contains("takes a text and got a list"));

    [Test]
    public void Paragraphs_BlankLines_Separate() =>
        Assert.That(Of<ParagraphsOperator>().Texts("\n a\nb\n \t\r\nc\n\n\n"), Is.EqualTo(new[] { " a\nb", "c" }));

    [TestCase("It rains. Does it? Yes!", "It rains.|Does it?|Yes!")]
    [TestCase("Mr. Smith met Dr. Watson. \"Ah!\" he said.", "Mr. Smith met Dr. Watson.|\"Ah!\"|he said.")]
    [TestCase("e.g. this one. It costs 3.50 now. J. Doe left.", "e.g. this one.|It costs 3.50 now.|J. Doe left.")]
    [TestCase("No end\nhere\n\nNext one", "No end\nhere|Next one")]
    [TestCase("是的。好吗？好", "是的。|好吗？|好")]
    [TestCase("Well... maybe. Wait… what?", "Well...|maybe.|Wait…|what?")]
    [TestCase("", "")]
    public void Sentences_Signs_EndThem(string text, string expected) =>
        Assert.That(string.Join('|', Of<SentencesOperator>().Texts(text)), Is.EqualTo(expected));

    [TestCase("To be, or not", "To|be|or|not")]
    [TestCase("don't well-known -x- 'q' it’s", "don't|well-known|x|q|it’s")]
    [TestCase("häuser_2 Ω naïve 東京 हिन्दी", "häuser_2|Ω|naïve|東京|हिन्दी")]
    [TestCase("... !", "")]
    public void Words_Runs_AreFound(string text, string expected) =>
        Assert.That(string.Join('|', Of<WordsOperator>().Texts(text)), Is.EqualTo(expected));

    [Test]
    public void Words_InvalidBytes_Separate()
    {
        var source = TextSource.FromBytes(new byte[] { (byte)'a', 0xC3, (byte)'b', 0xFF });
        Assert.That(Of<WordsOperator>().Texts(new TextValue(source.Whole)), Is.EqualTo(new[] { "a", "b" }));
    }

    [TestCase("a, b, c\n", ", ", "a|b|c")]
    [TestCase("a,,b,", ",", "a||b|")]
    [TestCase("abc", "x", "abc")]
    public void Split_Literal_CutsBetween(string text, string separator, string expected) =>
        Assert.That(string.Join('|', Of<SplitOperator>().With(Literal(separator)).Texts(text)), Is.EqualTo(expected));

    [Test]
    public void Split_Regex_KeepsBytePlaces()
    {
        Value[] parts = Of<SplitOperator>().With(Regex(@"\s*-+\s*")).Items(Text("ä -- ö\n---\nü"));
        Assert.That(
            parts.Cast<TextValue>().Select(part => (part.ToString(), part.Slice!.Value.Start)),
            Is.EqualTo(new[] { ("ä", 0L), ("ö", 6L), ("ü", 13L) }));
    }

    [Test]
    public void Split_MatchLongerThanAnyWindow_IsFoundAllTheSame()
    {
        string filling = new('x', 6_000_000);
        Assert.That(Of<SplitOperator>().With(Regex("(?s) |b.*d|b")).Texts($"a b{filling} c"), Is.EqualTo(new[] { "a", "", filling, "c" }));
    }

    [Test]
    public void Split_TextEnds_AreThoseOfTheWhole() =>
        Assert.That(Of<SplitOperator>().With(Regex(@"\Aa\n|\nb\z")).Texts("a\nx\nb\na\ny\nb"), Is.EqualTo(new[] { "", "x\nb\na\ny", "" }));

    [Test]
    public void Split_EmptyText_IsRefused() =>
        Assert.That(() => Of<SplitOperator>().With(Literal("")).Texts("a"), Throws.TypeOf<EvaluationException>()
            .With.Message.EqualTo("the text to look for is empty, which matches everywhere"));

    [TestCase("a\nb\nc\nd\n", 1, 3, "lines", "b\nc")]
    [TestCase("häuser", 1, 3, "chars", "äu")]
    [TestCase("a 🏠b", 2, 3, "chars", "🏠")]
    [TestCase("to be or not", 1, 3, "words", "be or ")]
    [TestCase("abcdefgh", 1, 9, "tokens", "gh")]
    [TestCase("a\n", 5, 9, "lines", "")]
    public void Slice_OfText_IsStretch(string text, int start, int end, string unit, string expected) =>
        Assert.That(
            Of<SliceOperator>().With("start", start).With("end", end).Word("unit", unit).Run(Text(text)).ToString(), Is.EqualTo(expected));

    [Test]
    public void Slice_OfList_IsItems() =>
        Assert.That(
            Of<SliceOperator>().With("start", 1).With("end", 9).Texts(List(Text("a"), Text("b"), Text("c"))),
            Is.EqualTo(new[] { "b", "c" }));

    [Test]
    public void Slice_Backwards_IsRefused() => Assert.That(() => Of<SliceOperator>().With("start", 3).With("end", 1).Run(Text("a")),
        Throws.TypeOf<EvaluationException>().With.Property("Help").EqualTo("write `slice 1..3`"));

    [TestCase("lines", 2, false, "a|b")]
    [TestCase("lines", 2, true, "c|d e")]
    [TestCase("words", 2, true, "d|e")]
    [TestCase("chars", 3, false, "a\nb")]
    [TestCase("chars", 3, true, "d e")]
    [TestCase("lines", 0, true, "")]
    public void Peek_OfText_IsHeadOrTail(string unit, int count, bool isAtEnd, string expected)
    {
        var run = Of<PeekOperator>().With("count", count).Word("unit", unit);
        if (isAtEnd)
            run.Flag("atEnd");
        Assert.That(string.Join('|', run.Texts("a\nb\nc\nd e")), Is.EqualTo(expected));
    }

    [Test]
    public void Peek_Nothing_IsTenLines() =>
        Assert.That(Of<PeekOperator>().Texts(string.Join('\n', Enumerable.Range(0, 30))), Has.Length.EqualTo(10));

    [Test]
    public void Peek_FromOfList_SkipsItems() =>
        Assert.That(Of<PeekOperator>().With("count", 1).With("from", 1).Texts(List(Text("a"), Text("b"))), Is.EqualTo(new[] { "b" }));

    [Test]
    public void Sample_SameSeed_SameItemsInOrder()
    {
        string text = string.Concat(Enumerable.Range(0, 1_000).Select(i => $"{i:D4}\n"));
        string[] first = Of<SampleOperator>().With("count", 20).With("seed", 7).Texts(text);
        Assert.That(first, Has.Length.EqualTo(20).And.Ordered.And.Unique);
        Assert.That(Of<SampleOperator>().With("count", 20).With("seed", 7).Texts(text), Is.EqualTo(first));
        Assert.That(Of<SampleOperator>().With("count", 20).With("seed", 8).Texts(text), Is.Not.EqualTo(first));
        Assert.That(first.Take(5), Is.EqualTo(Of<SampleOperator>().With("count", 20).With("seed", 7).Texts(text).Take(5)));
    }

    [TestCase(100, 4)]
    [TestCase(50, 2)]
    [TestCase(0, 0)]
    public void Sample_Percent_IsThatShare(int percent, int count)
    {
        Assert.That(Of<SampleOperator>().With("count", percent).Flag("percent").Texts("a\nb\nc\nd\n"), Has.Length.EqualTo(count));
        Assert.That(
            Of<SampleOperator>().With("count", percent).Flag("percent").Items(List(Text("a"), Text("b"), Text("c"), Text("d"))),
            Has.Length.EqualTo(count));
    }

    [Test]
    public void Rank_Words_OrderItems()
    {
        string[] items = ["all well", "a pump", "Pumps had failures, pump failure",
            "the failure of a pump in the north hall of the plant", "none"];
        Assert.That(
            Of<RankOperator>().With("query", "pump failure").Texts(List([.. items.Select(item => Text(item))])),
            Is.EqualTo(new[] { items[2], items[3], items[1] }));
        Assert.That(
            Of<RankOperator>().With("query", "pump failure").With("count", 1).Texts(List([.. items.Select(item => Text(item))])),
            Is.EqualTo(new[] { items[2] }));
    }

    [Test]
    public void Describe_List_ShowsTypeAndItems() =>
        Assert.That(
            Of<DescribeOperator>().Run(List(Text("a"), Text("b")), RlmType.ListOf(RlmType.Text)).ToString(),
            Is.EqualTo("list of text, 2 items\n| a\n| b"));
}
