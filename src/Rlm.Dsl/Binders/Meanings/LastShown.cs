using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>A last stage that only shows what comes in, as <c>show</c> and <c>print(it)</c> do elsewhere: a pipeline's value is shown anyway.</summary>
internal static class LastShown
{
    private static readonly string[] Heads = ["show", "print", "display", "output", "echo", "println", "return", "collect"];

    /// <summary>The stages without such a one.</summary>
    public static IReadOnlyList<StageSyntax> LeaveOut(IReadOnlyList<StageSyntax> stages, BindingContext context)
    {
        if (stages is not [.., { Operator: null, Head: var head, Call: null or [] or [{ Operand: NameSyntax { Name: "it" } }] } last]
            || !Heads.Contains(head.Name) || context.FindFunction(head.Name) is not null)
            return stages;

        context.Report(DslDiagnostics.ReadAs, last.Span, $"a pipeline's value is shown: `{context.TextAt(last.Span)}` is left out", "leave it out");
        return [.. stages.Take(stages.Count - 1)];
    }
}
