using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class ChunkOperatorTests
{
    [TestCase("a\nb\nc\n", 2, 0, "a\nb|c")]
    [TestCase("a\n\n\nb", 1, 0, "a|||b")]
    [TestCase("a\nb\nc\nd\n", 2, 1, "a\nb|b\nc|c\nd")]
    [TestCase("a\r\nb\r\nc\r\n", 2, 0, "a\r\nb|c")]
    [TestCase("", 2, 0, "")]
    public void Chunk_Lines_CutsAtThem(string text, int size, int overlap, string expected) =>
        Assert.That(Pieces(text, size, "lines", overlap), Is.EqualTo(expected));

    [TestCase("aaaa\nbbbb\ncccc", 9, "chars", "aaaa\nbbbb|cccc")]
    [TestCase("aaaa bbbb cccc", 9, "chars", "aaaa bbbb|cccc")]
    [TestCase("aaaabbbbcccc", 5, "chars", "aaaab|bbbcc|cc")]
    [TestCase("ääääää", 4, "chars", "ääää|ää")]
    [TestCase("🏠🏠🏠", 1, "tokens", "🏠|🏠|🏠")]
    [TestCase("€€€€", 1, "tokens", "€€|€€")]
    [TestCase("to be or\nnot to be", 4, "words", "to be or|not to be")]
    [TestCase("a b c d e", 2, "words", "a b|c d|e")]
    public void Chunk_Sizes_CutAtLinesThenBlanks(string text, int size, string unit, string expected) =>
        Assert.That(Pieces(text, size, unit, 0), Is.EqualTo(expected));

    [Test]
    public void Chunk_RandomTexts_LosesNoTextAndKeepsSize([Values("chars", "tokens")] string unit, [Values(0, 3)] int overlap)
    {
        var random = new Random(5);
        string[] signs = ["a", "b", " ", "é", "🏠", "\n", " ", "\n"];
        for (int round = 0; round < 300; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => signs[random.Next(signs.Length)]));
            Value[] pieces = Run(text, 5, unit, overlap);
            long covered = 0;
            foreach (var piece in pieces.Cast<TextValue>().Select(piece => piece.Slice!.Value))
            {
                // A token is a fraction of a character here, and a piece has one character more than the last.
                Assert.That(TextUnit.Of(unit).Count(piece), Is.LessThanOrEqualTo(unit == "tokens" ? 7 : 5), text);
                Assert.That(piece.Start > covered ? piece.Source.Whole with { Start = covered, Length = piece.Start - covered } is var gap
                    && gap.Decode().Trim().Length == 0 : true, text);
                Assert.That(piece.End, Is.GreaterThan(covered).Or.EqualTo(covered), text);
                Assert.That(piece.Decode(), Does.Not.Contain('\uFFFD'));
                covered = Math.Max(covered, piece.End);
            }

            Assert.That(text.Length == 0 || string.Concat(text.TrimEnd()) is var rest
                && covered >= System.Text.Encoding.UTF8.GetByteCount(rest) - 1, text);
        }
    }

    [TestCase("a\nb\nc\nd\n", 2, "a\nb|c\nd")]
    [TestCase("a b c d", 2, "a |b c d")]
    [TestCase("ab", 5, "a|b")]
    [TestCase("", 3, "")]
    public void Chunk_Into_GivesEvenPieces(string text, int parts, string expected) =>
        Assert.That(string.Join('|', Of<ChunkOperator>().With("parts", parts).Texts(text)), Is.EqualTo(expected));

    [Test]
    public void Chunk_IntoOfList_GivesLists() =>
        Assert.That(Of<ChunkOperator>().With("parts", 2).Texts(List(Text("a"), Text("b"), Text("c"))), Is.EqualTo(new[] { "a", "b, c" }));

    [TestCase("# a\nx\n# b\ny\n", "# a\nx|# b\ny")]
    [TestCase("\n \n# a\n", "# a")]
    [TestCase("intro\n# a", "intro|# a")]
    [TestCase("none\n", "none")]
    public void Chunk_By_StartsAtMatches(string text, string expected) =>
        Assert.That(string.Join('|', Of<ChunkOperator>().With(Regex("^# ")).Texts(text)), Is.EqualTo(expected));

    [Test]
    public void Chunk_ItemsOfList_GivesLists() =>
        Assert.That(
            Of<ChunkOperator>().With("size", 2).Word("unit", "items").With("overlap", 1).Texts(List(Text("a"), Text("b"), Text("c"))),
            Is.EqualTo(new[] { "a, b", "b, c" }));

    [Test]
    public void Chunk_TokensOfTexts_PacksAndKeepsParts()
    {
        var source = TextSource.FromString("aaa\nbbb\nccc\n", "s.txt");
        Value[] lines = [.. Enumerable.Range(0, 3).Select(i => new TextValue(new TextSlice(source, 4 * i, 3)))];
        var pieces = Of<ChunkOperator>().With("size", 2).Word("unit", "tokens").Items(ListValue.Of(lines)).Cast<TextValue>().ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(pieces.Select(piece => piece.ToString()), Is.EqualTo(new[] { "aaa\nbbb", "ccc" }));
            Assert.That(pieces[0].Parts, Has.Count.EqualTo(2));
            Assert.That(pieces[0].Provenance?.Cite, Is.EqualTo("s.txt:1-2"));
            Assert.That(pieces[1].Slice, Is.Not.Null);
        });
    }

    [Test]
    public void Chunk_LinesOfTexts_CountsLinesOfItems() =>
        Assert.That(
            Of<ChunkOperator>().With("size", 3).Word("unit", "lines").Texts(List(Text("a\nb"), Text("c"), Text("d"))),
            Is.EqualTo(new[] { "a\nb\nc", "d" }));

    [Test]
    public void Chunk_ItemLargerThanSize_IsCut() =>
        Assert.That(
            Of<ChunkOperator>().With("size", 4).Word("unit", "chars").Texts(List(Text("aa"), Text("bbbbbb"))),
            Is.EqualTo(new[] { "aa", "bbbb", "bb" }));

    [Test]
    public void Chunk_Docs_AreCutOneByOne() => Assert.That(Of<ChunkOperator>().With("size", 2).Word("unit", "lines")
        .Texts(List(Doc("x", "a\nb\nc\n"), Doc("y", "d\n")), RlmType.ListOf(RlmType.Doc)), Is.EqualTo(new[] { "a\nb", "c", "d" }));

    [Test]
    public void Chunk_Rows_ArePackedIntoLists()
    {
        var shape = new RecordShape(["n"]);
        Value[] rows = [.. Enumerable.Range(0, 3).Select(n => new RecordValue(shape, [new NumberValue(n)]))];
        Value[] pieces = Of<ChunkOperator>().With("size", 8).Word("unit", "tokens")
            .Items(ListValue.Of(rows), RlmType.ListOf(new RecordType([new("n", RlmType.Number)])));
        Assert.That(pieces.Select(piece => ((ListValue)piece).KnownCount), Is.EqualTo(new int?[] { 2, 1 }));
    }

    [TestCase(0, "`chunk` takes a whole number of at least 1 here, not 0")]
    [TestCase(-2, "`chunk` takes a whole number of at least 1 here, not -2")]
    [TestCase(1.5, "`chunk` takes a whole number of at least 1 here, not 1.5")]
    public void Chunk_BadSize_IsRefused(decimal size, string message) =>
        Assert.That(
            () => Of<ChunkOperator>().With("size", size).Word("unit", "lines").Run(Text("a")),
            Throws.TypeOf<EvaluationException>().With.Message.EqualTo(message));

    [Test]
    public void Chunk_OverlapAsLarge_IsRefused() =>
        Assert.That(() => Run("a", 2, "lines", 2), Throws.TypeOf<EvaluationException>().With.Message.Contains("overlap less than"));

    private static Value[] Run(string text, int size, string unit, int overlap) =>
        Of<ChunkOperator>().With("size", size).Word("unit", unit).With("overlap", overlap).Items(Text(text));

    private static string Pieces(string text, int size, string unit, int overlap) =>
        string.Join('|', Run(text, size, unit, overlap).Select(ValueRenderer.InTemplate));
}
