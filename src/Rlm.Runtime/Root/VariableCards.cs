using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Root;

/// <summary>The cards of a question's variables: small texts as they are, others by type, size and preview.</summary>
internal static class VariableCards
{
    private const int MaxInlineChars = 1_000;

    public static string Of(IReadOnlyList<RlmVariable> variables, VariableTable table) => string.Join("\n\n", variables.Select(variable =>
    {
        var symbol = table.Symbols.First(symbol => symbol.Name == variable.Name);
        return IsInline(variable)
            ? $"{variable.Name} = {Indent(variable.Sources[0].Whole.Decode())}"
            : ValueCard.Of(variable.Name, symbol.Type, table.Values[symbol]);
    }));

    /// <summary>Whether the variable is small enough to stand in the prompt; the context never is, so that the root works on it with programs.</summary>
    private static bool IsInline(RlmVariable variable) =>
        !variable.IsDocuments && variable.Name != "context" && variable.Sources[0].LengthBytes <= MaxInlineChars;

    private static string Indent(string text) => text.TrimEnd().ReplaceLineEndings("\n| ") is var lines && lines.Contains('\n', StringComparison.Ordinal) ? $"\n| {lines}" : lines;

    /// <summary>About how many tokens all texts have.</summary>
    public static long Tokens(IReadOnlyList<RlmVariable> variables) =>
        variables.SelectMany(variable => variable.Sources).Sum(source => TokenEstimate.OfLength(source, source.LengthBytes));
}
