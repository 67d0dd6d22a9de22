using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing;

/// <summary>One way to write a stage: a head word, what follows it, and the operator that is meant.</summary>
/// <param name="Head">The word as written.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Shape">What follows the word; the operator's own shape unless this is a synonym with another one.</param>
/// <param name="Fixed">A slot that the word itself fills, as <c>table</c> does for <c>to table</c>.</param>
internal sealed record OperatorForm(string Head, OperatorSignature Operator, Shape Shape, (Slot Slot, string Word)? Fixed = null)
{
    /// <summary>Whether parentheses behind the word are its own first of all, as in <c>groupby("a").count()</c>.</summary>
    public bool IsCall => Shape is SlotShape { Slot.Kind: SlotKind.Keys or SlotKind.Orders or SlotKind.FieldNames or SlotKind.Renames or SlotKind.Expression };

    /// <summary>Whether its orders have no word before them, so that one of a direction would be taken for a key.</summary>
    public bool OpensWithOrders =>
        Shape is SlotShape { Slot.Kind: SlotKind.Orders } or SequenceShape { Parts: [SlotShape { Slot.Kind: SlotKind.Orders }, ..] };

    /// <summary>Whether keys follow it at once, so that a flag of a shell would be taken for a negated one.</summary>
    public bool OpensWithKeys => Shape is SequenceShape { Parts: [SlotShape { Slot.Kind: SlotKind.Keys }] };

    /// <summary>Whether it may stand without arguments.</summary>
    public bool IsComplete => MayBeEmpty(Shape);

    /// <summary>The slots in their order, of which the first so many are needed; null where words stand between them.</summary>
    public (IReadOnlyList<Slot> All, int Needed)? Slots => FindSlots(Shape, true);

    public StageSyntax ToStage(SourceSpan span, IdentifierSyntax head, IReadOnlyList<ArgumentSyntax> arguments) =>
        new(span, head, Operator, Fixed is var (slot, word)
            ? [new ArgumentSyntax(head.Span, slot, new WordSyntax(head.Span, word)), .. arguments] : arguments, null);

    private static bool MayBeEmpty(Shape shape) => shape switch
    {
        SequenceShape sequence => sequence.Parts.All(MayBeEmpty),
        OptionalShape or AnyOrderShape => true,
        _ => false,
    };

    private static (IReadOnlyList<Slot> All, int Needed)? FindSlots(Shape shape, bool isNeeded) => shape switch
    {
        SlotShape { Slot: var slot } => ([slot], isNeeded ? 1 : 0),
        OptionalShape { Inner: SequenceShape { Parts: [var inner] } } => FindSlots(inner, false),
        OptionalShape or AnyOrderShape => ([], 0),
        SequenceShape sequence => sequence.Parts.Aggregate(((IReadOnlyList<Slot> All, int Needed)?)([], 0), (before, part) =>
            before is var (all, needed) && FindSlots(part, isNeeded) is var (more, neededMore) ? ([.. all, .. more], needed + neededMore)
                : null),
        _ => null,
    };
}
