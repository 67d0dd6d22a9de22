using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Tests.Operators;

/// <summary>Stages as texts, made from the operators' shapes, so that a test over the catalogue sees a new operator by itself.</summary>
internal static class CatalogStages
{
    /// <summary>
    /// Each form of an operator: with each option alone, each alternative, and each slot filled by <paramref name="fill"/>.
    /// </summary>
    public static IEnumerable<string> Of(OperatorSignature signature, Func<Slot, string> fill) =>
        Of(signature.Shape, fill).Select(form => $"{signature.Head} {form}".Trim()).Distinct();

    private static IEnumerable<string> Of(Shape shape, Func<Slot, string> fill) => shape switch
    {
        SequenceShape sequence => sequence.Parts.Aggregate(
            (IEnumerable<string>)[""], (before, part) => before.SelectMany(text => Of(part, fill).Select(next => $"{text} {next}".Trim()))),
        ChoiceShape choice => choice.Alternatives.SelectMany(part => Of(part, fill)),
        OptionalShape optional => Of(optional.Inner, fill).Prepend(""),
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(part => Of(part, fill)).Prepend(""),
        WordShape word => word.Alternatives,
        FlagShape flag => [string.Join(' ', flag.Words)],
        SlotShape shown => [fill(shown.Slot)],
        _ => throw new InvalidOperationException($"No text for {shape}."),
    };

    /// <summary>The slots of a shape, in order.</summary>
    public static IEnumerable<Slot> SlotsOf(Shape shape) => shape switch
    {
        SlotShape shown => [shown.Slot],
        FlagShape flag => [flag.Slot],
        WordShape { Slot: { } slot } => [slot],
        SequenceShape sequence => sequence.Parts.SelectMany(SlotsOf),
        ChoiceShape choice => choice.Alternatives.SelectMany(SlotsOf),
        AnyOrderShape anyOrder => anyOrder.Parts.SelectMany(SlotsOf),
        OptionalShape optional => SlotsOf(optional.Inner),
        _ => [],
    };

    /// <summary>
    /// A slot's text with <paramref name="column"/> wherever the slot can read the item, and something that fits elsewhere.
    /// </summary>
    /// <param name="slot">The slot.</param>
    /// <param name="column">The column, as it is written.</param>
    /// <param name="isCondition">Whether an expression is to be true or false.</param>
    public static string Fill(Slot slot, string column, bool isCondition) => slot.Kind switch
    {
        SlotKind.Expression or SlotKind.Condition or SlotKind.OptionalCondition => isCondition ? $"{column} == \"1\"" : column,
        SlotKind.FieldName or SlotKind.SourceField or SlotKind.FieldNames or SlotKind.Keys or SlotKind.Columns => column,
        SlotKind.Orders => $"{column} desc",
        SlotKind.Bindings => $"made = {column}",
        SlotKind.Aggregates => $"made = max({column})",
        SlotKind.Prompt => $"\"Is {{{column}}} right?\"",
        SlotKind.Pattern => "/p/",
        SlotKind.CapturePattern => "/(?<made>p)/",
        SlotKind.Outer => slot.Name is "rows" ? "rows" : "\"q\"",
        SlotKind.String => "\"q\"",
        SlotKind.Amount or SlotKind.Place or SlotKind.Number => "1",
        SlotKind.Unit => "lines",
        SlotKind.NewName => "made",
        SlotKind.Type => "text",
        SlotKind.Fallback => "skip",
        SlotKind.Scalar => "1",
        SlotKind.ModelName => "small",
        _ => throw new InvalidOperationException($"No text for the slot kind {slot.Kind}."),
    };
}
