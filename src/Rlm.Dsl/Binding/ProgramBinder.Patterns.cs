using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    private static readonly IReadOnlyList<string> NoCaptures = [];

    /// <summary>A regex, or a text whose holes are values taken literally.</summary>
    private BoundExpression BindPattern(ExpressionSyntax pattern, ItemScope? scope)
    {
        if (pattern is RegexSyntax regex)
            return BindRegex(regex);

        var literal = BindExpression(pattern, scope);
        if (literal is BoundPattern)
            return literal;

        if (literal.Type.ItemType is not null)
            Report(DslDiagnostics.ListComparison, literal.Span, "a pattern is one text or regex, and this is a list", "match any of them with a regex: `/a|b/`, or use `any`");
        if (literal is BoundLiteral { Value: string { Length: 0 } })
            Report(DslDiagnostics.BadRegex, literal.Span, "an empty text matches everywhere", "leave the stage out, or give the text to look for");
        if (literal is BoundLiteral { Value: string text } && Regex.IsMatch(text, @"\.[*+]|\\[dwsb]|\[\^?\w-\w|\w\|\w|^\^\w|\w\$$"))
            Report(DslDiagnostics.TextLikeRegex, literal.Span, "a text is looked for as it is, and this one looks like a regular expression", $"write `/{text.Replace("/", "\\/")}/`");
        return new BoundPattern(pattern.Span, null, "", literal, NoCaptures);
    }

    private BoundPattern BindRegex(RegexSyntax regex)
    {
        string pattern = regex.Pattern.Replace("(?P<", "(?<");
        // `g` and `u` are how other languages ask for what is always so here.
        string flags = regex.Flags.Replace("g", "").Replace("u", "");
        if (flags.FirstOrDefault(flag => "imsx".IndexOf(flag) < 0) is var unknown and not '\0')
        {
            Report(DslDiagnostics.BadRegex, regex.Span, $"`{unknown}` is no flag of a regular expression", "the flags are i (ignore case), m, s (`.` matches a newline) and x (blanks are ignored)");
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }

        if (RegexRules.NonLinear(pattern) is var (construct, help))
        {
            Report(DslDiagnostics.NonLinearRegex, regex.Span, $"{construct} cannot be matched in linear time", help);
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }

        try
        {
            var compiled = new Regex(pattern, RegexOptions.CultureInvariant | (flags.Contains('x') ? RegexOptions.IgnorePatternWhitespace : RegexOptions.None));
            return new BoundPattern(regex.Span, pattern, flags, null,
                [.. compiled.GetGroupNames().Where(name => !int.TryParse(name, out _))]);
        }
        catch (ArgumentException exception)
        {
            // "Invalid pattern '…' at offset 3. Nested quantifier '+'."
            string reason = exception.Message.TrimEnd('.', ' ');
            int offset = reason.LastIndexOf(" at offset ", StringComparison.Ordinal);
            string detail = offset > 0 && reason.IndexOf(". ", offset, StringComparison.Ordinal) is var dot and > 0 ? reason.Substring(dot + 2) : reason;
            Report(DslDiagnostics.BadRegex, regex.Span, $"this is no regular expression: {LowerFirst(detail)}", "write a bracket or sign that means itself with a backslash: `\\(`, or use a text: `grep \"…\"`");
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }
    }

    /// <summary>A regex whose named groups are fields, or a template whose holes are.</summary>
    private BoundExpression BindCapturePattern(ExpressionSyntax pattern)
    {
        if (pattern is TemplateSyntax template)
            return BindCaptureTemplate(template);

        if (BindPattern(pattern, null) is not BoundPattern { Regex.Length: > 0 } regex)
            return Missing(pattern.Span);

        if (regex.Captures.Count > 0)
            return regex;

        if (RegexRules.HasUnnamedGroup(regex.Regex))
        {
            Report(DslDiagnostics.BadRegex, pattern.Span, "the groups of `extract` need names, which become fields", "write `(?<name>…)` for a field and `(?:…)` for a group that is none");
            return Missing(pattern.Span);
        }

        return regex with { Regex = $"(?<text>{regex.Regex})", Captures = ["text"] };
    }

    private BoundExpression BindCaptureTemplate(TemplateSyntax template)
    {
        var regex = new StringBuilder();
        var captures = new List<string>();
        for (int i = 0; i < template.Parts.Count; i++)
        {
            var part = template.Parts[i];
            if (part.Hole is null)
            {
                AppendLiteral(regex, part.Text, i == template.Parts.Count - 1);
                continue;
            }

            if (part.Hole is not { Stages.Count: 0, Source: NameSyntax name })
            {
                Report(DslDiagnostics.WrongArguments, part.Span, "a hole of an `extract` template is a field's name", "write `{name}`; convert with `as {name: number}`");
                return Missing(template.Span);
            }

            if (captures.Contains(name.Name) || (i > 0 && template.Parts[i - 1].Hole is not null))
            {
                Report(DslDiagnostics.WrongArguments, part.Span,
                    captures.Contains(name.Name) ? $"`{name.Name}` is there twice" : "two holes without a text between cannot be told apart", "write something between them, or use a regex with `(?<name>…)`");
                return Missing(template.Span);
            }

            captures.Add(name.Name);
            bool isFirst = i == 0, isLast = i == template.Parts.Count - 1;
            regex.Append(isFirst ? "^[ \\t]*" : "").Append($"(?<{name.Name}>.*?)").Append(isLast ? "[ \\t]*$" : "");
        }

        if (captures.Count == 0)
        {
            Report(DslDiagnostics.WrongArguments, template.Span, "this `extract` template has no holes", "write `{name}` for each field, or use `grep` to find lines");
            return Missing(template.Span);
        }

        return new BoundPattern(template.Span, regex.ToString(), "", null, captures) { Texts = TextsOf(template) };
    }

    private static string[]? TextsOf(TemplateSyntax template)
    {
        var texts = template.Parts.Where(part => part.Hole is null).Select(part => part.Text).ToList();
        if (template.Parts[0].Hole is not null)
            texts.Insert(0, "");
        if (template.Parts[template.Parts.Count - 1].Hole is not null)
            texts.Add("");
        else if ((texts[texts.Count - 1] = texts[texts.Count - 1].TrimEnd()).Length == 0)
            return null;
        return [.. texts];
    }

    /// <summary>A template's text: blanks match any run of blanks, as columns are aligned with them.</summary>
    private static void AppendLiteral(StringBuilder regex, string text, bool isLast)
    {
        string trimmed = isLast ? text.TrimEnd() : text;
        for (int i = 0; i < trimmed.Length; i++)
        {
            if (trimmed[i] is not (' ' or '\t'))
            {
                regex.Append(Regex.Escape(trimmed[i].ToString()));
                continue;
            }

            while (i + 1 < trimmed.Length && trimmed[i + 1] is ' ' or '\t')
                i++;
            regex.Append("[ \\t]+");
        }
    }

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text.Substring(1);
}
