using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// The forms that each head word opens: the catalogue's, and what models and people write instead (docs/specification.md, section 6).
/// </summary>
internal static class OperatorForms
{
    private static readonly string[] ReadVerbs = ["parse_", "from_", "read_"];
    private static readonly string[] NewColumns = ["mutate", "assign", "derive", "with", "set", "eval"];

    /// <summary>Forms that say more than the catalogue's, which are tried first.</summary>
    private static readonly OperatorForm[] Longer =
    [
        .. CountItems("first", "first", "take", "head", "limit"),
        .. CountItems("last", "last", "tail"),
        new("sort", Operator("sort"), Sequence(Slots.Orders)),
        .. ByKeys("distinct", Sequence(Slots.By), "distinct", "unique", "uniq", "dedupe"),
        new("parse", Operator("parse"), Sequence(Word("json"), Word("lines")), (Slots.Format, "jsonl")),
        new("select", Operator("select"), Sequence(Slots.Columns, Optional("the keys of a fold", Sequence(Word("by"), Slots.By)))),
        .. NamedCaptures("extract", "capture", "rex"),
        new("pivot", Operator("pivot"), Sequence(Slots.Field, Word("by"), Slots.By, Word("values"), Slots.With)),
    ];

    private static readonly OperatorForm[] Synonyms =
    [
        .. RenameHeads("first", "take", "head", "limit"),
        .. RenameHeads("last", "tail"),
        .. RenameHeads("skip", "offset"),
        .. RenameHeads("where", "filter", "having", "query"),
        .. RenameHeads("where llm", "filter"),
        .. RenameHeads("sort", "order"),
        .. RenameHeads("distinct", "unique", "uniq", "dedupe"),
        .. RenameHeads("flatten", "explode", "expand", "unnest", "mvexpand"),
        .. RenameHeads("aggregate", "summarize", "summarise", "agg", "stats"),
        .. RenameHeads("select", "project"),
        .. RenameHeads("map", "each", "foreach", "for_each"),
        .. RenameHeads("map llm", "each", "foreach", "for_each"),
        .. RenameHeads("extend", NewColumns),
        .. RenameHeads("extend llm", NewColumns),
        .. RenameHeads("average", "avg", "mean"),
        .. Best(Operator("top").Shape, "nlargest"),
        .. Best(Sequence(Slots.Count, Word("by"), Slots.Key), LeastRows.Heads),
        .. ByKeys("top", Sequence(Word("by"), Slots.Key), [.. BestRows.GreatestHeads, .. BestRows.LeastHeads]),
        .. ByKeys("top", Slots.Key, [.. BestRows.GreatestHeads, .. BestRows.LeastHeads]),
        .. RenameHeads("stdev", "std", "stddev"),
        .. RenameHeads("count", "countif", "count_if"),
        .. RenameHeads("rank", "search", "bm25"),
        .. RenameHeads("extract", "capture", "rex"),
        .. RenameHeads("extract field", "capture", "rex"),
        .. Format("table", "table", "markdown"),
        .. Format("bullets", "list"),
        new("to", Operator("to"), Word("md"), (Slots.Format, "table")),
        new("to", Operator("to"), Word("markdown"), (Slots.Format, "table")),
        new("parse", Operator("parse"), Word("htm"), (Slots.Format, "html")),
        new("parse", Operator("parse"), Word("md"), (Slots.Format, "markdown")),
        new("from", Operator("parse"), Operator("parse").Shape),
        .. ParseCalls("csv", "json", "jsonl", "tsv", "xlsx"),
        .. Array.ConvertAll(ReadVerbs, verb => new OperatorForm(verb + "excel", Operator("parse"), Nothing, (Slots.Format, "xlsx"))),
        new("parse", Operator("parse"), Word("excel"), (Slots.Format, "xlsx")),
        new("parse", Operator("parse"), Word("xls"), (Slots.Format, "xlsx")),
        new("parse", Operator("parse"), Word("sqlite"), (Slots.Format, "xlsx")),
        new("fromjson", Operator("parse"), Nothing, (Slots.Format, "json")),
        .. ByKeys("select", Slots.Dropped, "drop", "omit"),
        new("rename", Operator("select"), Slots.Renamed),
        .. ByKeys("where", Optional("the fields that are to have a value; without them, all", Slots.Filled), "dropna", "drop_na"),
        .. RenameHeads("pivot", "pivot_table"),
        .. ValueCounts.Forms,
        .. ByKeys("group", Slots.By, "groupby", "group_by"),
        .. ByKeys("sort", Slots.Orders, "sortby", "sort_by", "orderby", "order_by", "sort_values", "arrange"),
        .. ByKeys("sort", Sequence(Word("by"), Slots.Orders), "sort_values", "arrange"),
        .. ByKeys("distinct", Slots.By, "drop_duplicates"),
        new("top", Operator("top"), Sequence(Slots.Count, Word(","), Slots.Key)),
        new("top", Operator("top"), Sequence(Slots.Count)),
        new("grep", Operator("grep"), Sequence(Flag(Slots.Not), Operator("grep").Shape)),
        new("inner", Operator("join on"), Sequence(Word("join"), Operator("join on").Shape)),
        new("group", Operator("group"), Sequence(Slots.Ignored, Operator("group").Shape)),
    ];

