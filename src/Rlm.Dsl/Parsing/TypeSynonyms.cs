namespace Rlm.Dsl.Parsing;

/// <summary>Names that other languages give our types.</summary>
internal static class TypeSynonyms
{
    public static string Canonical(string name) => name switch
    {
        "string" or "str" => "text",
        "int" or "integer" or "float" or "double" or "decimal" => "number",
        "boolean" => "bool",
        "datetime" => "date",
        _ => name,
    };
}
