using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary><c>value_counts</c> is how pandas writes <c>count by it | sort by count desc</c>, and Python's <c>Counter</c> is the same.</summary>
internal static class ValueCounts
{
    private const string Head = "value_counts";
    private const string Counter = "Counter";
    private const string MostCommon = "most_common";

    public static OperatorForm[] Forms { get; } =
    [
        new(Head, OperatorCatalog.Find("count")!, Slots.By),
        new(Head, OperatorCatalog.Find("count")!, Sequence(Slots.By)),
        new(Head, OperatorCatalog.Find("count")!, Optional("the values to count; without it, the items", Word("by"), Slots.By)),
        new(Counter, OperatorCatalog.Find("count")!, Nothing),
        new(MostCommon, OperatorCatalog.Find("top")!, Slots.Count),
    ];

    /// <summary>The counts and their order; null for any other stage.</summary>
    public static IReadOnlyList<StageSyntax>? Expand(StageSyntax stage) => stage.Head.Name == Head || stage.Head.Name == Counter
        ? MakeStages(stage.Span, stage.Head, stage.Arguments.Count > 0 ? (BindingListSyntax)stage.Arguments[0].Value : null)
        : stage.Head.Name == MostCommon ? [stage with { Arguments = [.. stage.Arguments, new ArgumentSyntax(stage.Span, Slots.Key, new NameSyntax(stage.Span, "count"))] }]
        : null;

    /// <summary>The counts of a list of values.</summary>
    public static GroupSyntax Of(SourceSpan span, IdentifierSyntax name, ExpressionSyntax list, BindingListSyntax? keys) =>
        new(span, new PipelineSyntax(span, list, MakeStages(span, name, keys)));

    private static StageSyntax[] MakeStages(SourceSpan span, IdentifierSyntax head, BindingListSyntax? keys)
    {
        keys ??= new BindingListSyntax(span, [new BindingSyntax(span, null, new NameSyntax(span, "it"))]);
        var order = new OrderListSyntax(span, [new OrderSyntax(span, new NameSyntax(span, "count"), true)]);
        return
        [
            new(span, head, OperatorCatalog.Find("count"), [new ArgumentSyntax(keys.Span, Slots.By, keys)], null),
            new(span, head, OperatorCatalog.Find("sort"), [new ArgumentSyntax(span, Slots.Orders, order)], null),
        ];
    }
}