    private static readonly OperatorForm[] Plain =
        [.. OperatorCatalog.All.Select(signature => new OperatorForm(signature.Head, signature, signature.Shape)), .. Synonyms];

    private static readonly Dictionary<string, List<OperatorForm>> ByHead = IndexByHead();

    /// <summary>Every word that a shape or a head holds: none of them can be a bare amount.</summary>
    public static IReadOnlyCollection<string> Keywords => field ??= new HashSet<string>(
        Plain.SelectMany(form => WordsOf(form.Shape).Append(form.Head)), StringComparer.Ordinal);

    /// <summary>Every head that may start a statement.</summary>
    public static IEnumerable<string> Openers => Longer.Concat(Plain).Where(form => form.Operator.CanOpen || form.Operator.IsPaid).Select(form => form.Head);

    /// <summary>The folds by keys that may stand without arguments, whose value may be compared behind them.</summary>
    public static IEnumerable<string> BareFolds =>
        Plain.Where(form => form.Operator is { Family: OperatorFamily.Fold, HasKeys: true } && form.IsComplete && form.Head == form.Operator.Name).Select(form => form.Head);

    /// <summary>The words that open what a free stage may be written without: each changes what it gives.</summary>
    public static IEnumerable<string> OptionWords =>
        OptionWordsOf(isPaid: false).Except(OptionWordsOf(isPaid: true)).Concat(["by", "desc", "not"]);

    /// <summary>The words right behind which a pattern or a condition may stand, so that a slash opens a regex there.</summary>
    public static IReadOnlyCollection<string> OpenPatterns => field ??= FindOpenPatterns();

    /// <summary>The forms of a head word, which may stand in capitals as in SQL.</summary>
    public static IReadOnlyList<OperatorForm> Of(string head) =>
        ByHead.TryGetValue(head, out var forms)
            || (head.Length > 1 && head.All(char.IsUpper) && ByHead.TryGetValue(head.ToLowerInvariant(), out forms)) ? forms : [];

    // A loop, since to group by LINQ was a third of what the table costs each start.
    private static Dictionary<string, List<OperatorForm>> IndexByHead()
    {
        var byHead = new Dictionary<string, List<OperatorForm>>(StringComparer.Ordinal);
        foreach (var form in (OperatorForm[])[.. Longer, .. Plain])
        {
            if (!byHead.TryGetValue(form.Head, out var forms))
                byHead.Add(form.Head, forms = []);
            forms.Add(form);
        }

        return byHead;
    }

    // An array each, so that the tables above are laid out at once.
    private static OperatorForm[] RenameHeads(string name, params string[] heads) =>
        Array.ConvertAll(heads, head => new OperatorForm(head, Operator(name), Operator(name).Shape));

    // `first 3 rows`: what is counted is what comes in.
    private static OperatorForm[] CountItems(string name, params string[] heads) =>
        Array.ConvertAll(heads, head => new OperatorForm(head, Operator(name),
        Sequence(Slots.Count, new WordShape(["rows", "items", "records", "results", "entries", "lines"], null))));

