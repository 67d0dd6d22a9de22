using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

internal static partial class OperatorCatalog
{
    /// <summary>The most replies that one item is asked for.</summary>
    public const int MaxVotes = 101;

    /// <summary>The most items that are shown before an item, and behind it.</summary>
    public const int MaxNeighbours = 50;

    /// <summary>The most items that are shown with their replies beside those that are asked about.</summary>
    public const int MaxExamples = 50;

    /// <summary>The most names of a call of <c>resolve</c> where the program does not say it: with more, models lose count.</summary>
    public const int MaxNames = 100;

    /// <summary>What a call is that a root of its own answers.</summary>
    public const string RootCall = "rlm";

    private static Shape CallOptions => AnyOrder(
        ("the type of a reply: text, number, bool, date, quote, list of T, {f: T}, one of LABELS, [\"a\", \"b\"] or with what each means [\"a\": \"…\", \"b\": \"…\"]; T? where it may be missing",
            Sequence(Word("as"), Slots.As)),
        ("how many items go into one call; `auto` for as many as fit the model's window",
            Sequence(Word("pack"), Choice(Flag(Slots.PackAuto, "auto"), Slots.Pack))),
        ($"ask so many times, at most {MaxVotes}, and take the most frequent reply", Sequence(Word("votes"), Slots.Votes)),
        ($"ask about so many items first, at most {MaxExamples} that are spread over the list, and show them with their replies in each other call",
            Sequence(Word("calibrate"), Slots.Calibrate)),
        ($"show so many items before and after the one that is asked about, at most {MaxNeighbours}, as context only", Sequence(Word("around"), Slots.Neighbours)),
        ("the model to ask; or `citations`: what is asked about is numbered, and each number that the reply cites is checked and becomes `[file:line]`",
            Sequence(Word("with"), Choice(Flag(Slots.Citations), Sequence(Word("model"), Slots.Model)))),
        ("for an item that failed: `fail` ends the program, `skip` leaves the item out, a value stands in its place",
            Sequence(Word("or"), Slots.Or)));

    private static Shape Call => Sequence(Words(Slots.Call, "llm", RootCall), Slots.Prompt, CallOptions);

