using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Answers;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>What stages allocate does not grow with the number of lines.</summary>
internal sealed class AllocationTests
{
    /// <summary>So many that the ranges that are read ahead, which this thread or another makes, are less than an object for each.</summary>
    private const int LineCount = 100_000;

    private const int SmallestObjectBytes = 24;
    private const int MostRuns = 40;
    private const long MostForALine = 2_600;
    private const string Template = "\"{day} {clock} {level} host={host} took={ms}ms {rest}\"";

    [TestCase("grep /refused|timeout/ | count")]
    [TestCase("grep /took/ | where it contains \"refused\" | count")]
    [TestCase("grep /took/ not | where it contains \"refused\" | count")]
    [TestCase("lines | where it contains \"refused\" | count")]
    [TestCase("lines | where it contains \"refused\" and not it contains \"web-1\" | count")]
    [TestCase("lines | where it matches /refus(ed|al)/ or it starts with \"2027\" | count")]
    [TestCase("lines | where it contains \"refused\" | count by it")]
    [TestCase("lines | count by it")]
    [TestCase("lines | distinct | count")]
    [TestCase("words | count by it")]
    [TestCase("split /[ =]+/ | where it starts with \"web\" | count")]
    [TestCase("lines | where length(it) > 60 | count")]
    [TestCase($"extract {Template} | count by host")]
    [TestCase($"extract {Template} | where level == \"error\" | count")]
    [TestCase($"extract {Template} | where level == \"error\" | count by host")]
    [TestCase($"extract {Template} as {{ms: number}} | sum ms")]
    [TestCase($"extract {Template} as {{ms: number}} | sum ms by host")]
    [TestCase($"extract {Template} as {{ms: number}} | max ms")]
    [TestCase($"extract {Template} as {{ms: number}} | top 3 by ms")]
    [TestCase($"extract {Template} as {{ms: number}} | where ms > 50 and level in [\"error\", \"fatal\"] | top 3 by ms")]
    [TestCase($"extract {Template} | top 3 by number(ms)")]
    [TestCase($"extract {Template} | top 3 by ms")]
    [TestCase($"extract {Template} | max ms by host")]
    [TestCase($"extract {Template} | share level == \"error\" by host")]
    public void Stages_OverLines_AllocateNothingForEach(string stages)
    {
        Assert.That(Grown(stages, Line), Is.LessThan(SmallestObjectBytes), "bytes a line");
    }

    [TestCase("parse csv | where price > 5 | count")]
    [TestCase("parse csv | where name == \"nut\" | count by day")]
    [TestCase("parse csv | sum price by name")]
    [TestCase("parse csv | where day > date(\"2026-03-04\") | count")]
    [TestCase("parse csv | count by price")]
    [TestCase("parse csv | where price == \"1.5\" | count")]
    [TestCase("parse csv | where price < 3 and day >= \"2026-03-04\" | count")]
    [TestCase("parse csv | max price")]
    [TestCase("parse csv | max day by name")]
    [TestCase("parse csv | top 3 by price")]
    [TestCase("parse csv | min name")]
    public void Stages_OverCells_AllocateNothingForEach(string stages)
    {
        Assert.That(
            Grown(stages, number =>
                number == 0 ? "name,price,day" : $"{(number % 3 == 0 ? "nut" : "bolt")},{number % 10}.5,2026-03-0{1 + (number % 7)}"),
            Is.LessThan(SmallestObjectBytes),
            "bytes a row");
    }

    [TestCase("parse jsonl | where price > 5 | count")]
    [TestCase("parse jsonl | where name == \"nut\" | sum price by name")]
    public void Stages_OverJson_AllocateNothingForEach(string stages)
    {
        Assert.That(
            Grown(stages, number =>
                $$"""{"name": "{{(number % 3 == 0 ? "nut" : "bolt")}}", "tags": ["a\n"], "price": {{number % 10}}.5}"""),
            Is.LessThan(SmallestObjectBytes),
            "bytes a row");
    }

    [TestCase("extract /host=(?<host>\\S+) .*took=(?<ms>\\d+)/ | where ms > 50 | count by host")]
    public void Stages_OverCapturesOfRegex_AllocateNothingForEach(string stages)
    {
        Assert.That(Grown(stages, Line), Is.LessThan(SmallestObjectBytes), "bytes a line");
    }

    [TestCase("extract /host=(?<host>\\S+) .*took=(?<ms>\\d+)/ | count by host")]
    [TestCase($"extract {Template} as {{ms: number}} | sum ms by host")]
    [TestCase("grep /took=7/ | count by it")]
    [TestCase("lines | count by it")]
    [TestCase("paragraphs | count by it")]
    [TestCase("sentences | count by it")]
    [TestCase("words | count by it")]
    [TestCase("split /=/ | count by it")]
    [TestCase("split \"=\" | count by it")]
    public void Stages_OverListsOfTexts_PrepareNothingForEach(string stages)
    {
        Assert.That(
            Grown($"lines | {stages}", Line, MostForALine),
            Is.LessThanOrEqualTo(MostForALine),
            "bytes a line, of which no machine, window or list is made");
    }

    private static string Line(int number) =>
        $"2026-03-24 22:23:{number % 60:00} {(number % 5 == 0 ? "error" : "info")} host=web-{number % 4} took={number % 100}ms {(number % 11 == 0 ? "refused" : "ok")}";

    /// <summary>
    /// The bytes that a line more costs. The first runs fill pools and caches, and code that is not optimised yet boxes: the least of as many runs as it takes to come
    /// down to what is allowed.
    /// </summary>
    private static long Grown(string stages, Func<int, string> line, long allowed = SmallestObjectBytes - 1)
    {
        var once = new Run(stages, LineCount, line);
        var twice = new Run(stages, 2 * LineCount, line);
        once.Allocated();
        twice.Allocated();
        long grown, leastOnce = long.MaxValue, leastTwice = long.MaxValue;
        int runs = 0;
        do
        {
            leastOnce = Math.Min(leastOnce, once.Allocated());
            leastTwice = Math.Min(leastTwice, twice.Allocated());
            grown = (leastTwice - leastOnce) / LineCount;
        }
        while (grown > allowed && ++runs < MostRuns);
        return grown;
    }

    private sealed class Run
    {
        private readonly BoundPipeline _pipeline;
        private readonly Dictionary<VariableSymbol, Value> _variables;

        public Run(string stages, int lines, Func<int, string> line)
        {
            var text = TextSource.FromBytes(
                Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, lines).Select(number => line(number) + "\n"))));
            var environment = new VariableTable([RlmVariable.Text("context", text)]);
            var program = environment.Compile(new SourceText($"answer context | {stages}", "program"), new ProgramRules([]));
            Assert.That(program.Diagnostics.Select(diagnostic => diagnostic.Message), Is.Empty);
            _pipeline = ((BoundAnswer)program.Bound!.Statements[0]).Value;
            _variables = new(environment.Values);
        }

        public long Allocated()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            _ = ListValue.Keep(StageEvaluator.Evaluate(
                _pipeline, null, new EvaluationContext(_variables, CancellationToken.None) { Operators = OperatorTable.ByName }));
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
