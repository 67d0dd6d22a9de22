using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class CaptureChainTests
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.Multiline;

    private static readonly string[] Atoms =
        ["a", "b", "ab", "ba", "=", " ", "é", "k=", @"\w", @"\d", @"\s", @"\S", ".", "[^ ]", "[^b]", "[ab]", "[a-z]", "[é=]", @"\W", "\U0001F642"];

    private static readonly string[] Counts = ["", "", "", "+", "*", "?", "+?", "*?", "{2}", "{1,3}", "{2,}", "{1,2}?"];

    private static readonly string[] Places = ["^", "$", @"\b", @"\B"];

    private static readonly byte[][] Bytes =
        [.. new[] { "a", "b", "ab", "ba", "=", " ", "é", "k=", "1", "22", "_", "\u212A", "\u00A0", "K", "\t", "\U0001F642", "a=b " }.Select(Encode), [0xC3], [0xA9]];

    [Test]
    public void Find_RandomChains_EqualsEngine()
    {
        int patterns = int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_PATTERNS") ?? "3000", null);
        var random = new Random(int.Parse(Environment.GetEnvironmentVariable("RLM_FUZZ_SEED") ?? "20261130", null));
        int chains = 0, told = 0, matches = 0;
        for (int made = 0; made < patterns; made++)
        {
            string expression = MakePattern(random);
            var options = random.Next(5) == 0 ? Options | RegexOptions.IgnoreCase : Options;
            var regex = new Regex(expression, options);
            string[] names = [.. regex.GetGroupNames().Where(name => !int.TryParse(name, out _))];
            if (PatternParser.Parse(expression, options, keepsCaptures: true) is not { HasEmptyRound: false } node
                || CaptureChain.Of(node, names) is not { } chain)
                continue;

            chains++;
            var byEngine = new LineCaptures.OfRegex(new PatternEngine(expression, options), names, LinePattern.OfRegex(expression, options, () => regex), null);
            for (int i = 0; i < 20; i++)
            {
                byte[] line = [.. Enumerable.Range(0, random.Next(12)).SelectMany(_ => Bytes[random.Next(Bytes.Length)])];
                List<CapturePlace> expected = [], places = [new CapturePlace(7, 7)];
                int count = byEngine.Find(line, expected);
                if (chain.Find(line, places) is not { } found)
                {
                    Assert.That(places, Has.Count.EqualTo(1));
                    continue;
                }

                told++;
                matches += found;
                string At() => $"/{expression}/ {options} over {Convert.ToHexString(line)}";
                Assert.That(found, Is.EqualTo(count), At);
                Assert.That(places.Skip(1), Is.EqualTo(expected), At);
            }
        }

        Assert.That(chains, Is.GreaterThan(patterns / 4), "chains");
        Assert.That(told, Is.GreaterThan(patterns * 3), "lines that chains can tell");
        Assert.That(matches, Is.GreaterThan(patterns), "matches");
    }

    [TestCase(@"took (?<ms>\d+) ms", true)]
    [TestCase(@"host=(?<host>\S+) .* took=(?<ms>\d+)", true)]
    [TestCase(@"(?<key>\w+)=(?<value>[^ ]*)", true)]
    [TestCase(@"^(?<day>\d{4}-\d{2}-\d{2})T(?<time>\S+) \[(?<level>[A-Z]+)\] (?<rest>.*)$", true)]
    [TestCase("\"(?<text>.*?)\"", true)]
    [TestCase(@"(?<a>x)?y", false)]
    [TestCase(@"(?<a>x|y)", false)]
    [TestCase(@"(?<a>\w+)\d", false)]
    [TestCase(@"(?<a>x.*?)", false)]
    [TestCase("\uFFFD(?<a>x)", false)]
    public void Of_Pattern_IsChainWhereEachStepEndsInOnePlace(string expression, bool isChain)
    {
        string[] names = [.. new Regex(expression).GetGroupNames().Skip(1)];
        Assert.That(CaptureChain.Of(PatternParser.Parse(expression, Options, keepsCaptures: true)!, names), isChain ? Is.Not.Null : Is.Null);
    }

    [Test]
    public void Find_LineOfManyStarts_IsForTheMachine()
    {
        var chain = CaptureChain.Of(PatternParser.Parse("a(?<x>[^b]*)b", Options, keepsCaptures: true)!, ["x"])!;
        byte[] line = new byte[1_000_000];
        line.AsSpan().Fill((byte)'a');
        List<CapturePlace> places = [];
        Assert.That(chain.Find(line, places), Is.Null);
        Assert.That(places, Is.Empty);
        Assert.That(chain.Find([.. line, (byte)'b'], places), Is.EqualTo(1));
    }

    private static string MakePattern(Random random)
    {
        var parts = new List<string>();
        for (int i = random.Next(1, 6); i > 0; i--)
        {
            if (random.Next(10) == 0)
                parts.Add(Places[random.Next(Places.Length)]);
            string atom = Atoms[random.Next(Atoms.Length)], count = Counts[random.Next(Counts.Length)];
            string part = (count.Length > 0 && !atom.StartsWith('\\') && !atom.StartsWith('[') ? $"(?:{atom})" : atom) + count;
            parts.Add(random.Next(3) == 0 ? $"(?<n{i}>{part})" : part);
        }

        string all = string.Concat(parts);
        return all.Contains("(?<", StringComparison.Ordinal) && random.Next(3) > 0 ? all : $"(?<all>{all})";
    }

    private static byte[] Encode(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
