using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Types;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

internal static partial class OperatorCatalog
{
    private static IReadOnlyList<string> StagesOfPieces => ["lines", "paragraphs", "sentences", "words"];

    private static IReadOnlyList<OperatorSignature> Cut =>
    [
        Pieces("lines", "the lines, without their line ends", new OperatorExample("context | lines | count", "a\nb\n", "2")),
        Pieces("paragraphs", "the stretches between blank lines", new OperatorExample("context | paragraphs | first", "a\nb\n\nc\n", "a\nb")),
        Pieces("sentences", "the sentences", new OperatorExample("context | sentences | count", "It rains. Does it? Yes!", "3")),
        Pieces("words", "the words: runs of letters, digits, `'` and `-`", new OperatorExample("context | words | count", "To be, or not", "4")),
        new()
        {
            Name = "chunk",
            Family = OperatorFamily.Cut,
            Summary = "pieces of a size, so many pieces, or pieces that each start at a match",
            Hint = "pieces; with `by` each starts at a match",
            Shape = Choice(
                Sequence(Word("into"), Slots.Parts),
                Sequence(Word("by"), Slots.Pattern),
                Sequence(
                    Slots.Size,
                    Slots.Unit,
                    Optional("so many units of the chunk before again", Word("overlap"), Slots.Overlap))),
            Input = OperatorInput.TextOrList,
            Result = ResultTypes.Chunk,
            CanOpen = true,
            StageForPattern = name => StagesOfPieces.FirstOrDefault(pieces => pieces == name.TrimEnd('s') + "s"),
            Examples =
            [
                new("context | chunk 2 lines | count", "a\nb\nc\n", "2"),
                new("context | chunk by /^# / | map \"<{trim(it)}>\"", "# a\nx\n# b\ny\n", "<# a\nx>\n<# b\ny>"),
                new("context | lines | chunk 2 items | map items => \"{items | count}\"", "a\nb\nc\n", "2\n1"),
            ],
        },
        new()
        {
            Name = "split",
            Family = OperatorFamily.Cut,
            Summary = "the texts between matches",
            Hint = "",
            Shape = Slots.Pattern,
            Input = OperatorInput.Text,
            Result = _ => RlmType.ListOf(RlmType.Text),
            CanOpen = true,
            Examples = [new("context | split \", \" | last", "a, b, c", "c")],
        },
        new()
        {
            Name = "slice",
            Family = OperatorFamily.Cut,
            Summary = "lines, chars, tokens, words or items from one place to before another, counted from 0, a negative place from the end",
            Hint = "counted from 0, the end left out; `slice -20..` is the last 20",
            Shape = Sequence(
                Choice(
                    Sequence(Slots.Start, Word(".."), Optional("the place before which it ends; without it, the end", Slots.End)),
                    Sequence(Word(".."), Slots.End)),
                CountedUnit),
            Input = OperatorInput.TextOrList,
            Result = typing => typing.Input.ItemType is null ? RlmType.Text : typing.Input,
            CanOpen = true,
            KeepsItems = true,
            Examples = [new("context | slice 1..3 lines", "a\nb\nc\nd\n", "b\nc"), new("context | lines | slice 0..1", "a\nb\n", "a"), new("context | slice -2.. chars", "abc", "bc")],
        },
        new()
        {
            Name = "parse",
            Family = OperatorFamily.Cut,
            Summary = "rows of JSON, JSON lines, CSV or TSV with a header, of a workbook's sheets, or of a table in HTML or Markdown; the text of HTML or Markdown",
            Hint = "rows, whose cells read as numbers and dates where you use them so; the text of html, markdown",
            Shape = Choice(
                Sequence(
                    Words(Slots.Format, "table"),
                    Optional("which of several tables, counted from 1; without it, the first", Slots.Number)),
                Sequence(
                    Words(Slots.Format, "html"),
                    Optional("only the main content of a page, without navigation, margins and dialogs", Flag(Slots.Main))),
                Words(Slots.Format, "jsonl", "json", "csv", "tsv", "xlsx", "markdown")),
            Input = OperatorInput.Text,
            Result = typing => typing.Find(Slots.Format) is "html" or "markdown" ? RlmType.Text : RlmType.ListOf(new RecordType([]) { IsOpen = true }),
            CanOpen = true,
            ProbedFormat = typing => typing.Find(Slots.Format) is var format and not ("html" or "markdown") && !typing.Has(Slots.Number) ? format : null,
            Examples =
            [
                new("context | parse csv | where price > 1 | get name", "name,price\nnut,1\nbolt,2.5\n", "bolt"),
                new("context | parse xlsx | where paid > 1 | get sheet", "## May\nwho,paid\nAnn,1\n\f\n## June\nwho,paid\nAnn,2\n", "June"),
                new("context | parse jsonl | count by who", "{\"who\": \"x\"}\n{\"who\": \"x\"}\n", "| who | count |\n|---|---|\n| x | 2 |"),
                new("context | parse table | where price > 1 | get part", "# Prices\n\n| part | price |\n|------|------:|\n| nut  | 1 |\n| bolt | 2.5 |\n", "bolt"),
                new("context | parse html", "<h1>Nuts &amp; bolts</h1><ul><li>nut<li>bolt</ul>", "Nuts & bolts\n\n- nut\n- bolt"),
                new("context | parse html main", "<nav><a href=a>Home</a></nav><main><h1>Nuts</h1><p>All sizes.</main><footer>Imprint</footer>", "Nuts\n\nAll sizes."),
                new("context | parse markdown | grep \"nut\"", "# Parts\n\n* a **nut**, see [here](https://x.test)\n", "- a nut, see here"),
            ],
        },
    ];

    private static OperatorSignature Pieces(string name, string summary, OperatorExample example) => new()
    {
        Name = name,
        Family = OperatorFamily.Cut,
        Summary = summary,
        Hint = "",
        Shape = Nothing,
        Input = OperatorInput.Text,
        Result = _ => RlmType.ListOf(RlmType.Text),
        Examples = [example],
    };
}
