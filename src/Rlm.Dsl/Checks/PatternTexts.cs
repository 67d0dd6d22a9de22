using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>A pattern that is not one text, matches everywhere, or was meant as a regular expression.</summary>
internal static class PatternTexts
{
    private static readonly Regex LikeRegex = new(@"\.[*+]|\\[dwsb]|\[\^?\w-\w|\w\|\w|^\^\w|\w\$$", RegexOptions.CultureInvariant);

    /// <summary>Whether a text that is looked for as it is was hardly meant so.</summary>
    public static bool LooksLikeRegex(string text) => LikeRegex.IsMatch(text);

    /// <summary>The regex that such a text was meant as, as it is written in a program.</summary>
    public static string WriteRegex(string text) => $"/{text.Replace("/", "\\/")}/";

    public static void Check(BoundExpression literal, DiagnosticSink sink)
    {
        if (literal.Type.ItemType is not null)
            sink.Report(DslDiagnostics.ListComparison, literal.Span,
                "a pattern is one text or regex, and this is a list", "match any of them with a regex: `/a|b/`, or use `any`");
        if (literal is BoundLiteral { Value: string { Length: 0 } })
            sink.Report(DslDiagnostics.BadRegex, literal.Span,
                "an empty text matches everywhere", "leave the stage out, or give the text to look for");
        if (literal is BoundTemplate { Parts: var parts } && parts.FirstOrDefault(part => part is not BoundLiteral) is { } hole
            && parts.OfType<BoundLiteral>().Any(part => part.Value is string between && LooksLikeRegex(between)))
        {
            sink.Report(DslDiagnostics.TextLikeRegex, literal.Span, "a text is looked for as it is, and this one looks like a regular expression",
                $"look for the value and for the rest apart: `where it contains \"{{{sink.TextAt(hole.Span)}}}\" and it matches /…/`");
        }

        if (literal is BoundLiteral { Value: string text } && LooksLikeRegex(text))
            sink.Report(DslDiagnostics.TextLikeRegex, literal.Span,
                "a text is looked for as it is, and this one looks like a regular expression", $"write `{WriteRegex(text)}`");
    }
}
