using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Matching.Literals;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class LinePatternTests
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>
    /// 100,000 pairs of a pattern and a text; RLM_FUZZ_PATTERNS makes it more patterns of 40 texts, RLM_FUZZ_SEED others.
    /// </summary>
    [Test]
    public void Find_RandomPatternsAndTexts_EqualsEngineLineByLine()
    {
        int patterns = int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_PATTERNS") ?? "2500", null);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_SEED") ?? "20261124", null));
        var generator = new RandomPattern(random);
        int pairs = 0, matched = 0, automata = 0;
        while (pairs < 40 * patterns)
        {
            string expression = generator.Regex();
            var options = random.Next(4) == 0 ? Options | RegexOptions.IgnoreCase : Options;
            if (EngineOf(expression, options) is not { } engine)
                continue;

            automata += PatternParser.Parse(expression, options) is null ? 0 : 1;
            var pattern = LinePattern.OfRegex(expression, options, () => engine);
            var matcher = pattern.Rent();
            for (int i = 0; i < 40; i++, pairs++)
            {
                byte[] text = generator.Text();
                int[] expected = [.. Lines(text).Where(line => engine.IsMatch(Encoding.UTF8.GetString(text.AsSpan(line))))
                    .Select(line => line.Start.Value)];
                Assert.That(Found(matcher, text), Is.EqualTo(expected), () => $"/{expression}/ {options} over {Convert.ToHexString(text)}");
                int[] tried = [.. Lines(text).Where(line => matcher.IsMatch(text.AsSpan(line))).Select(line => line.Start.Value)];
                Assert.That(tried, Is.EqualTo(expected), () => $"/{expression}/ {options}, line by line, over {Convert.ToHexString(text)}");
                matched += expected.Length;
            }

            pattern.Return(matcher);
        }

        Assert.That(matched, Is.GreaterThan(pairs / 3), "lines with a match");
        Assert.That(automata, Is.GreaterThan(patterns * 3 / 4), "patterns that the automaton runs");
    }

    /// <summary>A required byte in few lines, in most, and in some stretches.</summary>
    [TestCase(@"(.*)*x$")]
    [TestCase(@"[ab]+(x|y)\d")]
    [TestCase(@"x.?x")]
    public void Find_ByteThatEachMatchHolds_FindsTheLinesOfTheEngine(string expression)
    {
        var engine = new Regex(expression, Options);
        var matcher = LinePattern.OfRegex(expression, Options, () => engine).Rent();
        var random = new Random(1);
        foreach (int inThousand in new[] { 0, 1, 10, 900, 1, 0 })
        {
            var text = new StringBuilder();
            for (int i = 0; i < 4_000; i++)
            {
                text.Append('a', random.Next(random.Next(20) == 0 ? 3_000 : 60));
                text.Append(random.Next(1000) < inThousand ? random.GetString("xy1ab", 4) : "b").Append('\n');
            }

            byte[] bytes = Encoding.ASCII.GetBytes(text.ToString());
            int[] expected = [.. Lines(bytes).Where(line => engine.IsMatch(Encoding.UTF8.GetString(bytes.AsSpan(line))))
                .Select(line => line.Start.Value)];
            Assert.That(Found(matcher, bytes), Is.EqualTo(expected), $"{inThousand} of a thousand");
            Assert.That(
                Lines(bytes).Where(line => matcher.IsMatch(bytes.AsSpan(line))).Select(line => line.Start.Value), Is.EqualTo(expected));
        }
    }

    [TestCase("ab", null)]
    [TestCase(null, "a+b")]
    public void Of_SamePatternAgain_IsMadeOnce(string? literal, string? regex)
    {
        BoundPattern Bind() => new(default, regex, "", null, []);

        var made = LinePattern.Of(Bind(), literal);
        Assert.That(LinePattern.Of(Bind(), literal), Is.SameAs(made));
        Assert.That(made, Is.Not.SameAs(LinePattern.Of(Bind(), literal, ignoreCase: true)));
    }

    [TestCase(@"(a+)+$")]
    [TestCase(@"(.*)*x")]
    [TestCase(@"(a|a)*b")]
    [TestCase(@"(a?){50}a{50}")]
    public void Find_EvilPattern_NeedsOneLookAtEachByte(string expression)
    {
        byte[] line = [.. Enumerable.Repeat((byte)'a', 1_000_000), (byte)'!'];
        var pattern = LinePattern.OfRegex(expression, Options, () => throw new InvalidOperationException("the engine is not needed"));
        Assert.That(pattern.Rent().IsMatch(line), Is.EqualTo(expression.EndsWith("a{50}", StringComparison.Ordinal)));
    }

    [Test]
    public void Find_ManyStates_ForgetsAndGoesOn()
    {
        // The pattern remembers which of the last fourteen units were a: more states than are kept.
        const string expression = "a[ab]{14}c";
        var random = new Random(1);
        var engine = new Regex(expression, Options);
        var matcher = LinePattern.OfRegex(expression.Replace("c", "[cd]", StringComparison.Ordinal), Options, () => engine).Rent();
        var reference = new Regex("a[ab]{14}[cd]", Options);
        for (int i = 0; i < 40; i++)
        {
            byte[] text = [.. Enumerable.Range(0, 5_000).Select(_ => "ababababababc\n"u8[random.Next(14)])];
            int[] expected = [.. Lines(text).Where(line => reference.IsMatch(Encoding.UTF8.GetString(text.AsSpan(line))))
                .Select(line => line.Start.Value)];
            Assert.That(Found(matcher, text), Is.EqualTo(expected));
        }
    }

    [TestCase("sherlock|holmes", true, "sherloc holmes", TestName = "Literals_KInEitherCase_StopsBeforeKelvin")]
    [TestCase("timeout", false, "timeout!", TestName = "Literals_Word_IsExact")]
    [TestCase("timeout", true, "timeout!", TestName = "Literals_WordInEitherCase_IsLowered")]
    [TestCase(@"[A-Z]\w+ Holmes", false, " Holmes", TestName = "Literals_AfterClass_AreFound")]
    [TestCase(@"(error|warn|fatal).*timeout", false, "timeout", TestName = "Literals_LongestWins")]
    [TestCase(@"\w+@\w+\.\w+", false, "@", TestName = "Literals_RareByte_IsEnough")]
    [TestCase(@"\d{4}-\d{2}-\d{2}", false, "-", TestName = "Literals_CommonByte_IsOne")]
    [TestCase(@"(.*)*x", false, "x", TestName = "Literals_BehindEmptyRounds_AreFound")]
    [TestCase(@"a.*(z|b)+", false, "z b", TestName = "Literals_OfARepeatedChoice_AreEach")]
    [TestCase(@"e.*(?:.*(q\d)){2}.*t", false, "q", TestName = "Literals_RarestByteWins")]
    [TestCase(@"a?b?", false, null, TestName = "Literals_Optional_AreNone")]
    [TestCase(@"^ERROR", false, "ERROR", TestName = "Literals_AfterPlace_AreNotExact")]
    public void Literals_OfPattern_AreRequired(string expression, bool ignoreCase, string? expected)
    {
        var node = PatternParser.Parse(expression, ignoreCase ? Options | RegexOptions.IgnoreCase : Options)!;
        var literals = LiteralReader.Find(node);
        string? found = literals is null
            ? null
            : string.Join(' ', literals.Texts.Select(Encoding.UTF8.GetString)) + (literals.IsExact ? "!" : "");
        Assert.That(found, Is.EqualTo(expected));
    }

    private static Regex? EngineOf(string expression, RegexOptions options)
    {
        try
        {
            return new Regex(expression, options);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static List<int> Found(LineMatcher matcher, byte[] text)
    {
        var starts = new List<int>();
        for (int at = 0; at < text.Length && matcher.Find(text, at) is var found and >= 0;)
        {
            int start = text.AsSpan(at, found - at).LastIndexOf((byte)'\n') + 1 + at;
            starts.Add(start);
            at = LineMatcher.LineEnd(text, start).Next;
        }

        return starts;
    }

    private static List<Range> Lines(byte[] text)
    {
        var lines = new List<Range>();
        for (int at = 0; at < text.Length;)
        {
            var (end, next) = LineMatcher.LineEnd(text, at);
            lines.Add(at..end);
            at = next;
        }

        return lines;
    }
}
