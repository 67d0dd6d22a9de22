using Rlm.Dsl.Types;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>Names that other languages give our types.</summary>
internal static class TypeSynonyms
{
    private static readonly HashSet<string> LabelHeads = new(StringComparer.OrdinalIgnoreCase)
    {
        "label", "labels", "enum", "choice", "choices", "category", "categories", "class", "classes", "option", "options", "oneof", "one_of", "literal",
    };

    private static readonly HashSet<string> RecordHeads = new(StringComparer.OrdinalIgnoreCase) { "json", "object", "record", "schema",
        "dict", "struct" };

    /// <summary>Our name for a type, in whatever case; a name that means nothing comes back as it is.</summary>
    public static string Canonical(string name) => name.ToLowerInvariant() switch
    {
        "string" or "strings" or "str" or "texts" => "text",
        "int" or "integer" or "integers" or "float" or "double" or "decimal" or "numbers" => "number",
        "boolean" or "booleans" or "bools" => "bool",
        "datetime" or "dates" => "date",
        "timedelta" or "timespan" or "durations" => "duration",
        "quotes" => "quote",
        var other => RlmType.FindNamed(other) is null ? name : other,
    };

    /// <summary>Whether the word is how another language says that labels follow, as <c>enum("a", "b")</c> does.</summary>
    public static bool OpensLabels(string word) => LabelHeads.Contains(word);

    /// <summary>Whether the word only says that a record follows, as in <c>json {a: text}</c>.</summary>
    public static bool OpensRecord(string word) => RecordHeads.Contains(word);

    public static bool IsList(string word) =>
        string.Equals(word, "list", StringComparison.OrdinalIgnoreCase) || string.Equals(word, "array", StringComparison.OrdinalIgnoreCase);

    public static bool IsOptional(string word) => string.Equals(word, "optional", StringComparison.OrdinalIgnoreCase)
        || string.Equals(word, "nullable", StringComparison.OrdinalIgnoreCase);
}
