using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Tests.Operators;

/// <summary>
/// Which stages read a value that was paid for: one that names it does, whatever its operator, and one that works on whole items does.
/// </summary>
internal sealed class UnusedValueTests
{
    private static IEnumerable<OperatorSignature> Operators => OperatorCatalog.All;

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

        Assert.That(unread, CutsByPlace(signature) ? Is.Not.Empty : Is.Empty);
    }

    [TestCase("extend x = llm \"?\" | first 3 | count")]
    [TestCase("extend x = llm \"?\" | follow \"a\" from a to b | count")]
    [TestCase("extend x = llm \"?\" | top 3 by a per b | count by a")]
    [TestCase("extend x = llm \"?\" | sort by a | distinct by b | count")]
    public void Compile_NothingReadsThePaidColumn_IsAnError(string stages) =>
        Assert.That(Unused($"context | extract \"{{a}} {{b}}\" | {stages}"), Is.True);

    /// <summary>Whether an operator keeps items by their places alone: nothing but amounts and words is said of them.</summary>
    private static bool CutsByPlace(OperatorSignature signature) => signature.KeepsItems
        && CatalogStages.SlotsOf(signature.Shape).All(slot => slot.Kind is SlotKind.Amount or SlotKind.Place or SlotKind.Unit or SlotKind.Word);

    /// <summary>Whether the first paid stage of a program that is right but for that is told to be unread.</summary>
    private static bool Unused(string program)
    {
        var diagnostics =
            RlmProgram.Compile(program).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToList();
        return diagnostics.TrueForAll(diagnostic => diagnostic.Descriptor == DslDiagnostics.UnusedColumn)
            && diagnostics.Exists(diagnostic => program[..diagnostic.Span.End].Split("lm \"").Length == 2);
    }
}
