using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// The forms that each head word opens: the catalogue's, and what models and people write instead (docs/specification.md, section 6).
/// </summary>
internal static class OperatorForms
{
    private static readonly string[] NewColumns = ["mutate", "assign", "derive", "with"];

    /// <summary>Forms that say more than the catalogue's, which are tried first.</summary>
    private static readonly OperatorForm[] Longer =
    [
        .. CountItems("first", "first", "take", "head", "limit"),
        .. CountItems("last", "last", "tail"),
        new("sort", Operator("sort"), Sequence(Slots.Orders)),
    ];

    private static readonly OperatorForm[] Synonyms =
    [
        .. RenameHeads("first", "take", "head", "limit"),
        .. RenameHeads("last", "tail"),
        .. RenameHeads("skip", "offset"),
        .. RenameHeads("where", "filter", "having"),
        .. RenameHeads("where llm", "filter"),
        .. RenameHeads("sort", "order"),
        .. RenameHeads("distinct", "unique", "uniq", "dedupe"),
        .. RenameHeads("flatten", "explode", "expand", "unnest"),
        .. RenameHeads("aggregate", "summarize", "summarise", "agg"),
        .. RenameHeads("select", "project"),
        .. RenameHeads("extend", NewColumns),
        .. RenameHeads("extend llm", NewColumns),
        .. RenameHeads("average", "avg", "mean"),
        .. RenameHeads("rank", "search", "bm25"),
        .. Format("table", "table", "markdown"),
        .. Format("bullets", "list"),
        new("to", Operator("to"), Word("md"), (Slots.Format, "table")),
        new("to", Operator("to"), Word("markdown"), (Slots.Format, "table")),
        new("parse", Operator("parse"), Word("htm"), (Slots.Format, "html")),
        new("parse", Operator("parse"), Word("md"), (Slots.Format, "markdown")),
        .. ValueCounts.Forms,
        .. ByKeys("group", Slots.By, "groupby", "group_by"),
        .. ByKeys("sort", Slots.Orders, "sortby", "sort_by", "orderby", "order_by"),
        new("top", Operator("top"), Sequence(Slots.Count)),
        new("grep", Operator("grep"), Sequence(Flag(Slots.Not), Operator("grep").Shape)),
        new("inner", Operator("join on"), Sequence(Word("join"), Operator("join on").Shape)),
        new("group", Operator("group"), Sequence(Slots.Ignored, Operator("group").Shape)),
    ];

    private static readonly Dictionary<string, IReadOnlyList<OperatorForm>> ByHead = Longer
        .Concat(OperatorCatalog.All.Select(signature => new OperatorForm(signature.Head, signature, signature.Shape)))
        .Concat(Synonyms)
        .GroupBy(form => form.Head, StringComparer.Ordinal)
        .ToDictionary(forms => forms.Key, forms => (IReadOnlyList<OperatorForm>)[.. forms], StringComparer.Ordinal);

    /// <summary>Every word that a shape or a head holds: none of them can be a bare amount.</summary>
    public static IReadOnlyCollection<string> Keywords { get; } = new HashSet<string>(
        ByHead.Values.SelectMany(forms => forms).Except(Longer)
            .SelectMany(form => WordsOf(form.Shape).Append(form.Head)), StringComparer.Ordinal);

    /// <summary>The forms of a head word, which may stand in capitals as in SQL.</summary>
    public static IReadOnlyList<OperatorForm> Of(string head) =>
        ByHead.TryGetValue(head, out var forms)
            || (head.Length > 1 && head.All(char.IsUpper) && ByHead.TryGetValue(head.ToLowerInvariant(), out forms)) ? forms : [];

    private static IEnumerable<OperatorForm> RenameHeads(string name, params string[] heads) =>
        heads.Select(head => new OperatorForm(head, Operator(name), Operator(name).Shape));

    // `first 3 rows`: what is counted is what comes in.
    private static IEnumerable<OperatorForm> CountItems(string name, params string[] heads) =>
        heads.Select(head => new OperatorForm(head, Operator(name),
        Sequence(Slots.Count, new WordShape(["rows", "items", "records", "results", "entries", "lines"], null))));

    private static IEnumerable<OperatorForm> Format(string format, params string[] heads) =>
        heads.Select(head => new OperatorForm(head, Operator("to"), Nothing, (Slots.Format, format)));

    private static IEnumerable<OperatorForm> ByKeys(string name, Shape keys, params string[] heads) =>
        heads.Select(head => new OperatorForm(head, Operator(name), keys));

    private static OperatorSignature Operator(string name) => OperatorCatalog.Find(name)!;

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