    private static IReadOnlyList<OperatorSignature> Ask =>
    [
        new()
        {
            Name = "llm",
            Family = OperatorFamily.Ask,
            ShortUsage = "llm PROMPT [as TYPE] …",
            Summary = "one call about the whole value",
            Hint = "one call about the value",
            Shape = Sequence(Slots.Prompt, CallOptions),
            Input = OperatorInput.Any,
            Result = typing => ResultTypes.Reply(typing),
            Examples = [new("context | grep \"Q\" | llm \"Answer it.\"", "Q: 1+1?\n", "2", "2")],
        },
        new()
        {
            Name = RootCall,
            Family = OperatorFamily.Ask,
            ShortUsage = "rlm PROMPT [as TYPE] …",
            Summary = "a root of its own about the whole value: it writes programs over it, one level deeper, on a part of the calls; "
                + "so do `map rlm`, `extend NAME = rlm`, `where rlm` and `reduce rlm`, a root for each item, all of them or each group",
            Hint = "a root of its own on it, `map rlm` on each item: many calls",
            Shape = Sequence(Slots.Prompt, CallOptions),
            Input = OperatorInput.Any,
            Result = typing => ResultTypes.Reply(typing),
            Traits = OperatorTraits.AsksRoot,
            Examples =
            [
                new("context | rlm \"How many lines are there?\"", "a\nb\n", "2", "```rlm\nanswer context | lines | count\n```"),
            ],
        },
        new()
        {
            Name = "map llm",
            Family = OperatorFamily.Ask,
            ShortUsage = "map llm PROMPT [as TYPE] …",
            Summary = "one call for each item; the replies in order",
            Hint = "a reply for each item",
            Shape = Call,
            Input = OperatorInput.List,
            Result = typing => RlmType.ListOf(ResultTypes.Reply(typing)),
            CanOpen = true,
            Traits = OperatorTraits.GivesOneForEach,
            Makes = _ => [null],
            Examples =
            [
                new("context | chunk 1 lines | map llm \"Why?\\n{it}\"", "a\nb\n", "because a\nbecause b", "because a", "because b"),
                new("context | lines | map llm \"Who is meant?\" around 1", "Ann came.\nShe sat.\n", "Ann\nAnn", "Ann", "Ann"),
            ],
        },
        new()
        {
            Name = "where llm",
            Family = OperatorFamily.Ask,
            ShortUsage = "where llm PROMPT [as TYPE] …",
            Summary = "the items for which the model says yes",
            Hint = "the items for which it says yes",
            Shape = Call,
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            CanOpen = true,
            KeepsItems = true,
            Traits = OperatorTraits.Filters,
            Checks = [ReplyTypes.CheckVerdict],
            Examples = [new("context | lines | where llm \"Is it a fruit?\"", "apple\ncar\n", "apple", "[1] true\n[2] false")],
        },
        new()
        {
            Name = "reduce llm",
            Family = OperatorFamily.Ask,
            ShortUsage = "reduce llm PROMPT [as TYPE] … [by KEYS]",
            Summary = "one result from all items, as a tree of calls where they do not fit one",
            Hint = "one result of all, however many",
            Shape = Sequence(Call, FoldedBy),
            Input = OperatorInput.List,
            Result = ResultTypes.Reduce,
            CanOpen = true,
            Traits = OperatorTraits.AsksTogether,
            Examples =
            [
                new("context | lines | reduce llm \"Merge.\"", "a\nb\n", "a and b", "a and b"),
                new("context | lines | reduce llm \"What went wrong?\" with citations", "ok\ndisk full\n", "The disk was full [context:2].", "The disk was full [2]."),
            ],
        },
        new()
        {
            Name = "extend llm",
            Family = OperatorFamily.Ask,
            ShortUsage = "extend NAME = llm PROMPT [as TYPE] … or extend llm PROMPT as {f: T}",
            Summary = "each item with a field, or the fields of a record, that the model fills; labels are asked many rows at a time",
            Hint = "each item with its reply",
            Shape = Sequence(Optional("the field for the reply; without it, the fields of the record that `as` tells", Slots.Name, Word("=")), Call),
            Input = OperatorInput.List,
            Result = ResultTypes.ExtendReply,
            CanOpen = true,
            Traits = OperatorTraits.AddsFields | OperatorTraits.GivesOneForEach,
            Makes = stage => stage.Find(Slots.Name) is { } name ? [name] : [],
            Checks = [ReplyTypes.CheckFields],
            Examples =
            [
                new("context | lines | extend kind = llm \"Fruit or not?\" as one of [\"yes\", \"no\"] | count by kind",
                    "apple\ncar\n", "| kind | count |\n|---|---|\n| yes | 1 |\n| no | 1 |", "[1] yes\n[2] no"),
            ],
        },
        new()
        {
            Name = "resolve",
            Family = OperatorFamily.Ask,
            ShortUsage = "resolve FIELD [HINT] …",
            Summary = "the rows with one spelling for each thing that a field names: the most frequent one of those that are there",
            Hint = "one spelling for each person, company …",
            Shape = Sequence(Slots.Field, Optional("what kind of thing the field names", Slots.Hint), CallOptions),
            Input = OperatorInput.List,
            Result = typing => typing.Input,
            CanOpen = true,
            Traits = OperatorTraits.AsksTogether,
            Checks = [ResolvedNames.Check],
            Examples =
            [
                new(
                    "context | parse csv | resolve who \"people\" | count by who",
                    "who\nAnn Lee\nBob\nA. Lee\nAnn Lee\n", "| who | count |\n|---|---|\n| Ann Lee | 3 |\n| Bob | 1 |", "[[1, 3]]"),
            ],
        },
    ];
}
