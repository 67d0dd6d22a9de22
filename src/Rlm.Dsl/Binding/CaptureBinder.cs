using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binding;

/// <summary>Binds the pattern of <c>extract</c>: a regex whose named groups are fields, or a template whose holes are.</summary>
internal sealed class CaptureBinder(BindingContext context)
{
    /// <summary>The names that a stage of the program reads its template from.</summary>
    public static IEnumerable<string> NamesOfTemplates(ProgramSyntax program) => SyntaxTree.Descendants(program)
        .Select(found => found.Node).OfType<StageSyntax>()
        .SelectMany(stage => stage.Arguments.Where(argument => argument.Slot.Kind == SlotKind.CapturePattern))
        .Select(argument => PatternBinder.Unwrap((ExpressionSyntax)argument.Value)).OfType<NameSyntax>().Select(name => name.Name);

    public BoundExpression Bind(ExpressionSyntax pattern, ItemScope? scope)
    {
        if (pattern is TemplateSyntax template)
            return BindTemplate(template);

        if (context.Patterns.Bind(pattern, scope) is not BoundPattern { Regex: { } expression } regex)
        {
            if (pattern is not RegexSyntax)
                context.Report(DslDiagnostics.WrongArguments, pattern.Span,
                    "the fields of `extract` are told before the run, so its template is written out",
                    "write `extract \"{name}: {text}\"`, or name a template or regex with `let` in the same program");
            return BoundLiteral.MakeMissing(pattern.Span);
        }

        if (expression.Length == 0)
            return BoundLiteral.MakeMissing(pattern.Span);

        if (regex.Captures.Count > 0)
            return regex;

        if (RegexRules.HasUnnamedGroup(regex.Regex))
        {
            context.Report(DslDiagnostics.BadRegex, pattern.Span,
                "the groups of `extract` need names, which become fields",
                "write `(?<name>…)` for a field and `(?:…)` for a group that is none");
            return BoundLiteral.MakeMissing(pattern.Span);
        }

        return regex with { Regex = $"(?<text>{regex.Regex})", Captures = ["text"] };
    }

    public BoundExpression BindTemplate(TemplateSyntax template)
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
                context.Report(DslDiagnostics.WrongArguments, part.Span,
                    "a hole of an `extract` template is a field's name", "write `{name}`; convert with `as {name: number}`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            if (Lexemes.Word(name.Name, 0) != name.Name.Length)
            {
                context.Report(DslDiagnostics.WrongArguments, part.Span,
                    "a capture's name is a word", "write `{name}`; rename it behind: `| select `a name` = name`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            if (part.Format is not null)
            {
                context.Report(DslDiagnostics.FormatInHole, part.Format.Span,
                    "a hole of an `extract` template has no format",
                    $"types follow the template: `extract \"{{{name.Name}}} …\" as {{{name.Name}: date \"{part.Format.Value}\"}}`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            if (captures.Contains(name.Name) || (i > 0 && template.Parts[i - 1].Hole is not null))
            {
                context.Report(DslDiagnostics.WrongArguments, part.Span,
                    captures.Contains(name.Name)
                        ? $"`{name.Name}` is there twice"
                        : "two holes without a text between cannot be told apart",
                    "write something between them, or use a regex with `(?<name>…)`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            captures.Add(name.Name);
            bool isFirst = i == 0, isLast = i == template.Parts.Count - 1;
            regex.Append(isFirst ? "^[ \\t]*" : "").Append($"(?<{name.Name}>.*?)").Append(isLast ? "[ \\t]*$" : "");
        }

        if (captures.Count == 0)
        {
            context.Report(DslDiagnostics.WrongArguments, template.Span,
                "this `extract` template has no holes", "write `{name}` for each field, or use `grep` to find lines");
            return BoundLiteral.MakeMissing(template.Span);
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
}
