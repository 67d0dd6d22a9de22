using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary><c>share grade > 4 * 100</c> may be the share in percent, or that of what is above 400.</summary>
internal static class ScaledShare
{
    public static void Report(StageSyntax stage, BindingContext context)
    {
        if (stage is not { Arguments: [{ Value: BinarySyntax { Operator: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual } condition }] }
            || stage.Operator != OperatorCatalog.Find("share")
            || condition.Right is not BinarySyntax { Operator: BinaryOperator.Multiply, Left: LiteralSyntax { Value: decimal limit }, Right: LiteralSyntax { Value: 100m } factor } product)
            return;

        string share = context.TextAt(SourceSpan.Between(condition.Span.Start, product.Left.Span.End));
        context.Report(DslDiagnostics.WrongOperand, product.Span, Invariant($"the condition compares with {limit * 100:0.##########}, and the share may be meant to be in percent"),
            Invariant($"write `share {share} | it * {context.TextAt(factor.Span)}` for percent, or `{limit * 100:0.##########}`"));
    }
}
