using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class LineCapturesTests
{
    private static readonly string[] TextEnds = [@"\A", @"\z", @"\Z"];

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>20,000 pairs of a pattern and a line; RLM_FUZZ_PATTERNS makes it more patterns of 20 lines, RLM_FUZZ_SEED others.</summary>
    /// <remarks>
    /// .NET has two engines, and each misses matches that the other finds: the one without backtracking after an İ that is optional and
    /// ignores case, the other after an empty match. Where they differ, which is seldom, the machine has to agree with one of them.
    /// </remarks>
    [Test]
    public void Find_RandomPatternsAndLines_EqualsEngine()
    {
        int patterns = int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_PATTERNS") ?? "1000", null);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_SEED") ?? "20261126", null));
        var generator = new RandomPattern(random);
        int matches = 0, captured = 0, differing = 0;
        for (int made = 0; made < patterns;)
        {
            string expression = NameGroups(generator.Regex(), random);
            var options = random.Next(4) == 0 ? Options | RegexOptions.IgnoreCase : Options;
            if (ProgramOf(expression, options, out var engine, out string[] names) is not { } program)
                continue;

            made++;
            var lines = LinePattern.OfRegex(expression, options, () => engine.Regex);
            var byProgram = new LineCaptures.OfRegex(engine, names, lines, program);
            var byEngine = new LineCaptures.OfRegex(engine, names, lines, null);
            var byOtherEngine = new LineCaptures.OfRegex(new PatternEngine(expression, options | RegexOptions.NonBacktracking), names, lines, null);
            for (int i = 0; i < 20; i++)
            {
                byte[] line = [.. generator.Text().Where(value => value != '\n')];
                string expected = Found(byEngine, line), otherwise = Found(byOtherEngine, line);
                differing += expected == otherwise ? 0 : 1;
                Assert.That(
                    Found(byProgram, line),
                    Is.EqualTo(expected).Or.EqualTo(otherwise),
                    () => $"/{expression}/ {options} over {Convert.ToHexString(line)}");
                var places = new List<CapturePlace>();
                matches += byEngine.Find(line, places);
                captured += places.Count(place => !place.IsNone);
            }
        }

        Assert.That(differing, Is.LessThan(patterns / 10), "lines over which .NET's engines differ");
        Assert.That(matches, Is.GreaterThan(patterns * 10), "matches");
        Assert.That(captured, Is.GreaterThan(patterns * 4), "captures");
    }

    /// <summary>A field may have many lines, and its first match is wanted only.</summary>
    [Test]
    public void Find_FirstInRandomTextsOfLines_EqualsEngine()
    {
        var random = new Random(20261128);
        var generator = new RandomPattern(random);
        int matches = 0;
        for (int made = 0; made < 400;)
        {
            string expression = NameGroups(generator.Regex(), random);
            if (TextEnds.Any(expression.Contains) || ProgramOf(expression, Options, out var engine, out string[] names) is not { } program)
                continue;

            made++;
            var byProgram = new TextCaptures(engine, names, program);
            var byEngine = new TextCaptures(engine, names, null);
            var byOtherEngine = new TextCaptures(new PatternEngine(expression, Options | RegexOptions.NonBacktracking), names, null);
            for (int i = 0; i < 10; i++)
            {
                string text = Encoding.UTF8.GetString([.. generator.Text()]);
                string first = First(byEngine, text);
                Assert.That(
                    First(byProgram, text), Is.EqualTo(first).Or.EqualTo(First(byOtherEngine, text)), () => $"/{expression}/ over {text}");
                matches += first == "0: " ? 0 : 1;
            }
        }

        Assert.That(matches, Is.GreaterThan(600));
    }

    [Test]
    public void Find_EvilPattern_NeedsLinearTime()
    {
        var program = ProgramOf("(?<x>(a|aa)+)(a|aa)+b", Options, out _, out _)!;
        var machine = new CaptureMachine(program);
        Assert.That(machine.FindAll(new string('a', 20_000), []), Is.Zero);
    }

    [TestCase("(?<x>a*)*", TestName = "Program_EmptyRounds_AreForTheEngine")]
    [TestCase("(?<x>a|b?){2}", TestName = "Program_CountedEmptyRounds_AreForTheEngine")]
    [TestCase("(?x) (?<x>a)", TestName = "Program_WhatTheParserDoesNotKnow_IsForTheEngine")]
    public void Program_Unlike_IsNone(string expression) => Assert.That(ProgramOf(expression, Options, out _, out _), Is.Null);

    [TestCase("(?:)?")]
    [TestCase("(?:(?:)(?:)*)+?")]
    [TestCase("(?:){3}")]
    public void Find_RepeatedEmptySequence_IsNothing(string empty)
    {
        string expression = $@"(?<q>b*{empty}1*?\s)";
        var program = ProgramOf(expression, Options, out var engine, out string[] names)!;
        var captures = new LineCaptures.OfRegex(engine, names, LinePattern.OfRegex(expression, Options, () => engine.Regex), program);
        Assert.That(captures.Find("1ab_ab- 1e a1ex--x "u8, []), Is.EqualTo(3));
    }

    [Test]
    public void Find_LongLine_IsForTheEngine()
    {
        var program = ProgramOf("b(?<x>a+)", Options, out var engine, out string[] names)!;
        var captures = new LineCaptures.OfRegex(engine, names, LinePattern.OfRegex("b(?<x>a+)", Options, () => engine.Regex), program);
        Assert.That(Found(captures, [(byte)'b', .. Enumerable.Repeat((byte)'a', 1_000_000)]), Is.EqualTo("1: 1+1000000"));
    }

    private static string NameGroups(string expression, Random random)
    {
        string[] parts = expression.Split("(?<n>");
        var named = new StringBuilder(parts[0]);
        for (int i = 1; i < parts.Length; i++)
            named.Append($"(?<{"nmo"[random.Next(3)]}>").Append(parts[i]);
        return random.Next(2) == 0 ? $"(?<all>{named})" : named.ToString();
    }

    private static CaptureProgram? ProgramOf(string expression, RegexOptions options, out PatternEngine engine, out string[] names)
    {
        engine = null!;
        names = [];
        try
        {
            _ = new Regex(expression, options | RegexOptions.NonBacktracking);
            engine = new PatternEngine(expression, options);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }

        names = [.. engine.Regex.GetGroupNames().Where(name => !int.TryParse(name, out _))];
        return names.Length > 0 && PatternParser.Parse(expression, options, keepsCaptures: true) is { HasEmptyRound: false } node
            ? CaptureProgram.Of(node, names)
            : null;
    }

    private static string Found(LineCaptures captures, byte[] line)
    {
        var places = new List<CapturePlace>();
        return Show(captures.Find(line, places), places);
    }

    private static string First(TextCaptures captures, string text)
    {
        var places = new List<CapturePlace>();
        return Show(captures.Find(text, places, most: 1), places);
    }

    private static string Show(int count, List<CapturePlace> places) =>
        $"{count}: {string.Join(' ', places.Select(place => place.IsNone ? "-" : $"{place.Start}+{place.Length}"))}";
}
