using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

internal static partial class OperatorCatalog
{
    private static IReadOnlyList<OperatorSignature> Fold =>
    [
        new()
        {
            Name = "count",
            Family = OperatorFamily.Fold,
            Summary = "how many items, or how many for which a condition holds, in all or for each key; labels that do not occur count 0",
            Hint = "",
            Shape = Sequence(Optional("only the items for which it holds", Slots.OptionalCondition), FoldedBy),
            Input = OperatorInput.List,
            Result = typing => ResultTypes.FoldBy(typing, "count", RlmType.Number),
            Traits = OperatorTraits.DropsItems,
            Examples =
            [
                new("context | lines | count", "a\nb\n", "2"),
                new("context | words | count by it", "a b a", "| key | count |\n|---|---|\n| a | 2 |\n| b | 1 |"),
                new("context | lines | count it contains \"a\"", "ab\nb\nba\n", "2"),
            ],
        },
        Number("sum", "the sum of numbers, 0 of nothing", new OperatorExample("context | lines | sum", "1\n2.5\n", "3.5")),
        Number("average", "the mean, none of nothing", new OperatorExample("context | lines | average number(it)", "1\n2\n", "1.5")),
        Extreme("min", "the least value", "", key => $"sort by {key} | first", new OperatorExample("context | lines | min number(it)", "10\n9\n", "9")),
        Extreme("max", "the greatest value", " desc", key => $"top 1 by {key}", new OperatorExample("context | lines | max number(it)", "10\n9\n", "10")),
        Number("median", "the middle value, the mean of the two middle ones of an even number", new OperatorExample("context | lines | median", "1\n9\n3\n4\n", "3.5")),
        Number("stdev", "the standard deviation of a sample (n - 1)", new OperatorExample("context | lines | stdev", "2\n4\n4\n4\n5\n5\n7\n9\n", "2.1381")),
        new()
        {
            Name = "percentile",
            Family = OperatorFamily.Fold,
            Summary = "the least value that so many percent of all do not exceed (nearest rank)",
            Hint = "",
            Shape = Sequence(Slots.Percentage, FoldedValue, FoldedBy),
            Input = OperatorInput.List,
            Result = typing => ResultTypes.FoldBy(typing, "percentile", TypeRules.Amount(typing.Find(Slots.Value)?.Type ?? typing.Item).OrNone),
            Checks = [FixedTexts.CheckSlot(Slots.Value), FoldedValues.CheckNumbers],
            Examples =
            [
                new("context | lines | percentile 90", "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n", "9"),
                new("context | parse csv | percentile 50 ms by host", "host,ms\na,5\na,7\nb,1\n", "| host | percentile |\n|---|---|\n| a | 5 |\n| b | 1 |"),
            ],
        },
        new()
        {
            Name = "share",
            Family = OperatorFamily.Fold,
            Summary = "the share of items for which a condition holds, or of each key, from 0 to 1",
            Hint = "from 0 to 1",
            Shape = Choice(By, Sequence(Slots.Condition, FoldedBy)),
            Input = OperatorInput.List,
            Result = typing => ResultTypes.FoldBy(typing, "share", RlmType.Number),
            Traits = OperatorTraits.DropsItems,
            Examples =
            [
                new("context | lines | share it == \"a\"", "a\nb\na\na\n", "0.75"),
                new("context | lines | share by it", "a\nb\na\na\n", "| key | share |\n|---|---|\n| a | 0.75 |\n| b | 0.25 |"),
            ],
        },
        new()
        {
            Name = "aggregate",
            Family = OperatorFamily.Fold,
            Summary = "several aggregates at once, in all or for each key",
            Hint = "many at once, one record without `by`: n = count(COND), m = average(x), d = distinct_count(y), all = list(z)",
            Shape = Sequence(Slots.Aggregates, FoldedBy),
            Input = OperatorInput.List,
            Result = ResultTypes.Aggregate,
            Traits = OperatorTraits.DropsItems,
            Examples =
            [
                new("context | parse csv | aggregate n = count(), most = max(v) by k", "k,v\nx,1\nx,5\ny,2\n",
                    "| k | n | most |\n|---|---|---|\n| x | 2 | 5 |\n| y | 1 | 2 |"),
            ],
        },
        Test("any", "whether the condition holds for some item", new OperatorExample("context | lines | any it == \"b\"", "a\nb\n", "true")),
        Test("all", "whether the condition holds for every item", new OperatorExample("context | lines | all it == \"b\"", "a\nb\n", "false")),
        new()
        {
            Name = "join",
            Family = OperatorFamily.Fold,
            Summary = "the items as one text with a separator between",
            Hint = "one text",
            Shape = Slots.Separator,
            Input = OperatorInput.List,
            Result = _ => RlmType.Text,
            Examples = [new("context | lines | join \" + \"", "a\nb\n", "a + b")],
        },
        new()
        {
            Name = "to",
            Family = OperatorFamily.Fold,
            Summary = "the value as a Markdown table, bullets, CSV or JSON",
            Hint = "",
            Shape = Words(Slots.Format, "table", "bullets", "csv", "jsonl", "json"),
            Input = OperatorInput.Any,
            Result = _ => RlmType.Text,
            Examples =
            [
                new("context | lines | to bullets", "a\nb\n", "- a\n- b"),
                new("context | parse csv | to json", "a,b\n1,x\n", "[{\"a\":1,\"b\":\"x\"}]"),
            ],
        },
    ];

    /// <summary>A function or tool as a stage; it has no head word of its own, so it is not in the list.</summary>
    public static OperatorSignature Function { get; } = new()
    {
        Name = "call",
        Family = OperatorFamily.Rows,
        Summary = "a function of the piped value",
        Shape = Nothing,
        Input = OperatorInput.Any,
        Result = typing => typing.Find(Slots.Value)?.Type ?? RlmType.Unknown,
        Traits = OperatorTraits.ReadsItems,
        Examples = [],
    };

    private static OperatorSignature Number(string name, string summary, OperatorExample example) =>
        FoldOf(name, summary, FoldedValues.CheckNumbers, example, typing => TypeRules.Amount(typing.Find(Slots.Value)?.Type ?? typing.Item));

    private static OperatorSignature Extreme(string name, string summary, string order, Func<string, string> rowBy, OperatorExample example) =>
        FoldOf(name, summary, FoldedValues.CheckOrder(rowBy), example, typing => (typing.Find(Slots.Value)?.Type ?? typing.Item).OrNone) with
        {
            RowOf = key => $"sort by {key}{order} | first",
        };

    private static OperatorSignature FoldOf(string name, string summary, StageCheck check, OperatorExample example, Func<StageTyping, RlmType> type) => new()
    {
        Name = name,
        Family = OperatorFamily.Fold,
        Summary = summary,
        Hint = "",
        Shape = Sequence(FoldedValue, FoldedBy),
        Input = OperatorInput.List,
        Result = typing => ResultTypes.FoldBy(typing, name, type(typing)),
        Checks = [FixedTexts.CheckSlot(Slots.Value), check],
        Examples = [example],
    };

    private static OperatorSignature Test(string name, string summary, OperatorExample example) => new()
    {
        Name = name,
        Family = OperatorFamily.Fold,
        Summary = summary,
        Hint = "",
        Shape = Slots.Condition,
        Input = OperatorInput.List,
        Result = _ => RlmType.Bool,
        Traits = OperatorTraits.DropsItems,
        Examples = [example],
    };
}
