using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class CaptureTemplateTests
{
    private static readonly string[] Texts = [" ", "  ", ": ", " || ", "=", ",", " at ", "é", "aa", " a", "a ", "\t", "[", "] "];
    private static readonly string[] Pieces = [" ", "  ", "\t", ":", ": ", "||", " || ", "=", ",", "at", "é", "a", "aa", "b", "1",
        "[", "]", "😀"];

    [Test]
    public void Find_RandomTemplatesAndLines_EqualsRegexOrAsksIt()
    {
        var random = new Random(7);
        int found = 0, asked = 0;
        for (int i = 0; i < 1_500; i++)
        {
            string template = string.Concat(Enumerable.Range(0, random.Next(1, 4))
                .Select(field => (field == 0 && random.Next(2) == 0 ? "" : Pick(Texts)) + $"{{f{field}}}"))
                + (random.Next(3) == 0 ? Pick(Texts) : "");
            var pattern = PatternOf(template);
            if (pattern.Texts is not { } texts || CaptureTemplate.Of(texts) is not { } matcher)
                continue;

            var regex = new Regex(pattern.Regex!, RegexOptions.CultureInvariant | RegexOptions.Multiline);
            for (int j = 0; j < 40; j++)
            {
                string line = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => Pick(Pieces)));
                var expected = regex.Matches(line).Where(match => match.Length > 0)
                    .Select(match => string.Join('\u0001', pattern.Captures.Select(name => match.Groups[name].Value))).ToList();
                if (Rows(matcher, line, pattern.Captures.Count) is not { } rows)
                {
                    asked++;
                    continue;
                }

                Assert.That(rows, Is.EqualTo(expected), () => $"{template} over `{line}`");
                found += rows.Count;
            }
        }

        Assert.That(found, Is.GreaterThan(10_000), "matches");
        Assert.That(asked, Is.LessThan(40_000), "lines that only the regex can tell of");

        T Pick<T>(T[] items) => items[random.Next(items.Length)];
    }

    private static BoundPattern PatternOf(string template)
    {
        var program = RlmProgram.Compile($"context | extract \"{template.Replace("\t", "\\t", StringComparison.Ordinal)}\"").Bound!;
        return ((BoundShow)program.Statements[0]).Value.Stages[^1].Get(Slots.CapturePattern);
    }

    private static List<string>? Rows(CaptureTemplate template, string line, int captureCount)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line);
        var rows = new List<string>();
        var captures = new Range[captureCount];
        for (int at = 0; ;)
        {
            switch (template.Find(bytes, ref at, captures))
            {
                case CaptureOutcome.None:
                    return rows;
                case CaptureOutcome.Unknown:
                    return null;
            }

            rows.Add(string.Join('\u0001', captures.Select(range => Encoding.UTF8.GetString(bytes[range]))));
        }
    }
}
