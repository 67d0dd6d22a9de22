using System.Text;
using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class MatchWindowsTests
{
    // The engine that goes back: the other one misses matches after an İ that is optional and ignores case.
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>
    /// 40,000 pairs of a pattern and a text of several lines; RLM_FUZZ_PATTERNS makes it more patterns of 20 texts, RLM_FUZZ_SEED others.
    /// </summary>
    [Test]
    public void Find_RandomPatternsAndWindows_EqualsEngineOverTheWhole()
    {
        int patterns = int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_PATTERNS") ?? "2000", null);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_SEED") ?? "20261127", null));
        var generator = new RandomPattern(random);
        int matches = 0;
        for (int made = 0; made < patterns;)
        {
            string expression = generator.Regex();
            if (ProgramOf(expression) is not { } program)
                continue;

            made++;
            var regex = new Regex(expression, Options);
            for (int i = 0; i < 20; i++)
            {
                byte[] bytes = generator.Text();
                var windows = new MatchWindows(TextSource.FromBytes(bytes).Whole, program, null, CancellationToken.None, random.Next(8, 40));
                string found = string.Join(' ', windows.Find().Select(match => $"{match.Slice.Start}+{match.Slice.Length}"));
                Assert.That(found, Is.EqualTo(Expected(regex, bytes)), () => $"/{expression}/ over {Convert.ToHexString(bytes)}");
                Assert.That(windows.IsFinished);
                matches += found.Count(c => c == '+');
            }
        }

        Assert.That(matches, Is.GreaterThan(patterns * 20));
    }

    [Test]
    public void Find_MatchLongerThanAnyWindow_IsLeftToOthers()
    {
        byte[] text = Encoding.UTF8.GetBytes($"a b{new string('x', 10_000_000)} c");
        var windows = new MatchWindows(TextSource.FromBytes(text).Whole, ProgramOf("(?s) |b.*d")!, null, CancellationToken.None);
        Assert.That((windows.Find().Count(), windows.IsFinished), Is.EqualTo((1, false)));
    }

    private static CaptureProgram? ProgramOf(string expression)
    {
        try
        {
            _ = new Regex(expression, Options);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            return null;
        }

        return expression.Contains("\\A", StringComparison.Ordinal) || expression.Contains("\\z", StringComparison.Ordinal)
            || expression.Contains("\\Z", StringComparison.Ordinal)
            || PatternParser.Parse(expression, Options, keepsCaptures: true) is not { HasEmptyRound: false } node
            ? null
            : CaptureProgram.Of(node);
    }

    private static string Expected(Regex regex, byte[] bytes)
    {
        string text = Encoding.UTF8.GetString(bytes);
        var map = new CharacterMap(bytes, text.Length);
        var found = new List<string>();
        foreach (var match in regex.EnumerateMatches(text))
        {
            int start = map.OffsetOf(match.Index);
            if (match.Length > 0)
                found.Add($"{start}+{map.OffsetOf(match.Index + match.Length) - start}");
        }

        return string.Join(' ', found);
    }
}
