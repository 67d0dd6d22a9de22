using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Answers;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Sorting;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Tests.Operators;

/// <summary>
/// A sort compares the start of keys as numbers, and goes on in a file where items take too much memory: the order is that of comparing all
/// keys whole, whatever they are.
/// </summary>
internal sealed class SortOperatorTests
{
    private static readonly SortLimits Spilled = new(200, long.MaxValue);
    private static readonly SortLimits InRuns = new(3000, long.MaxValue);
    private static readonly SortLimits OneByOne = new(1, long.MaxValue);

    private static readonly string[] Texts =
    [
        "", " ", "a", "ab", "abcdefg", "abcdefgh", "abcdefgi", "abcdefghijklmn", "abcdefghijklmno", "abcdefghijklmnp", "ab\0", "ab\0c", "ab\0cdefgh", "abcdef\0", "abcdef\0\0x",
        "é", "\uD7FF", "\uE000", "\uFFFD", "😀", "ab😀cd", "ab\uE000cd", "ab\uFFFDcd", "abcdef😀x", "abcdef\uFFFDx", "z", "Z", new string('q', 700) + "1", new string('q', 700) + "2", new string('q', 1100),
    ];

    private static readonly string[] Numbers =
    [
        "0", "-0.0", "1", "1.0", "-1", "1.5", "-1.5", "0.000001", "0.0000011", "0.0000019", "-0.0000011", "-0.0000019", "1e-28", "-1e-28", "1e-30", "1e300", "-1e300", "1e301",
        "576460752303.423487", "576460752303.423488", "576460752303.4234881", "576460752303.5", "576460752304", "9007199254740993", "9007199254740992.5", "9007199254740994", "1764500000000", "1764500000001",
        "18446744073709551615", "18446744073709551616", "79228162514264337593543950335", "-79228162514264337593543950335", "79228162514264337593543950334", "0.1234567890123456789012345678", "0.1234567890123456789012345679",
        "123456789012.12345678", "123456789012.12345679", "-576460752303.4234881", "-576460752303.423488", "-576460752304.5", "-576460752304",
    ];

    private static readonly string[] Dates = ["2026-01-02", "2026-01-02T00:00:00Z", "2026-01-02T00:00:00.0000001Z", "2026-01-02T01:00:00+01:00", "0001-01-01", "9999-12-31T23:59:59.9999999Z", "20260102", "10:30", "2025"];

    private static readonly TextSlice Lines = TextSource.FromString(string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i % 37} line {i % 11}\n")), "source").Whole;

    [Test]
    public void Sort_OfAnyValues_IsThatOfWholeKeys([Range(0, 399)] int seed)
    {
        var random = new Random(seed);
        Func<Random, Value>[] makers = [.. Makers.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Makers[0])];
        Value[] values = [.. Enumerable.Range(0, random.Next(80)).Select(_ => makers[random.Next(makers.Length)](random))];
        string[] expected = [.. Ordered(values).Select(Described)];

