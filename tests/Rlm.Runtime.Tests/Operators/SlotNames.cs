using Rlm.Dsl.Operators;

namespace Rlm.Runtime.Tests.Operators;

/// <summary>The slots of a signature by name, so that a test's table can write them.</summary>
internal static class SlotNames
{
    public static Slot Find(OperatorSignature signature, string name) =>
        signature == OperatorCatalog.Function ? Slots.Value : Of(signature.Shape).First(slot => slot.Name == name);

    private static IEnumerable<Slot> Of(Shape shape) => shape switch
    {
        SlotShape shown => [shown.Slot],
        FlagShape flag => [flag.Slot],
        WordShape { Slot: { } slot } => [slot],
        SequenceShape sequence => sequence.Parts.SelectMany(Of),
        ChoiceShape choice => choice.Alternatives.SelectMany(Of),
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(Of),
        OptionalShape optional => Of(optional.Inner),
        _ => [],
    };
}
