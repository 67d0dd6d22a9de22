using System.Reflection;

namespace Rlm.Generators.Tests.Pipelines;

/// <summary>Pipelines that give and take values of every type.</summary>
internal sealed class PipelineTypeTests
{
    private const string Types = """
        public enum Kind { Disk, NetWork }
        public sealed record Fault(string Host, int Times, Kind? Kind = null);
        public class Plain { public required string Name { get; init; } public DateOnly? Day { get; set; } public string Shown => Name; }
        """;

    [TestCase("Task<int>", "context | lines | count", "{result}", "3")]
    [TestCase("ValueTask<long>", "answer 4_000_000_000", "{result}", "4000000000")]
    [TestCase("Task<double>", "answer 1 / 4", "{result}", "0.25")]
    [TestCase("Task<decimal>", "answer \"0.10\"", "{result}", "0.1")]
    [TestCase("Task<bool>", "answer 2 > 1", "{result}", "True")]
    [TestCase("Task<DateOnly>", "answer date(\"1 March 2026\")", "{result:yyyy-MM-dd}", "2026-03-01")]
    [TestCase("Task<DateTime>", "answer date(\"2026-03-01 10:20\")", "{result:s}", "2026-03-01T10:20:00")]
    [TestCase("Task<DateTimeOffset>", "answer date(\"2026-03-01T10:20:00+02:00\")", "{result:o}", "2026-03-01T10:20:00.0000000+02:00")]
    [TestCase("Task<TimeSpan>", "answer 90s * 2", "{result}", "00:03:00")]
    [TestCase("Task<TimeSpan?>", "answer none", "{result == null}", "True")]
    [TestCase("Task<Guid>", "answer \"0f8fad5b-d9cb-469f-a165-70867728950e\"", "{result:N}", "0f8fad5bd9cb469fa16570867728950e")]
    [TestCase("Task<Kind>", "answer \"network\"", "{result}", "NetWork")]
    [TestCase("Task<Kind?>", "answer none", "{result is null}", "True")]
    [TestCase("Task<string?>", "answer \"a\"", "{result}", "a")]
    [TestCase("ValueTask<string>", "context | lines | first", "{result}", "a 1")]
    [TestCase("Task<List<string>>", "context | lines", "{string.Join(',', result)}", "a 1,b 2,b 3")]
    [TestCase("Task<int[]>", "context | extract /(?<n>\\d)/ | get n", "{result.Sum()}", "6")]
    [TestCase("Task<IReadOnlyList<int?>>", "answer [1, none]", "{result.Count}{result[1] is null}", "2True")]
    [TestCase("Task<Fault>", "answer {host: \"a\", times: 2, kind: \"Disk\"}", "{result.Host} {result.Times} {result.Kind}", "a 2 Disk")]
    [TestCase("Task<Fault>", "answer {host: \"a\", times: 2, kind: none}", "{result}", "Fault { Host = a, Times = 2, Kind =  }")]
    [TestCase("Task<IReadOnlyList<Fault>>", "context | extract \"{host} {n}\" | aggregate times = sum(n) by host | extend kind = none", "{string.Join(' ', result)}", "Fault { Host = a, Times = 1, Kind =  } Fault { Host = b, Times = 5, Kind =  }")]
    [TestCase("Task<Plain>", "answer {name: \"x\", day: date(\"2026-03-01\")}", "{result.Name} {result.Day:yyyy}", "x 2026")]
    [TestCase("Task<(int A, string B)>", "answer {a: 1, b: \"x\"}", "{result.A}{result.B}", "1x")]
    [TestCase("Task<Dictionary<string, int>>", "context | extract \"{host} {n}\" | count by host", "{result[\"b\"]}", "2")]
    [TestCase("Task<IReadOnlyDictionary<Kind, bool>>", "answer {disk: true}", "{result[Kind.Disk]}", "True")]
    [TestCase("Task<Dictionary<int, List<int>>>", "answer {`3`: [1, 2]}", "{result[3].Count}", "2")]
    [TestCase("Task<RlmResult<int>>", "context | lines | count", "{result.Value} {result.Outcome}", "3 Answered")]
    [TestCase("ValueTask<RlmResult<Fault?>>", "answer none", "{result.HasValue} {result.Value is null}", "True True")]
    public async Task Run_Result_IsOfTheMethodsType(string type, string program, string shown, string expected) =>
        Assert.That(await RunAsync(type, "", "", program, shown), Is.EqualTo(expected));

    [TestCase("int n", "7", "answer n + 1", "8")]
    [TestCase("double? n", "null", "answer coalesce(n, 2)", "2")]
    [TestCase("bool yes", "true", "answer if yes then 1 else 2", "1")]
    [TestCase("DateOnly day", "new(2026, 3, 1)", "answer month(day)", "3")]
    [TestCase("DateTimeOffset moment", "new DateTimeOffset(2026, 3, 1, 10, 20, 0, TimeSpan.FromHours(2))", "answer hour(moment)", "10")]
    [TestCase("TimeSpan wait", "TimeSpan.FromMinutes(2)", "answer date(\"2026-03-01 10:00\") + wait", "2026-03-01 10:02")]
    [TestCase("Kind kind", "Kind.NetWork", "answer kind == \"NetWork\"", "true")]
    [TestCase("Guid id", "Guid.Empty", "answer length(id)", "36")]
    [TestCase("string[] words", "[\"a\", \"bc\"]", "context | lines | where it contains words[1] | count", "0")]
    [TestCase("IReadOnlyList<string> words", "[\"b\"]", "context | lines | where slice(it, 0, 1) in words | count", "2")]
    [TestCase("Fault fault", "new Fault(\"b\", 2)", "answer \"{fault.host}{fault.times + 1}{fault.kind == none}\"", "b3true")]
    [TestCase("IReadOnlyList<Fault> faults", "[new Fault(\"b\", 2), new Fault(\"c\", 3, Kind.Disk)]", "faults | where kind == \"Disk\" | get times", "3")]
    [TestCase("Dictionary<string, int> sizes", "new() { [\"a\"] = 1, [\"b\"] = 5 }", "sizes | where value > 1 | get key", "b")]
    [TestCase("(int Low, int High) range", "(2, 3)", "answer range.high - range.low", "1")]
    [TestCase("Fault? fault", "null", "answer fault == none", "true")]
    [TestCase("params int[] marks", "1, 2", "answer sum(marks)", "3")]
    public async Task Run_Parameter_IsAVariableOfItsType(string parameter, string argument, string program, string expected) =>
        Assert.That(await RunAsync("Task<string>", ", " + parameter, ", " + argument, program, "{result}"), Is.EqualTo(expected));

