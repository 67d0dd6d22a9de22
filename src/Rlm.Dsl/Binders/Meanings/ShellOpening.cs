using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary><c>head -5</c> and <c>wc -l</c> at the start of a statement are about the lines of <c>context</c>: they read as a difference of names that nothing has.</summary>
internal static class ShellOpening
{
    /// <summary>The pipeline that is meant; null for any other.</summary>
    public static PipelineSyntax? Find(PipelineSyntax pipeline, BindingContext context)
    {
        if (pipeline.Source is not BinarySyntax { Operator: BinaryOperator.Subtract, Left: NameSyntax { Name: var word } head, Right: var flag } written
            || context.Variables.ContainsKey(word) || context.TextAt(written.Span) != $"{word} -{context.TextAt(flag.Span)}")
            return null;

        var name = new IdentifierSyntax(head.Span, word);
        var stage = flag is NameSyntax { Name: "l" } && word == "wc" ? new StageSyntax(written.Span, name, OperatorCatalog.Find("count"), [], null)
            : flag is LiteralSyntax { Value: decimal } && OperatorForms.Of(word).FirstOrDefault(form => form.Operator.Is(OperatorTraits.Cuts) && form.IsComplete) is { } cut
                ? cut.ToStage(written.Span, name, [new ArgumentSyntax(flag.Span, Slots.Count, flag)])
            : null;
        if (stage is null)
            return null;

        string meant = $"context | lines | {stage.Operator!.Head}{(stage.Arguments.Count > 0 ? $" {context.TextAt(flag.Span)}" : "")}";
        context.Report(DslDiagnostics.ReadAs, written.Span, $"there are no flags: `{context.TextAt(written.Span)}` is read as `{meant}`", $"write `{meant}`");
        var lines = new StageSyntax(written.Span, name, OperatorCatalog.Find("lines"), [], null);
        return pipeline with { Source = null, Stages = [lines, stage, .. pipeline.Stages] };
    }
}
