using Rlm.Dsl.Formats;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>What stands behind the colon of a hole of an <c>extract</c> template: a type, the format of a date, or how Python's <c>parse</c> says one.</summary>
internal static class HoleTypes
{
    /// <summary>The type that a word names, in whatever language; null for a format and anything else.</summary>
    public static RlmType? Find(string word)
    {
        string name = word.Trim();
        bool isOptional = name is [.., '?'];
        var type = name.TrimEnd('?') switch
        {
            "word" or "w" or "s" => RlmType.Text,
            "d" or "i" or "f" or "g" or "n" => RlmType.Number,
            var named => RlmType.FindNamed(TypeSynonyms.Canonical(named)),
        };
        return isOptional ? type?.OrNone : type;
    }

    /// <summary>The type of a capture: by name, or as a date of that format; null where it says none.</summary>
    public static RlmType? OfCapture(string text) => Find(text)
        ?? (FormatRules.FindReadingFault(text) is null ? new DateType(text)
            : FormatRules.FaultOf(RlmType.Number, text) is null ? RlmType.Number
            : null);

    /// <summary>The regex of what a hole holds that ends by itself: figures, a word, or as many words as the format of a date has. Null for any text.</summary>
    public static string? PatternOf(string text) => OfCapture(text) switch
    {
        { } type when type.Required == RlmType.Number => @"[-+]?\d[\d.,]*",
        { } when text.Trim() is "word" or "w" => @"\S+",
        { Required: DateType { Format: var format } } => $@"\S+(?:[ \t]+\S+){{{format.Split([' '], StringSplitOptions.RemoveEmptyEntries).Length - 1}}}",
        _ => null,
    };
}
