using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders;

/// <summary>
/// <c>{{name}}</c> is how Jinja and its relatives write <c>{name}</c>. As a text it would be one brace, the name and two, which nobody means;
/// a name in braces is <c>{{name}</c>.
/// </summary>
internal static class DoubledBraces
{
    private static Regex Doubled => field ??= new(@"\{ ?(?<name>[A-Za-z_]\w*)(?:\.(?<member>[A-Za-z_]\w*))* ?\}\}", RegexOptions.CultureInvariant);

    /// <summary>The template with a hole for each name that is known, which is told.</summary>
    public static TemplateSyntax ToHoles(TemplateSyntax template, Func<string, bool> isKnown, DiagnosticSink sink)
    {
        List<TemplatePartSyntax> parts = [];
        string? told = null;
        foreach (var part in template.Parts)
        {
            if (part is { IsDoubled: true, Hole: { } hole })
                told ??= sink.TextAt(hole.Span);
            int end = 0;
            foreach (var doubled in part.Hole is null && part.Text.Contains("}}") ? Doubled.Matches(part.Text).Cast<Match>() : [])
            {
                var value = NameOf(part.Span, doubled);
                if (!isKnown(doubled.Groups["name"].Value))
                    continue;

                told ??= doubled.Value.Trim('{', '}', ' ');
                AddText(parts, part, end, doubled.Index);
                parts.Add(new TemplatePartSyntax(part.Span, "", new PipelineSyntax(part.Span, value, [])));
                end = doubled.Index + doubled.Length;
            }

            if (end == 0)
                parts.Add(part);
            else
                AddText(parts, part, end, part.Text.Length);
        }

        if (told is null)
            return template;

        sink.Report(DslDiagnostics.DoubledBraces, template.Span, $"`{{{{{told}}}}}` is read as `{{{told}}}`, the value",
            $"write `{{{told}}}`; the name itself in braces is `{{{{{told}}}`");
        return template with { Parts = parts };
    }

    private static ExpressionSyntax NameOf(SourceSpan span, Match doubled) => doubled.Groups["member"].Captures.Cast<Capture>().Aggregate(
        (ExpressionSyntax)new NameSyntax(span, doubled.Groups["name"].Value),
        (target, member) => new MemberSyntax(span, target, new IdentifierSyntax(span, member.Value)));

    private static void AddText(List<TemplatePartSyntax> parts, TemplatePartSyntax part, int start, int end)
    {
        if (end > start)
            parts.Add(part with { Text = part.Text.Substring(start, end - start) });
    }
}
