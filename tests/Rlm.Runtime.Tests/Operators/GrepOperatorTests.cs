using System.Text.RegularExpressions;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;
using static Rlm.Runtime.Tests.Operators.StageRun;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class GrepOperatorTests
{
    [Test]
    public void Grep_Regex_FindsLines() => Assert.That(
        Of<GrepOperator>().With(Regex("ERROR|FATAL")).Texts("ok\nERROR 1\nFATAL 2\n"), Is.EqualTo(new[] { "ERROR 1", "FATAL 2" }));

    [Test]
    public void Grep_IgnoreCaseAfter_AddsContext() =>
        Assert.That(
            Of<GrepOperator>().With(Literal("error")).Flag("ignoreCase").With("after", 1).Texts("a\nERROR\nb\nc\n"),
            Is.EqualTo(new[] { "ERROR", "b" }));

    [Test]
    public void Grep_Around_HasNoLineTwice() =>
        Assert.That(
            string.Concat(Of<GrepOperator>().With(Literal("x")).With("around", 1).Texts("a\nb\nx\nc\nx\nd\ne\nf\nx")),
            Is.EqualTo("bxcxdfx"));

    [Test]
    public void Grep_Not_FindsOthers() =>
        Assert.That(Of<GrepOperator>().With(Regex("a")).Flag("not").Texts("a\nb\n"), Is.EqualTo(new[] { "b" }));

    [Test]
    public void Grep_EndAnchor_MatchesBeforeCarriageReturn() =>
        Assert.That(Of<GrepOperator>().With(Regex("b$")).Texts("ab\r\nba\r\n"), Is.EqualTo(new[] { "ab" }));

    [Test]
    public void Grep_Line_KnowsItsPlace()
    {
        var line = (TextValue)Of<GrepOperator>().With(Literal("pump")).Items(Text("ä\nthe pump\n"))[0];
        Assert.That((line.Slice!.Value.Cite, line.Slice.Value.Start), Is.EqualTo(("t.txt:2", 3L)));
    }

    [Test]
    public void Grep_LiteralOverLines_MatchesNone() => Assert.That(Of<GrepOperator>().With(Literal("a\nb")).Texts("a\nb\n"), Is.Empty);

    [Test]
    public void Grep_EmptyLiteral_IsAnError() =>
        Assert.That(
            () => Of<GrepOperator>().With(Literal("")).Texts("a\n\nb\n"),
            Throws.TypeOf<EvaluationException>().With.Message.EqualTo("the text to look for is empty, which matches everywhere"));

    [Test]
    public void Grep_InvalidUtf8_IsSearched()
    {
        var source = TextSource.FromBytes(new byte[] { 0xFF, (byte)'k', (byte)'e', (byte)'y', (byte)'\n', 0 });
        Assert.That(Of<GrepOperator>().With(Regex("k.y")).Items(new TextValue(source.Whole)), Has.Length.EqualTo(1));
        Assert.That(Of<GrepOperator>().With(Literal("key")).Items(new TextValue(source.Whole)), Has.Length.EqualTo(1));
    }

    [TestCase(@"(?<=a)b")]
    [TestCase(@"(a)\1")]
    public void Grep_NeedsMoreThanLinearTime_IsRefused(string regex) => Assert.That(() => Of<GrepOperator>().With(Regex(regex)).Texts("ab"),
        Throws.TypeOf<EvaluationException>().With.Message.StartsWith("the pattern needs more than linear time"));

    [Test]
    public void Grep_NoRegex_IsRefused() =>
        Assert.That(
            () => Of<GrepOperator>().With(Regex("(")).Texts("ab"),
            Throws.TypeOf<EvaluationException>().With.Message.StartsWith("the pattern is not a regular expression"));

    [Test]
    public void Grep_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var pattern = LinePattern.Of(Regex("x"), null);
        using var lines = MatchingLines.Open(TextSource.FromString("x").Whole, pattern, isInverted: false, cancelled.Token);
        Assert.That(() => lines.MoveNext(), Throws.InstanceOf<OperationCanceledException>());
    }

    [Test]
    public void Grep_RandomTexts_AgreesWithRegexPerLine()
    {
        var random = new Random(3);
        string[] patterns =
        [
            "ab", "a", "abc|bca", "^ab", "c$", "a+b", "a?b", "ab{2}c", "(ab|ca)c", "(?:ab)+", "(ab)?ca", "[ab]c", "a.c", @"\bab\b",
            "aé", "é|ab",
            "a{0}bc", "ab*c", "(a|b|)c", "^$", "ca(b|bb)c", "K", "ab|", @"a\.b", "(?<x>ab)c", "abc", "k[^a]", "(ab(ca|bc))+",
            "a|(bc)?", @"\w+b",
        ];
        for (int round = 0; round < 4_000; round++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(120)).Select(_ => "aabbccAé.kK \n\n\r"[random.Next(15)]))
                .Replace("\r", random.Next(2) == 0 ? "" : "\r\n", StringComparison.Ordinal);
            string pattern = patterns[random.Next(patterns.Length)];
            bool ignoreCase = random.Next(3) == 0, isLiteral = random.Next(3) == 0, isInverted = random.Next(4) == 0;
            string[] lines = text.Length == 0 ? [] : (text.EndsWith('\n') ? text[..^1] : text).Split('\n');
            var regex = new System.Text.RegularExpressions.Regex(
                isLiteral ? System.Text.RegularExpressions.Regex.Escape(pattern) : pattern,
                (ignoreCase ? RegexOptions.IgnoreCase : 0) | RegexOptions.CultureInvariant | RegexOptions.Multiline);
            string[] expected =
                [.. lines.Select((line, i) => line.EndsWith('\r') && (i < lines.Length - 1 || text.EndsWith('\n')) ? line[..^1] : line)
                    .Where(line => regex.IsMatch(line) != isInverted)];
            var run = Of<GrepOperator>().With(isLiteral ? Literal(pattern) : Regex(pattern));
            if (ignoreCase)
                run.Flag("ignoreCase");
            if (isInverted)
                run.Flag("not");
            Assert.That(
                run.Texts(text),
                Is.EqualTo(expected),
                $"/{pattern}/ literal {isLiteral} case {ignoreCase} not {isInverted} in {text.ReplaceLineEndings("⏎")}");
        }
    }
}
