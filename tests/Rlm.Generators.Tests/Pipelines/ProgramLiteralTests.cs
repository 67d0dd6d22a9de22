using Microsoft.CodeAnalysis;

namespace Rlm.Generators.Tests.Pipelines;

/// <summary>Diagnostics of the language at their place in every form of string.</summary>
internal sealed class ProgramLiteralTests
{
    private const string Quotes = "\"\"\"";

    [TestCase("\"context | lines | cuont\"", "cuont")]
    [TestCase("program: (\"context | lines | cuont\")", "cuont")]
    [TestCase("\"context |\\tlines\\u0020| \\x63uont\"", "\\x63uont")]
    [TestCase("\"context | grep \\\"\\U0001F600\\\" | cuont\"", "cuont")]
    [TestCase("@\"context | grep \"\"a\"\"\n  | lines | cuont\"", "cuont")]
    [TestCase("@\"context | grep \"\"a\"\" | cuont\"", "cuont")]
    [TestCase(Quotes + "context | grep \"a\" | cuont" + Quotes, "cuont")]
    [TestCase("\"" + Quotes + "context | grep \"a\" | cuont" + Quotes + "\"", "cuont")]
    [TestCase(Quotes + "\n    context\n\n  \n      | lines\n      | cuont\n    " + Quotes, "cuont")]
    [TestCase(Quotes + "\r\n    context\r\n\r\n      | lines\r\n      | cuont\r\n    " + Quotes, "cuont")]
    [TestCase("Program", "Program")]
    [TestCase("\"context | lines\" + \" | cuont\"", "\"context | lines\" + \" | cuont\"")]
    [TestCase("$\"context | lines | {nameof(cuont)}\"", "$\"context | lines | {nameof(cuont)}\"")]
    public void Report_UnknownOperator_PointsIntoTheLiteral(string literal, string place)
    {
        var run = new GeneratorRun($$"""
            public static partial class Reports
            {
                private const string Program = "context | lines | cuont";
                private const int cuont = 0;
                [RlmPipeline({{literal}})] public static partial Task<string> CountAsync(IChatClient model, TextSource context);
            }
            """);

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, run.TextAt(diagnostic))), Is.EqualTo(new[] { ("RLM2001", place) }));
        var lines = run.Diagnostics[0].Location.GetLineSpan().Span;
        int start = run.Diagnostics[0].Location.SourceSpan.Start;
        string before = run.Source[..start];
        Assert.That(
            (lines.Start.Line, lines.Start.Character), Is.EqualTo((before.Count(c => c == '\n'), start - before.LastIndexOf('\n') - 1)));
    }

    [Test]
    public void Report_UnclosedString_PointsAtItsQuote()
    {
        var run = new GeneratorRun(
            "public static partial class R { [RlmPipeline(\"context | grep \\\"a\")] public static partial Task<string> CountAsync(IChatClient model, TextSource context); }");

        Assert.That(run.Diagnostics.Select(diagnostic => diagnostic.Id), Is.EqualTo(new[] { "RLM1003" }));
        Assert.That(run.TextAt(run.Diagnostics[0]), Does.StartWith("\\\""));
    }

    [TestCase("\"\"", "RLM1001")]
    [TestCase(Quotes + "\n\n" + Quotes, "RLM1001")]
    public void Report_EmptyProgram_HasAPlace(string literal, string id)
    {
        var run = new GeneratorRun(
            $"public static partial class R {{ [RlmPipeline({literal})] public static partial Task<string> CountAsync(IChatClient model, TextSource context); }}");

        Assert.That(
            run.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Location.Kind)),
            Is.EqualTo(new[] { (id, LocationKind.ExternalFile) }));
    }
}
