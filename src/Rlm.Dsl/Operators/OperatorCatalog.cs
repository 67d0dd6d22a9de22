using static Rlm.Dsl.Operators.Shapes;

namespace Rlm.Dsl.Operators;

/// <summary>The ordered list of operators: the one source of the grammar's words, the binder's rules, the help and the root prompt.</summary>
internal static partial class OperatorCatalog
{
    /// <summary>Every operator; of two with one head word the more specific stands first.</summary>
    public static IReadOnlyList<OperatorSignature> All { get; } = [.. Look, .. Cut, .. FindOperators, .. Ask, .. Rows, .. Fold];

    private static readonly Dictionary<string, OperatorSignature> ByName = All.ToDictionary(signature => signature.Name, StringComparer.Ordinal);

    /// <summary>The operators that a head word opens, in the order in which they are tried.</summary>
    public static ILookup<string, OperatorSignature> ByHead { get; } = All.ToLookup(signature => signature.Head, StringComparer.Ordinal);

    public static OperatorSignature? Find(string name) => ByName.TryGetValue(name, out var signature) ? signature : null;

    /// <summary>How alike the texts of a group are at least, and a bit more, where a program does not say it.</summary>
    public const decimal SimilarAbove = 0.85m;

    private static Shape By => Sequence(Word("by"), Slots.By);

    private static Shape FoldedBy => Optional("one result for each value of the keys", By);

    private static Shape FoldedValue => Optional("the value of each item; without it, the item itself", Slots.Value);

    private static Shape CountedUnit => Optional(
        "what is counted: lines, chars, tokens, words or items; without it, lines of a text and items of a list", Slots.Unit);
}
