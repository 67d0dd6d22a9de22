using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds the pattern of <c>extract</c>: a regex whose named groups are fields, or a template whose holes are.</summary>
internal sealed class CaptureBinder(BindingContext context)
{
    // A named group, or one without a name around what a regex has and a text has not.
    private static readonly Regex GroupInText = new(@"\(\?P?<\w|\((?!\?)[^()]*(?:\\[dwSsDW]|\.[*+]|\[[^\]]+\][*+{])[^()]*\)", RegexOptions.CultureInvariant);

    /// <summary>The names that a stage of the program reads its template from.</summary>
    public static IEnumerable<string> NamesOfTemplates(ProgramSyntax program) => SyntaxTree.Descendants(program)
        .Select(found => found.Node).OfType<StageSyntax>()
        .SelectMany(stage => stage.Arguments.Where(argument => argument.Slot.Kind == SlotKind.CapturePattern))
        .Select(argument => PatternBinder.Unwrap((ExpressionSyntax)argument.Value)).OfType<NameSyntax>().Select(name => name.Name);

    public BoundExpression Bind(StageSyntax stage, ExpressionSyntax pattern, ItemScope? scope)
    {
        var name = stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.CaptureName)?.Value as IdentifierSyntax;
        var bound = Bind(pattern, scope, name?.Name);
        if (name is not null && bound is BoundPattern { Captures: var captures } && !(captures is [var only] && only == name.Name))
        {
            string named = context.TextAt(name.Span);
            var next = stage.Arguments.Select(argument => argument.Span.Start).Where(start => start > name.Span.Start).DefaultIfEmpty(-1).Min();
            context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, name.Span,
                $"the pattern names {(captures.Count == 1 ? "the field" : "the fields")} itself: {string.Join(", ", captures.Select(capture => $"`{capture}`"))}",
                captures.Count == 1 ? $"leave `{named}` out, or rename the capture in the pattern" : $"leave `{named}` out")
            {
                Fix = next < 0 ? null : new DiagnosticFix(SourceSpan.Between(name.Span.Start, next), ""),
            });
        }

        return bound;
    }

    private BoundExpression Bind(ExpressionSyntax pattern, ItemScope? scope, string? name)
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

        if (LineSpans.IsSpanning(expression, regex.Flags))
            regex = regex with { SpansLines = true };
        if (regex.Captures.Count > 0)
            return regex;

        // One group without a name is what is meant, as in `match`.
        int groups = RegexRules.CountUnnamedGroups(regex.Regex);
        if (groups == 1)
            return regex with { Regex = RegexRules.NameGroups(regex.Regex, [name ?? "text"]), Captures = [name ?? "text"] };

        if (groups > 1)
        {
            string named = RegexRules.NameGroups(context.TextAt(pattern.Span), ["a", "b", "c", "d", "e", "f", "g", "h"]);
            context.Report(DslDiagnostics.BadRegex, pattern.Span,
                "the groups of `extract` need names, which become fields",
                pattern is RegexSyntax && groups <= 8 ? $"write `extract {named}`, with better names; a group that is not a field is `(?:…)`"
                    : "write `(?<name>…)` for a field and `(?:…)` for a group that is none");
            return BoundLiteral.MakeMissing(pattern.Span);
        }

        return regex with { Regex = $"(?<{name ?? "text"}>{regex.Regex})", Captures = [name ?? "text"] };
    }

    /// <summary>Whether a text without holes is a regex in quotes: it has a group that captures.</summary>
    public static bool IsRegex(string written) => written.Length > 2 && GroupInText.IsMatch(written);

    public BoundExpression BindTemplate(TemplateSyntax template)
    {
        template = DoubledBraces.ToHoles(template, _ => true, context.Sink);
        var regex = new StringBuilder();
        var captures = new List<string>();
        var types = new List<FieldType>();
        bool hasOwnEnds = false;
        var parts = TrimParts(template.Parts);
        bool spansLines = parts.Any(part => part.Hole is null && part.Text.Contains('\n'));
        for (int i = 0; i < parts.Count; i++)
        {
            var part = parts[i];
            if (part.Hole is null && part.Text == " " && i > 0 && i == parts.Count - 1)
            {
                regex.Append("(?:[ \\t]|$)");
                hasOwnEnds = true;
                continue;
            }

            if (part.Hole is null)
            {
                AppendLiteral(regex, part.Text);
                // A sign at the end is that of the sentence, and not one in a number.
                if (i == parts.Count - 1 && part.Text.Trim() is "." or ",")
                {
                    regex.Append("(?:\\s|$)");
                    hasOwnEnds = true;
                }

                continue;
            }

            if (part.Hole is not { Stages.Count: 0, Source: NameSyntax name })
            {
                context.Report(DslDiagnostics.WrongArguments, part.Span,
                    "a hole of an `extract` template is a field's name", "write `{name}`; convert with `as {name: number}`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            if (Names.Word(name.Name, 0) != name.Name.Length)
            {
                context.Report(DslDiagnostics.WrongArguments, part.Span,
                    "a capture's name is a word", "write `{name}`; rename it behind: `| select `a name` = name`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            if (captures.Contains(name.Name) || (i > 0 && parts[i - 1].Hole is not null))
            {
                context.Report(DslDiagnostics.WrongArguments, part.Span,
                    captures.Contains(name.Name)
                        ? $"`{name.Name}` is there twice"
                        : "two holes without a text between cannot be told apart",
                    "write something between them, or use a regex with `(?<name>…)`");
                return BoundLiteral.MakeMissing(template.Span);
            }

            captures.Add(name.Name);
            string? written = part.Format?.Value as string;
            if (written is not null && HoleTypes.OfCapture(written) is { } type)
                types.Add(new FieldType(name.Name, type));
            bool isFirst = i == 0, isLast = i == parts.Count - 1;
            if (written is not null && HoleTypes.PatternOf(written) is { } pattern)
            {
                regex.Append($"(?<{name.Name}>{pattern})");
                hasOwnEnds = true;
            }
            else
            {
                regex.Append(isFirst ? "^[ \\t]*" : "").Append($"(?<{name.Name}>.*?)").Append(isLast ? "[ \\t]*$" : "");
            }
        }

        if (captures.Count == 0)
        {
            string written = context.TextAt(template.Span);
            bool isRegex = IsRegex(written);
            string slashed = isRegex ? Excerpt.WriteSlashed(written.Substring(1, written.Length - 2)) : "";
            context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, template.Span, "this `extract` template has no holes",
                isRegex ? $"write the regex between slashes: `{slashed}`" : "write `{name}` for each field, or use `grep` to find lines")
            {
                Fix = isRegex ? new DiagnosticFix(template.Span, slashed) : null,
            });
            return BoundLiteral.MakeMissing(template.Span);
        }

        return new BoundPattern(template.Span, regex.ToString(), "", null, captures) { Texts = hasOwnEnds ? null : TextsOf(parts), SpansLines = spansLines, HoleTypes = types };
    }

    /// <summary>
    /// The parts without line ends before and behind, which stand there for the look of the program. A blank behind the last hole is kept: it
    /// ends the hole.
    /// </summary>
    private static List<TemplatePartSyntax> TrimParts(IReadOnlyList<TemplatePartSyntax> parts)
    {
        var trimmed = parts.Select((part, i) => part.Hole is not null ? part : part with
        {
            Text = (i < parts.Count - 1 ? part.Text : i > 0 && part.Text.Trim(' ', '\t').Length == 0 ? " " : part.Text.TrimEnd()).Replace("\r\n", "\n") is var text && i == 0 ? text.TrimStart('\n') : text,
        }).ToList();
        trimmed.RemoveAll(part => part.Hole is null && part.Text.Length == 0);
        return trimmed;
    }

    private static string[] TextsOf(List<TemplatePartSyntax> parts)
    {
        var texts = parts.Where(part => part.Hole is null).Select(part => part.Text).ToList();
        if (parts[0].Hole is not null)
            texts.Insert(0, "");
        if (parts[parts.Count - 1].Hole is not null)
            texts.Add("");
        return [.. texts];
    }

    /// <summary>A template's text: blanks match any run of blanks, as columns are aligned with them, and may stand before a line end.</summary>
    private static void AppendLiteral(StringBuilder regex, string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is not (' ' or '\t'))
            {
                regex.Append(text[i] == '\n' ? "[ \\t]*\\n" : Regex.Escape(text[i].ToString()));
                continue;
            }

            while (i + 1 < text.Length && text[i + 1] is ' ' or '\t')
                i++;
            if (i + 1 == text.Length || text[i + 1] != '\n')
                regex.Append("[ \\t]+");
        }
    }
}
