using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>How Python and pandas say a stage's order: <c>sort(key=lambda x: x.n, reverse=True)</c>, <c>sort_by("n", ascending=False)</c>.</summary>
internal static class SortOptions
{
    /// <summary>The orders, of which the last may be a direction for all.</summary>
    public static IReadOnlyList<OrderSyntax> Apply(IReadOnlyList<OrderSyntax> orders)
    {
        if (orders[orders.Count - 1].Key is not BinarySyntax
            {
                Operator: BinaryOperator.Equal,
                Left: NameSyntax { Name: "reverse" or "descending" or "ascending" } option, Right: LiteralSyntax { Value: bool isSo }
            })
            return orders;

        bool descending = option.Name != "ascending" == isSo;
        return orders.Count == 1
            ? [new OrderSyntax(orders[0].Span, new NameSyntax(orders[0].Span, "it"), descending)]
            : [.. orders.Take(orders.Count - 1).Select(order => order with { Descending = descending })];
    }
}
