using System.Text;

namespace Rlm.Conformance.Ruler;

/// <summary>A text of RULER with its question: needles of four kinds, variables that name each other, common words.</summary>
/// <param name="Text">The text.</param>
/// <param name="Question">The question.</param>
internal sealed record RulerTask(string Text, Question Question)
{
    private const int CharsInAToken = 4;

    private const string Needles = """let needles = context | extract /special magic number for (?<key>[a-z-]+) is: (?<n>\d+)\./""";

    private static readonly string[] Noise =
    [
        "The grass is green.", "The sky is blue.", "The sun is yellow.", "Here we go.", "There and back again.",
        "What I worked on, before college, was writing and programming.", "One often hears that good ideas look bad at first.",
    ];

    private static readonly string[] Adjectives = "brisk quiet amber distant hollow gentle rapid narrow silver wooden".Split(' ');
    private static readonly string[] Nouns = "harbor lantern meadow compass falcon orchard violin glacier ribbon saddle".Split(' ');

    public override string ToString() => Question.Name;

    public static IEnumerable<RulerTask> All(int tokens, int seed)
    {
        var random = new Random(seed);
        string[] keys = [.. Adjectives.SelectMany(first => Nouns.Select(second => $"{first}-{second}")).OrderBy(_ => random.Next())];
        string Number() => $"{random.Next(1_000_000, 10_000_000)}";

        var one = new[] { (Key: keys[0], Value: Number()) };
        yield return OfNeedles("a needle", one, $"{Needles}\nanswer needles | where key == \"{keys[0]}\" | get n | first", one[0].Value);

        var many = keys.Select(key => (Key: key, Value: Number())).ToArray();
        yield return OfNeedles("a needle among others", many, $"{Needles}\nanswer needles | where key == \"{keys[7]}\" | get n | first", many[7].Value);

        var values = Enumerable.Range(0, 4).Select(_ => (Key: keys[3], Value: Number())).ToArray();
        yield return OfNeedles("needles with one key", values, $"{Needles}\nanswer needles | where key == \"{keys[3]}\" | get n | sort | join \", \"",
            string.Join(", ", values.Select(needle => needle.Value).Order(StringComparer.Ordinal)));

        string[] wanted = [keys[2], keys[5], keys[11], keys[20]];
        yield return OfNeedles("several needles", many, $"{Needles}\nanswer [{string.Join(", ", wanted.Select(key => $"\"{key}\""))}] | map k => (needles | where key == k | get n | first) | join \", \"",
            string.Join(", ", wanted.Select(key => many.First(needle => needle.Key == key).Value)));

        yield return OfVariables();
        yield return OfCommonWords();
        yield return OfFrequentWords();

        RulerTask OfNeedles(string name, (string Key, string Value)[] needles, string program, string answer) =>
            new(Hidden([.. needles.Select(needle => $"One of the special magic numbers for {needle.Key} is: {needle.Value}.".Replace("numbers", "number", StringComparison.Ordinal))]), new Question(name, program, answer));

        string Hidden(string[] sentences)
        {
            var lines = new List<string>();
            for (int chars = 0; chars < tokens * CharsInAToken; chars += lines[^1].Length + 1)
                lines.Add(Noise[random.Next(Noise.Length)]);
            foreach (string sentence in sentences)
                lines.Insert(random.Next(lines.Count), sentence);
            return string.Join('\n', lines);
        }

        RulerTask OfVariables()
        {
            var sentences = new List<string>();
            string[] starts = [Number(), Number(), Number()];
            var names = new Dictionary<string, List<string>>();
            foreach (string start in starts)
            {
                names[start] = [];
                string last = start;
                for (int hop = 0; hop < 4; hop++)
                {
                    string name = string.Concat(Enumerable.Range(0, 5).Select(_ => (char)('A' + random.Next(26))));
                    sentences.Add(hop == 0 ? $"VAR {name} = {last}" : $"VAR {name} = VAR {last}");
                    names[start].Add(name);
                    last = name;
                }
            }

            return new(Hidden([.. sentences.OrderBy(_ => random.Next())]), new Question(
                "variables that name each other",
                $"let steps = context | extract /VAR (?<to>[A-Z]+) = (?:VAR )?(?<from>\\w+)/\nanswer steps | follow \"{starts[1]}\" from from to to | get to | sort | join \", \"",
                string.Join(", ", names[starts[1]].Order(StringComparer.Ordinal))));
        }

        RulerTask OfCommonWords()
        {
            var words = new List<string>();
            string[] common = [.. keys.Take(10)];
            int rare = 0;
            for (int chars = 0; chars < tokens * CharsInAToken; chars += words[^1].Length + 5)
                words.Add(random.Next(4) == 0 ? common[random.Next(10)] : $"{Nouns[rare % 10]}-{Letters(rare++ / 3)}");
            var counts = common.Select(word => words.Count(other => other == word)).ToList();
            string text = string.Join(' ', words.Select((word, i) => $"{i + 1}. {word}"));
            return new(text, new Question("the ten most common words", "answer context | extract /(?<word>[a-z][a-z-]+)/ | count by word | top 10 by count | get word | sort | join \", \"",
                string.Join(", ", common.Order(StringComparer.Ordinal))));
        }

        RulerTask OfFrequentWords()
        {
            var text = new StringBuilder();
            string[] coded = [.. Enumerable.Range(0, 200).Select(i => Letters(i * 37 + 11) + "qx")];
            int[] counts = new int[coded.Length];
            while (text.Length < tokens * CharsInAToken)
            {
                int at = Math.Min((int)(1 / Math.Pow(1 - random.NextDouble(), 1 / 1.2)) - 1, coded.Length - 1);
                counts[at]++;
                text.Append(coded[at]).Append(random.Next(8) == 0 ? " .... " : " ");
            }

            return new(text.ToString(), new Question("the three most frequent coded words", "answer context | words | count by it | top 3 by count | get it | join \", \"",
                string.Join(", ", coded.Select((word, i) => (word, counts[i])).OrderByDescending(pair => pair.Item2).Take(3).Select(pair => pair.word))));
        }
    }

    private static string Letters(int number)
    {
        var letters = new StringBuilder();
        for (int left = number + 700; left > 0; left /= 26)
            letters.Append((char)('a' + (left % 26)));
        return letters.ToString();
    }
}
