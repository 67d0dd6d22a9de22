using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Runtime.Tests.Planning;

/// <summary>
/// Stages of any operator or function of the catalogue: its shape, with each slot filled by something of the slot's kind. A new operator is among them
/// by itself, and a new kind of slot throws.
/// </summary>
/// <param name="random">What chooses.</param>
/// <param name="favourite">The number of the operator that is tried more often than others, so that so many numbers have every one.</param>
internal sealed class RandomStage(Random random, int favourite)
{
    /// <summary>Of a record's fields, those that were made; of an item that is none, names that there may be.</summary>
    private static readonly string[] AnyNames = ["a", "b", "kind", "n"];

    private static readonly OperatorSignature[] All = [.. OperatorCatalog.All];
    private static readonly OperatorSignature[] Free = [.. All.Where(signature => !signature.IsPaid)];
    private static readonly OperatorSignature[] Paid = [.. All.Where(signature => signature.IsPaid)];

    private static readonly FunctionSignature[] Functions =
        [.. FunctionCatalog.All.Where(function => !function.IsWindow && function.Parameters.Count(parameter => !parameter.IsOptional) == 1)];

    /// <summary>A stage for what comes in.</summary>
    public string Write(RlmType input)
    {
        var names = (input.ItemType ?? input).Required is RecordType { Fields: { Count: > 0 } fields }
            ? [.. fields.Select(field => Names.Write(field.Name))]
            : AnyNames;
        return random.Next(16) == 0 ? Pick(Functions).Name
            : Write(random.Next(6) == 0 ? All[favourite % All.Length] : Pick(random.Next(2) == 0 ? Paid : Free), names);
    }

    private string Write(OperatorSignature signature, string[] names) => $"{signature.Head} {Of(signature.Shape, names)}".Trim();

    private string Of(Shape shape, string[] names) => shape switch
    {
        SequenceShape sequence => Join(sequence.Parts, names),
        ChoiceShape choice => Of(Pick([.. choice.Alternatives.Where(part => !NamesModel(part))]), names),
        OptionalShape optional => random.Next(3) == 0 ? Of(optional.Inner, names) : "",
        AnyOrderShape anyOrder => Join([.. anyOrder.Parts.Where(_ => random.Next(4) == 0)], names),
        WordShape word => Pick(word.Alternatives),
        FlagShape flag => string.Join(' ', flag.Words),
        SlotShape { Slot: var slot } => Fill(slot, names),
        _ => throw new InvalidOperationException($"No text for {shape}."),
    };

    // The programs run with one model.
    private static bool NamesModel(Shape shape) => shape is SequenceShape { Parts: [.., SlotShape { Slot.Kind: SlotKind.ModelName }] };

    private string Join(IReadOnlyList<Shape> parts, string[] names) =>
        string.Join(' ', parts.Select(part => Of(part, names)).Where(text => text.Length > 0));

    private string Fill(Slot slot, string[] names)
    {
        string name = Pick(names), value = Pick("it", name, "length(\"{it}\")", "upper(\"{it}\")", $"coalesce({name}, 1)");
        return slot.Kind switch
        {
            SlotKind.Expression => Pick(value, "\"<{it}>\"", "{a: it}", "index"),
            SlotKind.Condition or SlotKind.OptionalCondition => Pick("length(\"{it}\") > 4", "\"{it}\" contains \"1\"", $"{name} == \"a\"", $"{name} != none"),
            SlotKind.Pattern => Pick("/1/", "/e|,/", "/reply/", "\" \""),
            SlotKind.CapturePattern => Pick("\"{a} {b}\"", "/(?<a>\\w*)/", "/(?<c>\\w)/"),
            SlotKind.Prompt => Pick(
                "\"Sum up.\"", "\"Say: {it}\"", "\"Which?\"", "\"Say {it} of {top}\"", "\"About {top}\"", "\"Say {count(context | lines)}.\""),
            SlotKind.Outer when slot == Slots.Rows => Pick("(context | lines | extract \"{a} {n}\")", "(context | lines | map {kind: it})"),
            SlotKind.Outer => Pick("\"item\"", "\"; \"", "(context | lines | extract \"{a} {n}\")", "(context | lines | map {kind: it})"),
            SlotKind.String => "\"item\"",
            SlotKind.Place => Pick("0", "1", "3", "-1", "-2", "-5"),
            SlotKind.Amount or SlotKind.Number => $"{Math.Min(slot.Least + random.Next(1, 5), slot.Most ?? 9)}",
            SlotKind.Scalar => Pick("0", "1", "\"x\""),
            SlotKind.Unit => Pick("lines", "lines", "items", "words", "chars"),
            SlotKind.FieldName or SlotKind.SourceField or SlotKind.FieldNames => name,
            SlotKind.NewName => Pick("kind", "note", "n"),
            SlotKind.Keys => Pick(value, $"k = {value}"),
            SlotKind.Columns => Pick(name, $"c = {value}", $"{name}, c = {value}"),
            SlotKind.Bindings => Pick($"n = {value}", "n = length(\"{it}\"), s = running_sum(n)", $"kind = prev({value})"),
            SlotKind.Aggregates => Pick("n = count()", $"n = max({value})", $"n = count(), m = first({value})"),
            SlotKind.Orders => Pick(value, $"{value} desc"),
            SlotKind.Type => Pick("bool", "number", "text", "list of text", "list of text?", "one of [\"a\", \"b\", \"c\"]", "{kind: text, size: number?}"),
            SlotKind.Fallback => Pick("skip", "fail", "0", "\"x\""),
            _ => throw new InvalidOperationException($"No text for the slot kind {slot.Kind}."),
        };
    }

    private T Pick<T>(params IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