    // `extract day date /(\d+)$/`, `extract day = date /(\d+)$/`, `extract date /(\d+)$/ as day`, `extract /(\d+)$/ as day`.
    private static OperatorForm[] NamedCaptures(params string[] heads) => [.. heads.SelectMany(head => new OperatorForm[]
    {
        new(head, Operator("extract field"), Sequence(Slots.CaptureName, Optional("", Word("=")), Operator("extract field").Shape)),
        new(head, Operator("extract"), Sequence(Slots.CaptureName, Word("="), Operator("extract").Shape)),
        new(head, Operator("extract field"), Sequence(Slots.SourceField, Slots.CapturePattern, Word("as"), Slots.CaptureName)),
        new(head, Operator("extract"), Sequence(Slots.CapturePattern, Word("as"), Slots.CaptureName)),
    })];

    // `nlargest 3 count`, `nsmallest(2, "x")`: pandas' words for the best and the least.
    private static OperatorForm[] Best(Shape shape, params string[] heads) => [.. heads.SelectMany(head => new[]
    {
        shape, Sequence(Slots.Count, Word(","), Slots.Key), Sequence(Slots.Count, Slots.Key), Sequence(Slots.Count),
    }.Select(form => new OperatorForm(head, Operator("top"), form)))];

    // `parse_csv`, `from_json`, `read_csv`.
    private static OperatorForm[] ParseCalls(params string[] formats) => [.. formats.SelectMany(
        format => ReadVerbs.Select(verb => new OperatorForm(verb + format, Operator("parse"), Nothing, (Slots.Format, format))))];

    private static OperatorForm[] Format(string format, params string[] heads) =>
        Array.ConvertAll(heads, head => new OperatorForm(head, Operator("to"), Nothing, (Slots.Format, format)));

    private static OperatorForm[] ByKeys(string name, Shape keys, params string[] heads) =>
        Array.ConvertAll(heads, head => new OperatorForm(head, Operator(name), keys));

    private static OperatorSignature Operator(string name) => OperatorCatalog.Find(name)!;

    private static IEnumerable<string> OptionWordsOf(bool isPaid) => OperatorCatalog.All.Where(signature => signature.IsPaid == isPaid)
        .SelectMany(signature => OptionsOf(signature.Shape)).SelectMany(OpeningWordsOf);

    private static IEnumerable<string> OpeningWordsOf(Shape shape) => shape switch
    {
        SequenceShape { Parts: [WordShape { Slot: null } word, ..] } => word.Alternatives,
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(OpeningWordsOf),
        OptionalShape optional => OpeningWordsOf(optional.Inner),
        _ => [],
    };

    private static IEnumerable<Shape> OptionsOf(Shape shape) => shape switch
    {
        SequenceShape sequence => sequence.Parts.SelectMany(OptionsOf),
        ChoiceShape choice => choice.Alternatives.SelectMany(OptionsOf),
        OptionalShape or AnyOrderShape => [shape],
        _ => [],
    };

    private static HashSet<string> FindOpenPatterns()
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var form in Longer.Concat(Plain))
            AddLeaders(form.Shape, [form.Head], found);
        return found;
    }

    /// <summary>Adds the words before the patterns and conditions of a shape, and gives those that may stand right before what follows it.</summary>
    private static IReadOnlyList<string> AddLeaders(Shape shape, IReadOnlyList<string> before, HashSet<string> found)
    {
        switch (shape)
        {
            case SequenceShape sequence:
                return sequence.Parts.Aggregate(before, (words, part) => AddLeaders(part, words, found));
            case ChoiceShape choice:
                return [.. choice.Alternatives.SelectMany(part => AddLeaders(part, before, found))];
            case AnyOrderShape anyOrder:
                return [.. before, .. anyOrder.Parts.SelectMany(part => AddLeaders(part, before, found))];
            case OptionalShape optional:
                return [.. before, .. AddLeaders(optional.Inner, before, found)];
            case WordShape word:
                return word.Alternatives;
            case FlagShape flag:
                return [flag.Words[flag.Words.Count - 1]];
            case SlotShape { Slot.Kind: SlotKind.Pattern or SlotKind.CapturePattern or SlotKind.Condition or SlotKind.OptionalCondition }:
                found.UnionWith(before);
                return [];
            default:
                return [];
        }
    }

    private static IEnumerable<string> WordsOf(Shape shape) => shape switch
    {
        SequenceShape sequence => sequence.Parts.SelectMany(WordsOf),
        ChoiceShape choice => choice.Alternatives.SelectMany(WordsOf),
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(WordsOf),
        OptionalShape optional => WordsOf(optional.Inner),
        WordShape word => word.Alternatives,
        FlagShape flag => flag.Words,
        _ => [],
    };
}
