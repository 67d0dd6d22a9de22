using System.Diagnostics;

namespace Rlm.Dsl.Tests.Parsing;

/// <summary>Hostile programs: a diagnostic, soon, on the stack that a compiler gives its threads.</summary>
internal sealed class ParseLimitsTests
{
    private const int StackBytes = 1_500_000;

    private static IEnumerable<TestCaseData> Refused =>
    [
        Case("100,000 parentheses", "answer " + Times("(", 100_000), "RLM4002"),
        Case("brackets", "answer " + Times("[", 100_000), "RLM4002"),
        Case("records", "answer " + Times("{a: ", 40_000), "RLM4002"),
        Case("not", "answer " + Times("not ", 40_000) + "true", "RLM4002"),
        Case("exclamation marks", "answer " + Times("!", 100_000), "RLM4002"),
        Case("minus", "answer " + Times("- ", 90_000) + "1", "RLM4002"),
        Case("holes", "answer " + Times("\"{lower(", 20_000), "RLM4002"),
        Case("if", "answer " + Times("if true then ", 10_000), "RLM4002"),
        Case("else if", "answer " + Times("if true then 1 else ", 9_000) + "1", "RLM4002"),
        Case("calls", "answer " + Times("lower(", 30_000), "RLM4002"),
        Case("map in map", "context | lines | " + Times("map(", 40_000), "RLM4002"),
        Case("lambdas", "context | lines | map " + Times("x => ", 30_000) + "x", "RLM4002"),
        Case("lists of lists", "context | llm \"?\" as " + Times("list of ", 20_000) + "text", "RLM4002"),
        Case("record types", "context | llm \"?\" as " + Times("{a: ", 40_000), "RLM4002"),
        Case("a long sum", "answer 1" + Times(" + 1", 40_000), "RLM4002"),
        Case("a long condition", "context | lines | where true" + Times(" and true or false", 10_000), "RLM4002"),
        Case("members", "let a = context\nanswer a" + Times(".b", 90_000), "RLM4002"),
        Case("indexes", "let a = context\nanswer a" + Times("[0]", 60_000), "RLM4002"),
        Case("methods", "answer \"a\"" + Times(".lower()", 20_000), "RLM4002"),
        Case("a megabyte", Times("context | lines | count\n", 45_000), "RLM4001"),
        Case("many wrong lines", Times("context | cuont\n", 10_000), "RLM2001"),
        Case("many wrong statements", Times("context | count by\n", 9_000), "RLM1002"),
        Case("quotes", Times("\"", 150_001), "RLM1002"),
        Case("slashes", "answer " + Times("/", 150_000), "RLM1002"),
        Case("repeated options", "context | llm \"?\" as text" + Times(" or none", 20_000), "RLM2006"),
    ];

    private static IEnumerable<TestCaseData> Accepted =>
    [
        Case("60 parentheses", "answer " + Times("(", 60) + "1" + Times(")", 60), null),
        Case("60 calls", "answer " + Times("lower(", 60) + "\"a\"" + Times(")", 60), null),
        Case("60 lists", "answer " + Times("[", 60) + "1" + Times("]", 60), null),
        Case("30 holes", "answer " + Times("\"{lower(", 30) + "\"a\"" + Times(")}\"", 30), null),
        Case("300 terms", "answer 1" + Times(" + 1", 300), null),
        Case("10,000 stages", "context | lines" + Times(" | skip 0", 10_000), null),
        Case("8,000 lets in a chain",
            "let a0 = 1\n" + string.Concat(Enumerable.Range(1, 8000).Select(i => $"let a{i} = a{i - 1} + 1\n")), null),
        Case("3,000 columns", "context | lines | extend " + string.Join(", ", Enumerable.Range(0, 3000).Select(i => $"x{i} = {i}")), null),
    ];

    [TestCaseSource(nameof(Refused))]
    [TestCaseSource(nameof(Accepted))]
    public void Compile_Hostile_IsToldSoonOnASmallStack(string text, string? id)
    {
        RlmProgram? program = null;
        var elapsed = Stopwatch.StartNew();
        var thread = new Thread(() => program = RlmProgram.Compile(text), StackBytes);
        thread.Start();
        thread.Join();

        Assert.That(program!.Diagnostics.Select(diagnostic => diagnostic.Id).Take(1), Is.EqualTo(id is null ? [] : new[] { id }));
        Assert.That(program.Diagnostics, Has.Count.LessThanOrEqualTo(50));
        Assert.That(elapsed.Elapsed, Is.LessThan(TimeSpan.FromMinutes(1)));
    }

    private static TestCaseData Case(string name, string text, string? id) => new TestCaseData(text, id).SetArgDisplayNames(name);

    private static string Times(string text, int count) => string.Concat(Enumerable.Repeat(text, count));
}
