using Rlm.Dsl.Types;

namespace Rlm.Runtime.Asking;

/// <summary>Says in words what a reply of a type looks like.</summary>
internal static class ReplyGuide
{
    private const int RowNumberTokens = 4;

    public static string For(RlmType type)
    {
        string guide = type.Required switch
        {
            LabelType => "Reply with exactly one of the labels, spelled as given.",
            RecordType => "Reply with one JSON object of this shape.",
            ListType { Item: RecordType } => "Reply with a JSON array of such objects, [] where there are none.",
            ListType => "Reply with a JSON array, [] where there are none.",
            var other when other == RlmType.Number => "Reply with one number.",
            var other when other == RlmType.Bool => "Reply with true or false.",
            var other when other == RlmType.Date => "Reply with a date as yyyy-MM-dd, with HH:mm:ss where a time is known.",
            var other when other == RlmType.Quote => "Reply with words copied exactly from the data.",
            _ => "",
        };

        if (HoldsQuote(type.Required) && type.Required != RlmType.Quote)
            guide += " A quote is copied exactly from the data.";
        if (type is OptionalType)
            guide += " Reply with none where the data do not say.";
        else if (type is RecordType record && record.Fields.Any(field => field.Type is OptionalType))
            guide += " A field that the data do not give is null.";
        return guide.Trim();
    }

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
