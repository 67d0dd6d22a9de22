using Rlm.Dsl.Types;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Asking;

/// <summary>Says in words what a reply of a type looks like.</summary>
internal static class ReplyGuide
{
    private const int RowNumberTokens = 4;
    private const int MaxShownLabels = 12;

    public const string Copied = "A quote is copied exactly from the data.";

    public static string For(RlmType type)
    {
        string guide = type.Required switch
        {
            LabelType => "Reply with exactly one of the labels, spelled as given.",
            RecordType => "Reply with one JSON object of this shape.",
            ListType { Item: RecordType } => "Reply with a JSON array of such objects, [] where there are none.",
            ListType => "Reply with a JSON array, [] where there are none.",
            var other when other == RlmType.Number => "Reply with one number in digits, such as 1234.5, without a unit.",
            var other when other == RlmType.Bool => "Reply with true or false.",
            var other when other == RlmType.Date => "Reply with a date as yyyy-MM-dd, with HH:mm:ss where a time is known.",
            var other when other == RlmType.Quote => "Reply with words copied exactly from the data.",
            _ => "",
        };

        if (HoldsQuote(type.Required) && type.Required != RlmType.Quote)
            guide += $" {Copied}";
        if (type is OptionalType)
            guide += " Reply with none where the data do not say.";
        else if (type is RecordType record && record.Fields.Any(field => field.Type is OptionalType))
            guide += " A field that the data do not give is null.";
        return string.Concat(guide.Trim(), string.Concat(DefinitionsIn(type)));
    }

    /// <summary>A line for each label of the type that is defined.</summary>
    private static IEnumerable<string> DefinitionsIn(RlmType type, string? field = null) => type.Required switch
    {
        LabelType label => label.Definitions.Select((text, place) => (Label: label.Labels![place], Text: text))
            .Where(label => !string.IsNullOrWhiteSpace(label.Text))
            .Select(label => PromptMarkers.Defuse(
                $"\n`{label.Label}`{(field is null ? "" : $" of `{field}`")} means: {label.Text!.ReplaceLineEndings(" ")}")),
        ListType list => DefinitionsIn(list.Item, field),
        RecordType record => record.Fields.SelectMany(inner => DefinitionsIn(inner.Type, field is null ? inner.Name : $"{field}.{inner.Name}")),
        _ => [],
    };

    /// <summary>
    /// The form that a reply must have, for a model that missed it: what to write, and an example that favours no answer.
    /// </summary>
    public static string FormOf(RlmType type) => type.Required switch
    {
        LabelType { Labels: { } labels } =>
            $"the label alone, {string.Join(" or ", labels.Take(MaxShownLabels).Select(label => $"`{label}`"))}{(labels.Count > MaxShownLabels ? " or another of them" : "")}",
        RecordType => $"the JSON object alone, as in {ExampleOf(type)}",
        ListType => $"the JSON array alone, as in {ExampleOf(type)}",
        var other when other == RlmType.Number => "the number alone, in digits without separators, as in -1234.5",
        var other when other == RlmType.Bool => "true or false alone",
        var other when other == RlmType.Date => "the date alone, as in 2026-03-05",
        var other when other == RlmType.Quote => "the copied words alone",
        _ => "the answer alone",
    };

    private static string ExampleOf(RlmType type) => type.Required switch
    {
        RecordType record => $"{{{string.Join(", ", record.Fields.Select(field => $"\"{field.Name}\": {ExampleOf(field.Type)}"))}}}",
        ListType list => $"[{ExampleOf(list.Item)}, …]",
        var other when other == RlmType.Number => "0",
        var other when other == RlmType.Bool => "true",
        var other when other == RlmType.Date => "\"yyyy-MM-dd\"",
        _ => "\"…\"",
    };

    /// <summary>Whether a reply of the type holds quotes.</summary>
    public static bool HoldsQuote(RlmType type) => type.Required switch
    {
        ListType list => HoldsQuote(list.Item),
        RecordType record => record.Fields.Any(field => HoldsQuote(field.Type)),
        var other => other == RlmType.Quote,
    };

    /// <summary>About how many tokens a row's line takes in the reply of a packed call, its number included.</summary>
    public static int TokensOf(RlmType type) => RowNumberTokens + type.Required switch
    {
        LabelType label => 1 + ((label.Labels ?? []).Select(text => text.Length).DefaultIfEmpty().Max() / 3),
        RecordType record => record.Fields.Sum(field => 4 + (field.Name.Length / 3) + TokensOf(field.Type)),
        ListType list => 4 * TokensOf(list.Item),
        var other when other == RlmType.Bool => 1,
        var other when other == RlmType.Number => 4,
        var other when other == RlmType.Date => 10,
        _ => 60,
    };
}
