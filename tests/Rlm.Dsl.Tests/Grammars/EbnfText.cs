using Rlm.Dsl.Grammars;

namespace Rlm.Dsl.Tests.Grammars;

/// <summary>Writes a rule as the page has it, so that two can be compared.</summary>
internal static class EbnfText
{
    public static string Of(EbnfRule rule) => rule switch
    {
        EbnfSymbol symbol => (symbol.IsGlued ? "~" : "") + (symbol.IsLiteral ? $"\"{symbol.Text}\"" : symbol.Text),
        EbnfSequence sequence => string.Join(' ', sequence.Parts.Select(Of)),
        EbnfChoice choice => $"( {string.Join(" | ", choice.Alternatives.Select(Of))} )",
        EbnfOptional optional => optional.Repeats ? $"{{ {Of(optional.Inner)} }}" : $"[ {Of(optional.Inner)} ]",
        _ => throw new ArgumentException($"no rule: {rule}", nameof(rule)),
    };
}
