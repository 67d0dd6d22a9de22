using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary><c>nsmallest 3 by n</c> and <c>bottom 3 by n</c> are the first of the rows in order.</summary>
internal static class LeastRows
{
    public static readonly string[] Heads = ["nsmallest", "bottom"];

    /// <summary>Whether it is such an order without a key, which only what comes in can tell.</summary>
    public static bool LacksKey(StageSyntax stage) => IsLeast(stage) && stage.Arguments.Count == 0 && stage.Operator == OperatorCatalog.Find("sort");

    /// <summary>The order and the first of it; null for any other stage.</summary>
    public static IReadOnlyList<StageSyntax>? Expand(StageSyntax stage)
    {
        if (!IsLeast(stage))
            return null;

        var orders = stage.Arguments.Where(argument => argument.Slot == Slots.Key).Select(argument => new ArgumentSyntax(argument.Span, Slots.Orders,
            new OrderListSyntax(argument.Span, [new OrderSyntax(argument.Span, (ExpressionSyntax)argument.Value, false)])));
        return
        [
            new(stage.Span, stage.Head, OperatorCatalog.Find("sort"), [.. orders], null),
            new(stage.Span, stage.Head, OperatorCatalog.Find("first"), [.. stage.Arguments.Where(argument => argument.Slot == Slots.Count)], null),
        ];
    }

    private static bool IsLeast(StageSyntax stage) => Heads.Contains(stage.Head.Name);
}
