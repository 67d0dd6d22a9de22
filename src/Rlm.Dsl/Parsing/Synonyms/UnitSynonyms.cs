namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>The units, and the words for them that are understood.</summary>
internal static class UnitSynonyms
{
    public static string? Canonical(string word) => word switch
    {
        "lines" or "line" => "lines",
        "chars" or "char" or "characters" => "chars",
        "tokens" or "token" => "tokens",
        "words" or "word" => "words",
        "items" or "item" or "rows" or "row" => "items",
        _ => null,
    };
}
