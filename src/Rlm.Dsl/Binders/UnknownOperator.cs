using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders;

/// <summary>A stage that is not an operator, a function or a tool.</summary>
internal static class UnknownOperator
{
    public static void Report(StageSyntax stage, BindingContext context)
    {
        string name = stage.Head.Name;
        if (ForeignWords.HelpFor(name) is { } misread)
        {
            context.Report(DslDiagnostics.UnknownOperator, stage.Head.Span, $"`{name}` is not an operator", misread);
            return;
        }

        var known = OperatorCatalog.All.Select(signature => signature.Head).Concat(context.Functions.Select(function => function.Name))
            .Distinct();
        string? near = NameSuggestion.For(name, known);
        context.Report(DslDiagnostics.UnknownOperator, stage.Head.Span,
            near is null ? $"`{name}` is not an operator, a function or a tool" : $"`{name}` is not an operator; did you mean `{near}`?",
            near is null ? $"{DslDiagnostics.OperatorsPage} lists the operators" : $"write `| {near}`");
    }
}
