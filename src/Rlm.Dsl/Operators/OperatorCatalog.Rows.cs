using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

internal static partial class OperatorCatalog
{
    private static IReadOnlyList<OperatorSignature> Rows =>
    [
        new()
        {
            Name = "where",
            Family = OperatorFamily.Rows,
            Summary = "the items for which the condition holds",
            Hint = "",
            Shape = Slots.Condition,
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            CanOpen = true,
            KeepsItems = true,
            Traits = OperatorTraits.Filters,
            Examples = [new("context | lines | where it contains \"a\" and index > 0", "a\nba\nc\n", "ba")],
        },
        new()
        {
            Name = "map",
            Family = OperatorFamily.Rows,
            Summary = "a value made from each item",
            Hint = "a value made from each item",
            Shape = Slots.Value,
            Input = OperatorInput.List,
            Result = typing => RlmType.ListOf(typing.Find(Slots.Value)?.Type ?? RlmType.Unknown),
            CanOpen = true,
            Traits = OperatorTraits.GivesOneForEach,
            Makes = _ => [null],
            Examples = [new("context | lines | map \"{index}: {upper(it)}\"", "a\nb\n", "0: A\n1: B")],
        },
        new()
        {
            Name = "extend",
            Family = OperatorFamily.Rows,
            Summary = "each item with fields added, a later one may use an earlier one; with `per` what looks at other items stays in its group",
            Hint = "fields added, a later one may use an earlier one; `n / sum(n)` is of all rows, or those of its `per`",
            Shape = Sequence(
                Slots.Bindings,
                Optional("what looks at other items sees those with the same keys only", Word("per"), Slots.By)),
            Input = OperatorInput.List,
            Result = ResultTypes.Extend,
            CanOpen = true,
            Traits = OperatorTraits.AddsFields | OperatorTraits.GivesOneForEach,
            Makes = stage => stage.Get(Slots.Bindings).Select(binding => binding.Name),
            Examples =
            [
                new("context | lines | extend n = length(it), twice = n * 2 | get twice", "a\nbcd\n", "2\n6"),
                new(
                    "context | parse csv | extend sum = running_sum(n), before = prev(n), place = rank(n) per k",
                    "k,n\na,2\nb,5\na,3\n",
                    "| k | n | sum | before | place |\n|---|---|---|---|---|\n| a | 2 | 2 | none | 2 |\n| b | 5 | 5 | none | 1 |\n| a | 3 | 5 | 2 | 1 |"),
            ],
        },
        new()
        {
            Name = "select",
            Family = OperatorFamily.Rows,
            Summary = "rows of just these columns, renamed or computed if wanted",
            Hint = "rows of just these columns",
            Shape = Slots.Columns,
            Input = OperatorInput.List,
            Result = ResultTypes.Select,
            Traits = OperatorTraits.GivesOneForEach,
            Examples = [new("context | parse csv | select b, twice = a * 2", "a,b\n1,x\n", "| b | twice |\n|---|---|\n| x | 2 |")],
        },
        new()
        {
            Name = "get",
            Family = OperatorFamily.Rows,
            Summary = "one field of each row, or of a record",
            Hint = "",
            Shape = Slots.Field,
            Input = OperatorInput.Any,
            Result = ResultTypes.Get,
            Examples = [new("context | parse csv | get b", "a,b\n1,x\n2,y\n", "x\ny")],
        },
        new()
        {
            Name = "sort",
            Family = OperatorFamily.Rows,
            Summary = "the items in order, of themselves or by keys; ties keep their order, none comes last",
            Hint = "ties keep their order, none comes last",
            Shape = Optional("the keys to go by; without them, the items themselves", Word("by"), Slots.Orders),
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            KeepsItems = true,
            Traits = OperatorTraits.ComparesItems | OperatorTraits.Orders,
            Examples =
            [
                new("context | lines | sort by number(it) desc", "2\n10\n1\n", "10\n2\n1"),
                new("context | words | sort", "b a", "a\nb"),
            ],
        },
        new()
        {
            Name = "top",
            Family = OperatorFamily.Rows,
            Summary = "the items with the greatest key, greatest first; with `per` so many of each group",
            Hint = "greatest first; with `per` so many of each group",
            Shape = Sequence(
                Slots.Count,
                Word("by"),
                Slots.Key,
                AnyOrder(
                    ("so many for each value of the keys", Sequence(Word("per"), Slots.By)),
                    ("keep all that tie with the last", Flag(Slots.WithTies, "with", "ties")))),
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            KeepsItems = true,
            Traits = OperatorTraits.TakesBest,
            Checks = [FixedTexts.CheckSlot(Slots.Key)],
            Examples =
            [
                new("context | words | count by it | top 1 by count | get key", "a b a", "a"),
                new("context | parse csv | top 1 by n per k | map \"{k}{n}\" | join \" \"", "k,n\na,1\nb,5\na,3\n", "a3 b5"),
            ],
        },
        Part("skip", "all but the first items", OperatorTraits.Cuts, false, new OperatorExample("context | lines | skip 1", "a\nb\n", "b")),
        Part("first", "the first item, or the first so many", OperatorTraits.Cuts | OperatorTraits.TakesFirst, true, new OperatorExample("context | lines | first", "a\nb\n", "a")),
        Part("last", "the last item, or the last so many", OperatorTraits.Cuts, true, new OperatorExample("context | lines | last 1", "a\nb\n", "b")),
        new()
        {
            Name = "reverse",
            Family = OperatorFamily.Rows,
            Summary = "the items from the last to the first",
            Hint = "",
            Shape = Nothing,
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            KeepsItems = true,
            Examples = [new("context | lines | reverse", "a\nb\nc\n", "c\nb\na")],
        },
        new()
        {
            Name = "distinct",
            Family = OperatorFamily.Rows,
            Summary = "each value once, the first of equal ones",
            Hint = "",
            Shape = Optional("the first item for each value of the keys", By),
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            KeepsItems = true,
            Traits = OperatorTraits.ComparesItems,
            Examples = [new("context | words | distinct by lower(it)", "a A b", "a\nb")],
        },
        new()
        {
            Name = "flatten",
            Family = OperatorFamily.Rows,
            Summary = "lists of lists as one list, groups as their rows, or a row for each value of a list field, with the fields of records beside the row's own",
            Hint = "lists as one; a row for each value of a list field",
            Shape = Optional("a row for each value of this field, with the row's other fields", Slots.Field),
            Input = OperatorInput.List,
            Result = ResultTypes.Flatten,
            Examples = [new("context | words | group by it | where count(items) > 1 | flatten | count", "a b a", "2")],
        },
        new()
        {
            Name = "group similar",
            Family = OperatorFamily.Rows,
            Summary = "as `group by` with one key, whose texts need only be nearly equal: but for case, accents, blanks, punctuation, the order of words, "
                + "and some typos, never for numbers, signs, or words of one or two letters; `key` is the most frequent spelling",
            Hint = "keys that differ in case, punctuation, order of words and typos alone are one",
            Shape = Sequence(
                Word("similar"),
                Slots.By,
                Optional(Invariant($"the share of letters that is the same at least, and a bit more, from 0 to 1; without it, {SimilarAbove}"), Word("above"), Slots.Above)),
            Input = OperatorInput.List,
            Result = typing => RlmType.ListOf(ResultTypes.MakeKeyedRow(typing, new FieldType("items", typing.Input.Required))),
            Checks = [SimilarKeys.Check],
            Examples =
            [
                new(
                    "context | lines | group similar it | map \"{key}: {count(items)}\"",
                    "Smith, John\nJohn Smith\nModel 3\njohn smith\nSmith, John\nModel 4\n",
                    "Smith, John: 4\nModel 3: 1\nModel 4: 1"),
            ],
        },
        new()
        {
            Name = "group",
            Family = OperatorFamily.Rows,
            Summary = "a row for each key, with its rows as `items`, keys in order of first sight",
            Hint = "a row for each key, with its rows as `items`",
            Shape = By,
            Input = OperatorInput.List,
            Traits = OperatorTraits.Groups,
            Result = typing => RlmType.ListOf(ResultTypes.MakeKeyedRow(typing, new FieldType("items", typing.Input.Required))),
            Examples = [new("context | words | group by length(it) | map \"{key}: {items}\"", "a bb c", "1: a, c\n2: bb")],
        },
        new()
        {
            Name = "fill",
            Family = OperatorFamily.Rows,
            Summary = "the rows and one for each step of a field that has none: a width, a duration or a calendar unit; its other fields are a value, 0 in counts, or none",
            Hint = "a row for each empty bin: `count by m = bin(d, \"month\") | fill m by \"month\"`",
            Shape = Sequence(
                Slots.Field,
                Word("by"),
                Slots.Step,
                AnyOrder(
                    ("a row for each step in each group, over the steps of all", Sequence(Word("per"), Slots.By)),
                    ("what the other fields of a new row hold; without it, 0 in counts, else none", Sequence(Word("with"), Slots.With)))),
            Input = OperatorInput.Rows,
            Result = ResultTypes.Fill,
            Examples =
            [
                new(
                    "context | parse csv | count by m = bin(d, \"month\") | fill m by \"month\" with 0",
                    "d\n2026-01-05\n2026-03-01\n2026-03-09\n",
                    "| m | count |\n|---|---|\n| 2026-01-01 | 1 |\n| 2026-02-01 | 0 |\n| 2026-03-01 | 2 |"),
            ],
        },
        new()
        {
            Name = "pivot",
            Family = OperatorFamily.Rows,
            Summary = "a row for each key with a column for each value of a field; the cells hold the one field that is left",
            Hint = "a column for each value: `count by day, kind | pivot kind by day`",
            Shape = Sequence(
                Slots.Field,
                Word("by"),
                Slots.By,
                Optional("what a cell without a row holds; without it, 0 in counts, else none", Word("with"), Slots.With)),
            Input = OperatorInput.Rows,
            Result = ResultTypes.Pivot,
            Checks = [PivotedRows.Check],
            Examples =
            [
                new(
                    "context | parse csv | count by day, kind | pivot kind by day with 0",
                    "day,kind\n1,a\n1,b\n1,a\n2,a\n",
                    "| day | a | b |\n|---|---|---|\n| 1 | 2 | 1 |\n| 2 | 1 | 0 |"),
            ],
        },
        new()
        {
            Name = "join on",
            Family = OperatorFamily.Rows,
            Summary = "each row with the fields of every row of the other list whose fields are equal",
            Hint = "",
            Shape = Sequence(Slots.Rows, Word("on"), Slots.On),
            Input = OperatorInput.Rows,
            Result = ResultTypes.Join,
            Checks = [JoinedRows.Check],
            Examples =
            [
                new("let r = context | parse csv\nanswer r | where b == \"x\" | join (r | select a, c = b) on a", "a,b\n1,x\n",
                    "| a | b | c |\n|---|---|---|\n| 1 | x | x |"),
            ],
        },
        new()
        {
            Name = "left join",
            Family = OperatorFamily.Rows,
            Summary = "as `join … on`, keeping rows without a partner, with none in the other fields",
            Hint = "none where there is no partner",
            Shape = Sequence(Word("join"), Slots.Rows, Word("on"), Slots.On),
            Input = OperatorInput.Rows,
            Result = ResultTypes.LeftJoin,
            Checks = [JoinedRows.Check],
            Examples =
            [
                new("let r = context | parse csv\nanswer r | left join (r | where a > 1 | select a, c = b) on a | where c == none | get b", "a,b\n1,x\n2,y\n", "x"),
            ],
        },
        new()
        {
            Name = "pairs",
            Family = OperatorFamily.Rows,
            Summary = "every two items as `{a, b}`, each pair once, those for which the condition holds",
            Hint = "every two as `{a, b}`, each pair once",
            Shape = Optional("only pairs for which it holds of `a` and `b`", Word("where"), Slots.Condition),
            Input = OperatorInput.List,
            Result = ResultTypes.Pairs,
            ConditionItem = ResultTypes.PairOf,
            Examples = [new("context | words | pairs | map \"({a}, {b})\" | join \" \"", "x y z", "(x, y) (x, z) (y, z)")],
        },
        new()
        {
            Name = "follow",
            Family = OperatorFamily.Rows,
            Summary = "the rows reached from a start, each step from one field's value to another's, in order of discovery",
            Hint = "the rows reached, step by step",
            Shape = Sequence(
                Slots.Origin,
                Word("from"),
                Slots.From,
                Word("to"),
                Slots.To,
                Optional("so many rows at most", Word("max"), Slots.Max)),
            Input = OperatorInput.Rows,
            Result = typing => typing.Input,
            KeepsItems = true,
            Examples = [new("context | extract \"{a} -> {b}\" | follow \"x\" from a to b | get b", "x -> y\ny -> z\nq -> r\n", "y\nz")],
        },
    ];

    private static OperatorSignature Part(string name, string summary, OperatorTraits traits, bool isOptional, OperatorExample example) => new()
    {
        Name = name,
        Family = OperatorFamily.Rows,
        Summary = summary,
        Hint = "",
        Shape = isOptional ? Optional("so many, as a list; without it, one item by itself", Slots.Count) : Slots.Count,
        Input = OperatorInput.List,
        Result = typing => isOptional && !typing.Has(Slots.Count) ? typing.Item.OrNone : typing.Input,
        KeepsItems = true,
        Traits = traits,
        Examples = [example],
    };
}
