using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Operators;

internal sealed class RankOperatorTests
{
    private static readonly string[] Words =
        ["pump", "pumps", "Pump's", "pump’s", "failure", "FAILURES", "gas", "gasses", "bodies", "body", "café", "CAFÉS", "naïve",
            "\u212Aelvin", "kelvin", "a-b", "--", "don't", "über-cool", "насос", "насосы", "_x9", "…", "漢字", "🙂", "x"];

    /// <summary>Words in ASCII: forms that meet, joiners at stems' ends, and some that are longer than a vector.</summary>
    private static readonly string[] AsciiWords =
        ["pump", "pumps", "Pump's", "ab-s", "ab", "ab-", "dies", "dy", "ies", "y", "counterrevolutionary", "Counterrevolutionaries", "CAT", "cats's",
            "counterrevolutionarz", "_x9", "_X9S", "--", "x", "x's", "X-S", "s", "glass", "glasses", "@ump", "\x10ump", "42", "4-2's", "[b", "\r"];

    [Test]
    public void Evaluate_RandomTexts_AgreesWithThePlainFormula()
    {
        var random = new Random(7);
        for (int round = 0; round < 400; round++)
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(1, 60)).Select(_ => Line(random, random.Next(0, 30)))];
            string query = Line(random, random.Next(1, 4));
            string[] expected = PlainRank.Best(lines, query);
            if (expected is ["no words"])
                continue;

            var texts = StageRun.List([.. lines.Select(line => StageRun.Text(line))]);
            Assert.That(StageRun.Of<RankOperator>().With("query", query).Texts(texts), Is.EqualTo(expected), query);

            var stream = (ListValue)StageRun.Of<LinesOperator>().Stream(StageRun.Text(string.Join('\n', lines) + "\n"));
            int top = random.Next(1, 5);
            Assert.That(
                StageRun.Of<RankOperator>().With("query", query).With("count", top).Texts(stream), Is.EqualTo(expected.Take(top)), query);
        }
    }

    [Test]
    public void Evaluate_AsciiLines_AgreesWithThePlainFormula()
    {
        var random = new Random(13);
        int found = 0;
        for (int round = 0; round < 1_000; round++)
        {
            string[] lines = [.. Enumerable.Range(0, random.Next(1, 40)).Select(_ => AsciiLine(random, random.Next(0, 20)))];
            string query = AsciiLine(random, random.Next(4) == 0 ? 25 : random.Next(1, 5)).Replace('\r', ' ');
            string[] expected = PlainRank.Best(lines, query);
            if (expected is ["no words"])
                continue;

            found += expected.Length;
            string end = random.Next(2) == 0 ? "\n" : "\r\n";
            var text = StageRun.Text(string.Join(end, lines) + (random.Next(2) == 0 && lines[^1].Length > 0 ? "" : end));
            var stream = StageRun.Of<LinesOperator>().Stream(text);
            Assert.That(StageRun.Of<RankOperator>().With("query", query).With("count", 9).Texts(stream), Is.EqualTo(expected.Take(9)), query);
        }

        Assert.That(found, Is.GreaterThan(5_000));
    }

    /// <summary>Several threads take ranges of a text of so many bytes.</summary>
    [Test]
    public void Evaluate_LargeText_RanksItsLinesAsAListOfThem()
    {
        var random = new Random(17);
        string[] some = [.. Enumerable.Range(0, 500).Select(i => i % 50 == 0 ? Line(random, 20) : AsciiLine(random, 20).Replace('\r', ' '))];
        string[] lines = [.. Enumerable.Range(0, 100_000).Select(_ => some[random.Next(some.Length)])];
        string text = string.Join('\n', lines);
        Assert.That(text, Has.Length.GreaterThan(8 * 1024 * 1024));

        var stream = StageRun.Of<LinesOperator>().Stream(StageRun.Text(text));
        var run = StageRun.Of<RankOperator>().With("query", "pump café counterrevolutionary x").With("count", 200);
        var best = run.Items(stream).Cast<TextValue>().Select(item => item.Slice!.Value.FirstLine);
        var items = StageRun.List([.. lines.Select((line, i) => new TextValue(TextSource.FromString(line, $"{i + 1}").Whole))]);
        var expected = run.Items(items).Cast<TextValue>().Select(item => long.Parse(item.Slice!.Value.Source.Name, null));
        Assert.That(best, Is.EqualTo(expected));
    }

    [Test]
    public void CountIn_RandomTexts_CountsTheWordsOfWordScanner()
    {
        var random = new Random(11);
        var query = new QueryWords("pump body");
        for (int round = 0; round < 2_000; round++)
        {
            byte[] bytes = System.Text.Encoding.UTF8.GetBytes(Line(random, random.Next(0, 60)));
            for (int i = 0; i < bytes.Length && round % 4 == 0; i += 17)
                bytes[i] = (byte)random.Next(256);
            Assert.That(
                query.CountIn(bytes, new int[2]),
                Is.EqualTo(WordScanner.Count(TextSource.FromBytes(bytes).Whole)),
                Convert.ToHexString(bytes));
        }
    }

    [Test]
    public void Evaluate_FirstAfterIt_MakesValuesOfThoseThatMayBeWanted()
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"pump {string.Concat(Enumerable.Repeat("word ", i % 7))}\n"));
        var ranked = RankByPump(text);

        // A buffer that the pool makes once is not what the ranking keeps.
        _ = RankByPump(text).FirstItems!(3)!.Count();
        long before = GC.GetAllocatedBytesForCurrentThread();
        var best = ranked.FirstItems!(3)!.ToArray();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(best.Select(ValueRenderer.InTemplate), Is.EqualTo(new[] { "pump ", "pump ", "pump " }));
        Assert.That(best.Select(item => ((TextValue)item).Slice!.Value.FirstLine), Is.EqualTo(new long[] { 1, 8, 15 }));
        Assert.That(allocated, Is.LessThan(64 * 1024));
    }

    private static ListValue RankByPump(string text) =>
        (ListValue)StageRun.Of<RankOperator>().With("query", "pump").Stream(StageRun.Of<LinesOperator>().Stream(StageRun.Text(text)));

    private static string Line(Random random, int words)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < words; i++)
            line.Append(Words[random.Next(Words.Length)])
                .Append(random.Next(8) switch { 0 => "-", 1 => "'", 2 => ", ", 3 => "’", _ => " " });
        return line.ToString();
    }

    private static string AsciiLine(Random random, int words)
    {
        var line = new System.Text.StringBuilder();
        for (int i = 0; i < words; i++)
            line.Append(AsciiWords[random.Next(AsciiWords.Length)]).Append(random.Next(8) switch { 0 => "-", 1 => "'", 2 => ", ", _ => " " });
        return line.ToString();
    }
}
