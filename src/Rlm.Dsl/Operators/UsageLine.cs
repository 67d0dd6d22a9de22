using Rlm.Dsl.Operators.Rules;

namespace Rlm.Dsl.Operators;

/// <summary>An operator's form in one line, as help and diagnostics print it.</summary>
internal static class UsageLine
{
    public static string Of(OperatorSignature signature)
    {
        string form = Of(Usable(signature), false).Trim();
        return form.Length == 0 ? signature.Head : $"{signature.Head} {form}";
    }

    /// <summary>The form with a call's options left out but <c>as</c>, to fit into a diagnostic.</summary>
    public static string ShortOf(OperatorSignature signature) =>
        (signature.IsPaid ? Of(signature).Split([" [pack", " [with"], StringSplitOptions.None)[0].Replace("(llm|rlm)", "llm") : Of(signature));

    /// <summary>Each part of the form that may be left out, in order and once, with what it does.</summary>
    public static IReadOnlyList<(string Form, string Text)> OptionsOf(OperatorSignature signature) => [.. OptionsOf(Usable(signature)).Distinct()];

    private static Shape Usable(OperatorSignature signature) => signature.IsPaid ? Leave(signature.Shape, signature) ?? Shapes.Nothing : signature.Shape;

    /// <summary>What is left of a shape without the options that say nothing at its operator; null for nothing.</summary>
    private static Shape? Leave(Shape shape, OperatorSignature signature) => shape switch
    {
        SlotShape { Slot: var slot } when !Takes(signature, slot) => null,
        FlagShape { Slot: var slot } when !Takes(signature, slot) => null,
        SequenceShape sequence when sequence.Parts.Select(part => Leave(part, signature)).ToList() is var left =>
            left.Contains(null) ? null : new SequenceShape([.. left.Select(part => part!)]),
        ChoiceShape choice => choice.Alternatives.Select(part => Leave(part, signature)).OfType<Shape>().ToList() switch
        {
            [] => null,
            [var only] => only,
            var left => new ChoiceShape(left),
        },
        AnyOrderShape anyOrder => new AnyOrderShape(
        [
            .. anyOrder.Options.Select(option => (option.Text, option.Part, Left: Leave(option.Part, signature))).Where(option => option.Left is not null)
                // What one of two words does that may stand there is told behind `; or`.
                .Select(option => (Of(option.Left!, true) == Of(option.Part, true) ? option.Text : option.Text.Split(["; or `"], StringSplitOptions.None)[0], option.Left!)),
        ]),
        _ => shape,
    };

    private static bool Takes(OperatorSignature signature, Slot option) => UsableOptions.Has(signature, option, signature.Is(OperatorTraits.AsksRoot));

    private static IEnumerable<(string Form, string Text)> OptionsOf(Shape shape) => shape switch
    {
        SequenceShape sequence => sequence.Parts.SelectMany(OptionsOf),
        ChoiceShape choice => choice.Alternatives.SelectMany(OptionsOf),
        OptionalShape optional => [(Of(optional.Inner, false), optional.Text), .. OptionsOf(optional.Inner)],
        AnyOrderShape anyOrder => anyOrder.Options.SelectMany(option => OptionsOf(option.Part).Prepend((Of(option.Part, true), option.Text))),
        SlotShape { Slot.Kind: SlotKind.Keys } => [("NAME =", "what the key is called; without it, a field's own name or `key`, of several the function's")],
        SlotShape { Slot.Kind: SlotKind.Columns } => [("= EXPR", "what the column holds; without it, the field of that name")],
        SlotShape { Slot.Kind: SlotKind.Orders } => [("desc", "greatest first")],
        _ => [],
    };

    private static string Of(Shape shape, bool isOutermost) => shape switch
    {
        SequenceShape sequence => string.Join(" ", sequence.Parts.Select(part => Of(part, false)).Where(part => part.Length > 0)),
        ChoiceShape choice => Group(string.Join(" | ", choice.Alternatives.Select(part => Of(part, false))), isOutermost),
        OptionalShape optional => $"[{Of(optional.Inner, false)}]",
        AnyOrderShape anyOrder => string.Join(" ", anyOrder.Parts.Select(part => $"[{Of(part, true)}]")),
        WordShape word => Group(string.Join("|", word.Alternatives), isOutermost || word.Alternatives.Count == 1),
        FlagShape flag => string.Join(" ", flag.Words),
        SlotShape shown => Of(shown.Slot),
        _ => "",
    };

    private static string Group(string text, bool isAlone) => isAlone ? text : $"({text})";

    private static string Of(Slot slot) => slot.Kind switch
    {
        SlotKind.Expression => "EXPR",
        SlotKind.Condition or SlotKind.OptionalCondition => "CONDITION",
        SlotKind.Pattern or SlotKind.CapturePattern => "PATTERN",
        SlotKind.Prompt => "PROMPT",
        SlotKind.Outer or SlotKind.String or SlotKind.Scalar => slot.Name.ToUpperInvariant(),
        SlotKind.Amount or SlotKind.Place or SlotKind.Number => "N",
        SlotKind.Unit => "UNIT",
        SlotKind.FieldName or SlotKind.SourceField => "FIELD",
        SlotKind.NewName => "NAME",
        SlotKind.FieldNames => "FIELD, …",
        SlotKind.Keys => "[NAME =] EXPR, …",
        SlotKind.Bindings => "NAME = EXPR, …",
        SlotKind.Aggregates => "NAME = AGGREGATE, …",
        SlotKind.Columns => "NAME [= EXPR], …",
        SlotKind.Orders => "EXPR [desc], …",
        SlotKind.Type => "TYPE",
        SlotKind.Fallback => "fail|skip|VALUE",
        _ => "MODEL",
    };
}