        Assert.Multiple(() =>
        {
            Assert.That(Sorted(ListValue.Of(values), null), Is.EqualTo(expected), "in memory");
            Assert.That(Sorted(ListValue.Stream(values.Select(value => value)), null), Is.EqualTo(expected), "read once");
            Assert.That(Sorted(ListValue.Stream(values.Select(value => value)), Spilled), Is.EqualTo(expected), "spilled");
            Assert.That(Sorted(ListValue.Stream(values.Select(value => value)), OneByOne), Is.EqualTo(expected), "spilled one by one");
        });
    }

    [Test]
    public void Sort_ThatSpills_IsThatInMemory([Range(0, 199)] int seed)
    {
        var random = new Random(seed);
        string[][] pools = [.. new[] { Texts, Numbers, Dates, ["7", "12", "x", ""] }.Where(_ => random.Next(2) == 0).DefaultIfEmpty(Numbers)];
        string Cell()
        {
            string[] pool = pools[random.Next(pools.Length)];
            return $"\"{pool[random.Next(pool.Length)].Replace("\0", random.Next(2) == 0 ? "\"\"" : "", StringComparison.Ordinal)}\"";
        }

        string table = "k,v\n" + string.Concat(Enumerable.Range(0, random.Next(200)).Select(_ => $"{Cell()},{Cell()}\n"));
        string first = random.Next(2) == 0 ? " desc" : "", second = random.Next(2) == 0 ? " desc" : "";
        string where = random.Next(3) == 0 ? " | where k != \"7\"" : "";
        string then = random.Next(6) switch { 0 => "last 3", 1 => "last 90", 2 => "first 2000", 3 => "first 9", 4 => "sort by v | first 3000", _ => "skip 2" };
        string both = $"parse csv{where} | sort by k{first}, v{second} | {then}";
        string oneByOne = $"parse csv{where} | sort by v{second} | sort by k{first} | {then}";

        string expected = Answer(both, table, SortLimits.Default);
        Assert.Multiple(() =>
        {
            Assert.That(Answer(both, table, Spilled), Is.EqualTo(expected), $"{both}\n{table}");
            Assert.That(Answer(both, table, InRuns), Is.EqualTo(expected), $"{both}\n{table}");
            if (!then.Contains("sort", StringComparison.Ordinal))
                Assert.That(Answer(oneByOne, table, Spilled).Split("\nnote:")[0], Is.EqualTo(expected.Split("\nnote:")[0]), $"{oneByOne}\n{table}");
        });
    }

    [Test]
    public void Sort_OfRowsThatSpill_LeavesEachItsPlace()
    {
        string table = "k,v\n" + string.Concat(Enumerable.Range(0, 500).Select(i => $"{i * 7919 % 500},\"a \"\"{i}\"\"\"\n"));

        string[] placed = Answer("parse csv | sort by k | map \"{k} {v} {line}\"", table, Spilled).Split('\n');

        Assert.That(placed, Is.EqualTo(
            Enumerable.Range(0, 500).OrderBy(i => i * 7919 % 500).Select(i => $"{i * 7919 % 500} a \"{i}\" {i + 2}")));
    }

    [Test]
    public void Sort_BeyondItsFile_SaysWhatToDo()
    {
        string lines = string.Concat(Enumerable.Range(0, 60_000).Select(i => $"line {i}\n"));

        var error = Assert.Throws<EvaluationException>(() => Answer("lines | sort", lines, new SortLimits(200_000, 1 << 20)));

        Assert.That(error!.Message, Is.EqualTo("`sort` needs a temporary file of more than 1 MiB"));
        Assert.That(error.Help, Is.EqualTo("keep less of what it sorts with `where`, `select` or `first` before it"));
    }

    private static readonly Func<Random, Value>[] Makers =
    [
        random => new TextValue(Numbers[random.Next(Numbers.Length)]),
        random => new NumberValue(Number.Parse(Numbers[random.Next(Numbers.Length)])!.Value),
        random => new TextValue(Texts[random.Next(Texts.Length)]),
        random => SliceOf(Texts[random.Next(Texts.Length)]),
        random => SliceOf(Numbers[random.Next(Numbers.Length)]),
        random => SliceOf(Dates[random.Next(Dates.Length)]),
        random => new DateValue(PointInTime.OfTime(new DateTime(random.NextInt64(DateTime.MaxValue.Ticks)), random.Next(2) == 0 ? null : TimeSpan.FromHours(random.Next(-12, 13)))),
        random => new DateValue(PointInTime.OfDay(new DateTime(2026, 1, 1 + random.Next(5)))),
        random => random.Next(2) == 0 ? NoneValue.Instance : new FailedValue("why"),
        random => BoolValue.Of(random.Next(2) == 0),
        random => new DurationValue(TimeSpan.FromMinutes(random.Next(5))),
        random => ListValue.Of([new NumberValue(random.Next(3)), new TextValue(Texts[random.Next(Texts.Length)])]),
        random => new TextValue(Lines with { Start = random.Next(2000), Length = random.Next(1300) }),
    ];

    private static TextValue SliceOf(string text) => new(TextSource.FromBytes(Encoding.UTF8.GetBytes(text), "slice").Whole);

    /// <summary>The values by all of their keys, what failed behind them, the earlier of equal ones first.</summary>
    private static IEnumerable<Value> Ordered(Value[] values)
    {
        var vote = new KeyVote();
        foreach (var value in values)
            vote.Add(new KeyCell(Cell.Of(value)));
        return values.OrderBy(Unknown.IsApart).ThenBy(value => new OrderKey(new KeyCell(Cell.Of(value)), value), new KeyOrder(vote.Reading, isDescending: false));
    }

    private static string[] Sorted(ListValue list, SortLimits? limits) =>
        [.. ((ListValue)new StageRun(new SortOperator(), limits).Stream(list)).Items.Select(Described)];

    private static string Described(Value value) => $"{value.GetType().Name} {ValueRenderer.InTemplate(value)} {(value as TextValue)?.Provenance?.Start}";

    /// <summary>What stages give of a text, with their notes.</summary>
    private static string Answer(string stages, string text, SortLimits limits)
    {
        var environment = new VariableTable([RlmVariable.Text("context", TextSource.FromString(text, "text"))]);
        var program = environment.Compile(new SourceText($"answer context | {stages}", "program"), new ProgramRules([]));
        Assert.That(program.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
        var evaluation = new EvaluationContext(new Dictionary<VariableSymbol, Value>(environment.Values), CancellationToken.None)
        { Operators = OperatorTable.ByName, SortLimits = limits };
        var answer = ListValue.Keep(StageEvaluator.Evaluate(((BoundAnswer)program.Bound!.Statements[0]).Value, null, evaluation));
        return ValueRenderer.AsAnswer(answer) + string.Concat(evaluation.Notes.Select(note => $"\nnote: {note}"));
    }
}
