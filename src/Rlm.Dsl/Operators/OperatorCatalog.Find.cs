using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

internal static partial class OperatorCatalog
{
    private static Shape CaptureFields => Optional("the types of the fields, such as {ms: number}", Word("as"), Slots.As);

    private static IReadOnlyList<OperatorSignature> FindOperators =>
    [
        new()
        {
            Name = "grep",
            Family = OperatorFamily.Find,
            Summary = "the lines that match, with lines before, after or around them if asked",
            Hint = "the lines that match",
            Shape = Sequence(
                Slots.Pattern,
                AnyOrder(
                    ("the lines that do not match", Flag(Slots.Not)),
                    ("take upper and lower case for the same", Flag(Slots.IgnoreCase, "ignore", "case")),
                    ("so many lines before a match too", Sequence(Word("before"), Slots.Before)),
                    ("so many lines after a match too", Sequence(Word("after"), Slots.After)),
                    ("so many lines before and after a match too", Sequence(Word("around"), Slots.Around)))),
            Input = OperatorInput.Text,
            Result = _ => RlmType.ListOf(RlmType.Text),
            Checks = [LinePatterns.Check],
            CanOpen = true,
            Examples =
            [
                new("context | grep /ERROR|FATAL/ | count", "ok\nERROR 1\nFATAL 2\n", "2"),
                new("context | grep \"error\" ignore case after 1", "a\nERROR\nb\nc\n", "ERROR\nb"),
                new("context | grep /a/ not", "a\nb\n", "b"),
            ],
        },
        new()
        {
            Name = "extract field",
            Family = OperatorFamily.Find,
            Summary = "each row with the captures of a field's first match added, none where it does not match",
            Hint = "each row with the captures of one field added",
            Shape = Sequence(Slots.SourceField, Slots.CapturePattern, CaptureFields),
            Input = OperatorInput.Rows,
            Result = ResultTypes.ExtractField,
            Checks = [CaptureTypes.Check],
            Examples =
            [
                new("context | parse csv | extract note \"{n} days\" as {n: number} | where n > 10 | get id", "id,note\n1,30 days\n2,7 days\n3,never\n", "1"),
            ],
        },
        new()
        {
            Name = "extract",
            Family = OperatorFamily.Find,
            Summary = "a row for each match of a template read backwards or a regex with named groups; over lines where it holds a line break or the flag `s`",
            Hint = "a row for each match of a template \"{who} paid {n} \", whose last hole ends at the blank, or else the line, or a regex with named groups; with `\\n` in it over lines, as of chunks",
            Shape = Sequence(Slots.CapturePattern, CaptureFields),
            Input = OperatorInput.Text,
            Result = ResultTypes.Extract,
            CanOpen = true,
            Checks = [CaptureTypes.Check],
            Examples =
            [
                new("context | extract \"{day} {level} {msg}\" | where level == \"ERROR\" | get msg", "mon INFO up\ntue ERROR pump off\n", "pump off"),
                new("context | chunk by /^#/ | extract \"name: {n}\\nage: {a}\" | get a", "#\nname: A\nage: 5\n#\nname: B\nage: 6\n", "5\n6"),
                new("context | extract /took=(?<ms>\\d+)/ as {ms: number} | sum ms", "took=5\nx\ntook=7\n", "12"),
            ],
        },
        new()
        {
            Name = "rank",
            Family = OperatorFamily.Find,
            Summary = "the items that fit the words of a query best, best first (BM25)",
            Hint = "best first (BM25)",
            Shape = Sequence(Slots.Query, Optional("so many at most; without it, all that have a word of the query", Word("top"), Slots.Count)),
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            CanOpen = true,
            KeepsItems = true,
            Traits = OperatorTraits.ReadsItems,
            Examples = [new("context | lines | rank \"pump failure\" top 1", "all well\nthe pump had a failure\n", "the pump had a failure")],
        },
    ];
}
