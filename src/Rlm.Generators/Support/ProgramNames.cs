using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;

namespace Rlm.Generators.Support;

/// <summary>Names in C# and names in programs.</summary>
internal static class ProgramNames
{
    /// <summary>Why programs cannot call a tool so; null where they can.</summary>
    public static string? WhyNoTool(string name) => WhyNoName(name)
        ?? (OperatorForms.Of(name).Count > 0 ? "it is an operator of the language"
            : FunctionCatalog.Find(name) is not null ? "it is a function of the language"
            : null);

    /// <summary>Why nothing can be called so; null where it can.</summary>
    public static string? WhyNoName(string name) =>
        name.Length == 0 || !char.IsLetter(name[0]) || !name.All(Names.IsWordPart) ? "a name is a letter, then letters, digits and `_`"
        : Names.Reserved.Contains(name) ? "it is a word of the language"
        : Names.OfItem.Contains(name) ? "it is the item's own name"
        : null;

    /// <summary><c>FindOrderAsync</c> as <c>find_order</c>.</summary>
    public static string SnakeCase(string name)
    {
        name = WithoutAsync(name);
        var result = new System.Text.StringBuilder(name.Length + 8);
        for (int i = 0; i < name.Length; i++)
        {
            bool startsWord = i > 0 && char.IsUpper(name[i]) && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
                result.Append('_');
            result.Append(char.ToLowerInvariant(name[i]));
        }

        return result.ToString();
    }

    /// <summary><c>FirstName</c> as <c>firstName</c>, <c>IOPath</c> as <c>ioPath</c>.</summary>
    public static string CamelCase(string name)
    {
        char[] result = name.ToCharArray();
        for (int i = 0; i < result.Length && char.IsUpper(result[i]); i++)
        {
            if (i > 0 && i + 1 < result.Length && !char.IsUpper(result[i + 1]))
                break;
            result[i] = char.ToLowerInvariant(result[i]);
        }

        return new string(result);
    }

    public static string WithoutAsync(string name) =>
        name.Length > 5 && name.EndsWith("Async", StringComparison.Ordinal) ? name.Substring(0, name.Length - 5) : name;
}