    [TestCase("Task<int>", "answer \"many\"", "There is no answer (ProgramErrors): the answer is `many`, and must be a whole number")]
    [TestCase("Task<int>", "answer 1 / 4", "There is no answer (ProgramErrors): the answer is `0.25`, and must be a whole number")]
    [TestCase("Task<byte>", "answer 300", "There is no answer (ProgramErrors): it is not taken: `the answer` takes a whole number from 0 to 255, not 300")]
    [TestCase("Task<Kind>", "answer \"fan\"", "There is no answer (ProgramErrors): the answer is `fan`, and must be one of [\"Disk\", \"NetWork\"]")]
    [TestCase("Task<Guid>", "answer \"x\"", "There is no answer (ProgramErrors): it is not taken: `the answer` takes a GUID, not \"x\"")]
    [TestCase("Task<List<int>>", "context | lines", "There is no answer (ProgramErrors): item 1 of the answer is `a 1`, and must be a whole number")]
    public void Run_AnswerOfAnotherType_ThrowsWithTheReason(string type, string program, string message) =>
        Assert.That(
            async () => await RunAsync(type, "", "", program, "{result}"), Throws.InvalidOperationException.With.Message.StartsWith($"{message}; the answer must be "));

    [TestCase("int", "answer date(\"2026-03-01\")", "the method gives number, and it is a date", "date(\\\"2026-03-01\\\")")]
    [TestCase("bool", "context | lines | count", "the method gives bool, and it is a number", "context | lines | count")]
    [TestCase("List<DateOnly>", "answer [1, 2]", "the method gives list of date, and an item: it is a number", "[1, 2]")]
    [TestCase("List<int>", "answer 1", "the method gives list of number, and it is a number and no list", "1")]
    [TestCase("Fault", "answer {host: \"a\"}", "the method gives {host: text, times: number, kind: one of [\"Disk\", \"NetWork\"]?}, and `times` is missing", "{host: \\\"a\\\"}")]
    [TestCase("Fault", "answer {host: \"a\", times: 1 > 2, kind: none}", "the method gives {host: text, times: number, kind: one of [\"Disk\", \"NetWork\"]?}, and `times`: it is a bool", "{host: \\\"a\\\", times: 1 > 2, kind: none}")]
    [TestCase("TimeSpan", "answer 3", "the method gives duration, and it is a number", "3")]
    [TestCase("Dictionary<string, int>", "answer 3", "the method gives list of {key: text, value: number}, and it is a number, and neither a record nor rows", "3")]
    public void Report_AnswerOfAnotherType_PointsAtIt(string type, string program, string message, string place)
    {
        var run = new GeneratorRun(Source($"Task<{type}>", "", "", program, "{result}"));

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.GetMessage(null), run.TextAt(diagnostic))),
            Is.EqualTo(new[] { ("RLM9107", message, place) }));
    }

    [TestCase("answer \"7\"")]
    [TestCase("answer [7]")]
    [TestCase("context | lines | llm \"How many?\"")]
    [TestCase("context | lines | count | extend x = 1 | get x")]
    public void Report_AnswerThatMayFit_SaysNothing(string program) =>
        Assert.That(new GeneratorRun(Source("Task<int>", "", "", program, "{result}")).Diagnostics
            .Where(diagnostic => diagnostic.Id == "RLM9107"), Is.Empty);

    private static async Task<string> RunAsync(string type, string parameters, string arguments, string program, string shown)
    {
        var run = new GeneratorRun(Source(type, parameters, arguments, program, shown));
        Assert.That(run.Diagnostics.Where(diagnostic => diagnostic.Severity != Microsoft.CodeAnalysis.DiagnosticSeverity.Info), Is.Empty);
        var method = run.Load().GetType("Reports")!.GetMethod("ShowAsync", BindingFlags.Static | BindingFlags.Public)!;
        return await (Task<string>)method.Invoke(null, [new ScriptedChatClient(), TextSource.FromString("a 1\nb 2\nb 3")])!;
    }

    private static string Source(string type, string parameters, string arguments, string program, string shown) => $$"""
        {{Types}}
        public static partial class Reports
        {
            [RlmPipeline({{Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(program, quote: true)}})]
            public static partial {{type}} RunAsync(IChatClient model, TextSource context{{parameters}});

            public static async Task<string> ShowAsync(IChatClient model, TextSource context)
            {
                var result = await RunAsync(model, context{{arguments}});
                return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{{shown}}");
            }
        }
        """;
}
