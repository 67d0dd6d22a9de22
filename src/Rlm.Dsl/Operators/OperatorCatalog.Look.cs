using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

internal static partial class OperatorCatalog
{
    private static IReadOnlyList<OperatorSignature> Look =>
    [
        new()
        {
            Name = "describe",
            Family = OperatorFamily.Look,
            Summary = "size, shape and a preview of the value",
            Hint = "",
            Shape = Nothing,
            Input = OperatorInput.Any,
            Result = _ => RlmType.Text,
            Examples = [new("context | lines | describe", "a\nb\n", "list of text, 2 items\n| a\n| b")],
        },
        new()
        {
            Name = "peek",
            Family = OperatorFamily.Look,
            Summary = "the first lines or items, from a place, or those at the end",
            Hint = "",
            Shape = Sequence(
                Optional("how many; without it, 10", Slots.Count),
                CountedUnit,
                Optional(
                    "those from a place, counted from 0, or those at the end",
                    Choice(Sequence(Word("from"), Slots.Place), Flag(Slots.AtEnd, "at", "end")))),
            Input = OperatorInput.TextOrList,
            Result = ResultTypes.Pieces,
            CanOpen = true,
            KeepsItems = true,
            Examples =
            [
                new("context | peek 2 lines", "a\nb\nc\n", "a\nb"),
                new("context | peek 2 lines at end", "a\nb\nc\n", "b\nc"),
                new("context | lines | peek 1 from 1", "a\nb\nc\n", "b"),
            ],
        },
        new()
        {
            Name = "sample",
            Family = OperatorFamily.Look,
            Summary = "some items or lines picked at random, in their order; the same ones for the same seed",
            Hint = "at random, in their order",
            Shape = Sequence(
                Slots.Count,
                Optional("so many percent of all", Flag(Slots.Percent, "%")),
                Optional("another choice; the same for the same number", Word("seed"), Slots.Seed)),
            Input = OperatorInput.TextOrList,
            Result = ResultTypes.Pieces,
            CanOpen = true,
            KeepsItems = true,
            Examples = [new("context | lines | sample 100% | count", "a\nb\nc\n", "3"), new("context | sample 2 seed 7 | count", "a\nb\nc\n", "2")],
        },
    ];
}
