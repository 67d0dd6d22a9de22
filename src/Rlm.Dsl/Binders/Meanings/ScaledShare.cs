using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary><c>share grade > 4 * 100</c> is the share in percent: nobody writes 400 so.</summary>
internal static class ScaledShare
{
    /// <summary>The stages, with the factor of such a share as a stage of its own.</summary>
    public static IReadOnlyList<StageSyntax> Split(IReadOnlyList<StageSyntax> stages, BindingContext context)
    {
        if (!stages.Any(stage => FindScaled(stage) is not null))
            return stages;

        var split = new List<StageSyntax>();
        foreach (var stage in stages)
        {
            if (FindScaled(stage) is not var (condition, limit, factor))
            {
                split.Add(stage);
                continue;
            }

            string meant = $"share {context.TextAt(SourceSpan.Between(condition.Span.Start, limit.Span.End))} | it * {context.TextAt(factor.Span)}";
            context.Report(DslDiagnostics.ReadAs, stage.Span, $"`{context.TextAt(stage.Span)}` is read as `{meant}`", $"write `{meant}`");
            var scaled = new BinarySyntax(factor.Span, BinaryOperator.Multiply, new NameSyntax(factor.Span, "it"), factor);
            split.Add(stage with { Arguments = [stage.Arguments[0] with { Value = condition with { Right = limit } }] });
            split.Add(new StageSyntax(factor.Span, new IdentifierSyntax(factor.Span, "map"), OperatorCatalog.Find("map"), [new ArgumentSyntax(factor.Span, Slots.Value, scaled)], null));
        }

        return split;
    }

    private static (BinarySyntax Condition, LiteralSyntax Limit, LiteralSyntax Factor)? FindScaled(StageSyntax stage) =>
        stage is { Arguments: [{ Value: BinarySyntax { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } condition }] }
        && stage.Operator == OperatorCatalog.Find("share")
        && condition.Right is BinarySyntax { Operator: BinaryOperator.Multiply, Left: LiteralSyntax limit, Right: LiteralSyntax { Value: 100m } factor }
            ? (condition, limit, factor) : null;
}
