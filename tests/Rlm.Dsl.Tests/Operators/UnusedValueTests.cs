using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Tests.Operators;

/// <summary>
/// Which stages read a value that was paid for: one that names it does, whatever its operator, and one that works on whole items does.
/// </summary>
internal sealed class UnusedValueTests
{
    /// <summary>The operators that cut by place and look at no item.</summary>
    private static readonly HashSet<string> Blind = ["first", "last", "skip", "reverse", "sample", "peek", "slice"];

    private static IEnumerable<OperatorSignature> Operators => OperatorCatalog.All.Where(signature => signature.IsEvaluated);

    [TestCaseSource(nameof(Operators))]
    public void Compile_StageThatNamesThePaidColumn_ReadsIt(OperatorSignature signature)
    {
        string[] stages = [.. new[] { true, false }
            .SelectMany(isCondition => CatalogStages.Of(signature, slot => CatalogStages.Fill(slot, "x", isCondition)))
            .Distinct()
            .Where(stage => stage.Split(' ', '{', '}', '(', ')').Contains("x"))];
        string[] unread = [.. stages.Where(
            stage => Unused($"let rows = context | extract \"{{a}} {{b}}\"\nrows | extend x = llm \"?\" | {stage} | count"))];

        Assert.That(unread, Is.Empty);
    }

    [TestCaseSource(nameof(Operators))]
    public void Compile_StageThatWorksOnWholeItems_ReadsThePaidValue(OperatorSignature signature)
    {
        string[] stages = [.. new[] { true, false }
            .SelectMany(isCondition => CatalogStages.Of(signature, slot => CatalogStages.Fill(slot, "it", isCondition)))
            .Distinct()];
        string[] unread =
            [.. stages.Where(stage => Unused($"let rows = context | extract \"{{a}} {{b}}\"\nrows | map llm \"?\" | {stage} | count"))];

        Assert.That(unread, Blind.Contains(signature.Name) ? Is.Not.Empty : Is.Empty);
    }

    [TestCase("extend x = llm \"?\" | first 3 | count")]
    [TestCase("extend x = llm \"?\" | follow \"a\" from a to b | count")]
    [TestCase("extend x = llm \"?\" | top 3 by a per b | count by a")]
    [TestCase("extend x = llm \"?\" | sort by a | distinct by b | count")]
    public void Compile_NothingReadsThePaidColumn_IsAnError(string stages) =>
        Assert.That(Unused($"context | extract \"{{a}} {{b}}\" | {stages}"), Is.True);

    /// <summary>Whether the first paid stage of a program that is right but for that is told to be unread.</summary>
    private static bool Unused(string program)
    {
        var diagnostics =
            RlmProgram.Compile(program).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return diagnostics.TrueForAll(diagnostic => diagnostic.Descriptor == DslDiagnostics.UnusedColumn)
            && diagnostics.Exists(diagnostic => program[..diagnostic.Span.End].Split("llm").Length == 2);
    }
}
