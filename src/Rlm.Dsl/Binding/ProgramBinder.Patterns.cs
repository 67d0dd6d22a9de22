using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    private static readonly IReadOnlyList<string> NoCaptures = [];

    /// <summary>The names that an <c>extract</c> reads its template from: in their strings a hole is a capture.</summary>
    private readonly HashSet<string> _templateNames = new(StringComparer.Ordinal);

    private static IEnumerable<string> TemplateNames(ProgramSyntax program) => SyntaxTree.Descendants(program)
        .Select(found => found.Node).OfType<StageSyntax>()
        .Where(stage => stage.Operator?.Head == "extract")
        .SelectMany(stage => stage.Arguments)
        .Select(argument => argument.Slot == "pattern" ? Unwrapped((ExpressionSyntax)argument.Value) as NameSyntax : null)
        .Where(name => name is not null).Select(name => name!.Name);

    /// <summary>A string with holes that a later <c>extract</c> reads: its holes are captures, and the value is a pattern. Null for any other.</summary>
    private BoundPipeline? BindTemplateLet(LetSyntax let) =>
        let.Value is { Stages.Count: 0, Source: TemplateSyntax { PlainText: null } template } && _templateNames.Contains(let.Name.Name)
            ? new BoundPipeline(let.Value.Span, BindCaptureTemplate(template), [])
            : null;

    /// <summary>A regex, a text whose holes are values taken literally, or a name that stands for one.</summary>
    private BoundExpression BindPattern(ExpressionSyntax pattern, ItemScope? scope) => PatternOf(BindOperand(Unwrapped(pattern), scope));

    private static ExpressionSyntax Unwrapped(ExpressionSyntax expression) =>
        expression is GroupSyntax { Pipeline: { Stages.Count: 0, Source: { } inner } } ? Unwrapped(inner) : expression;

    /// <summary>What a <c>let</c> of a literal or a pattern holds, at the place where its name stands; any other expression as it is.</summary>
    private static BoundExpression Known(BoundExpression expression)
    {
        if (expression is not BoundVariable { Symbol.Definition: { Stages.Count: 0, Source: var value } } variable)
            return expression;

        var known = value is BoundList list ? list with { Items = [.. list.Items.Select(Known)] } : Known(value);
        return known is BoundLiteral or BoundPattern || (known is BoundList { Items: var items } && items.All(item => item is BoundLiteral))
            ? known with { Span = variable.Span }
            : expression;
    }

    /// <summary>A pattern is an operand only: it is neither shown nor compared nor put into anything.</summary>
    private BoundExpression RefusePattern(BoundExpression value)
    {
        // A field of a row that is not known before the run hides the pattern of that name.
        if (value is BoundOpenField { Fallback: { } hidden } field && hidden.Type == RlmType.Pattern)
            return field with { Fallback = null };
        if (value.Type.Required != RlmType.Pattern)
            return value;

        string text = _source.TextAt(value.Span);
        Report(DslDiagnostics.WrongOperand, value.Span, $"`{text}` is a pattern, which is matched and is not a value",
            $"use it where a pattern stands: `grep {text}`, `where it matches {text}`, `match(it, {text})`");
        return Missing(value.Span);
    }

    private bool IsPattern(ExpressionSyntax expression, ItemScope? scope) => expression is RegexSyntax
        || (expression is NameSyntax name && _variables.TryGetValue(name.Name, out var symbol) && symbol.Type == RlmType.Pattern
            && BindName(name, scope) is BoundOpenField or { Type: ScalarType { Name: "pattern" } });

    private BoundExpression PatternOf(BoundExpression operand)
    {
        if (operand is BoundOpenField { Fallback: { } hidden } field && hidden.Type == RlmType.Pattern)
            return field with { Fallback = Known(hidden) };

        var literal = Known(operand);
        if (literal is BoundPattern)
            return literal;

        if (literal.Type.ItemType is not null)
            Report(DslDiagnostics.ListComparison, literal.Span, "a pattern is one text or regex, and this is a list", "match any of them with a regex: `/a|b/`, or use `any`");
        if (literal is BoundLiteral { Value: string { Length: 0 } })
            Report(DslDiagnostics.BadRegex, literal.Span, "an empty text matches everywhere", "leave the stage out, or give the text to look for");
        if (literal is BoundLiteral { Value: string text } && Regex.IsMatch(text, @"\.[*+]|\\[dwsb]|\[\^?\w-\w|\w\|\w|^\^\w|\w\$$"))
            Report(DslDiagnostics.TextLikeRegex, literal.Span, "a text is looked for as it is, and this one looks like a regular expression", $"write `/{text.Replace("/", "\\/")}/`");
        return new BoundPattern(literal.Span, null, "", literal, NoCaptures);
    }

    /// <summary>The pattern of a stage, whose names are those of lets: there is no item to look into.</summary>
    private BoundExpression BindStagePattern(StageSyntax stage, ExpressionSyntax pattern, ItemScope? scope)
    {
        pattern = Unwrapped(pattern);
        if (pattern is NameSyntax name && !_variables.ContainsKey(name.Name) && scope is null)
        {
            if (stage.Operator!.Name == "chunk" && name.Name.TrimEnd('s') + "s" is "lines" or "paragraphs" or "sentences" or "words")
            {
                string pieces = name.Name.TrimEnd('s') + "s";
                Report(DslDiagnostics.UnknownName, stage.Span, $"`{pieces}` is a stage of its own", $"write `{pieces}`");
                return Missing(name.Span);
            }

            string head = _source.TextAt(SourceSpan.Between(stage.Span.Start, name.Span.Start)).TrimEnd(' ', '(');
            string? near = NameSuggestion.For(name.Name, _variables.Values.Where(variable => variable.Type == RlmType.Pattern || variable.Type.IsTextual).Select(variable => variable.Name));
            Report(DslDiagnostics.UnknownName, name.Span, $"a pattern is a text in quotes, a /regex/ or the name of one, and there is no `{name.Name}`",
                $"write `{head} {(near is null ? $"\"{name.Name}\"" : near)}`");
            return Missing(name.Span);
        }

        if (stage.Operator!.Head == "extract")
            return BindCapturePattern(pattern, scope);

        var bound = BindPattern(pattern, scope);
        return bound is BoundOpenField { Fallback: { } named } ? named : bound;
    }

    private BoundPattern BindRegex(RegexSyntax regex)
    {
        string pattern = regex.Pattern.Replace("(?P<", "(?<");
        // `g` and `u` are how other languages ask for what is always so here.
        string flags = regex.Flags.Replace("g", "").Replace("u", "");
        if (flags.FirstOrDefault(flag => "imsx".IndexOf(flag) < 0) is var unknown and not '\0')
        {
            Report(DslDiagnostics.BadRegex, regex.Span, $"`{unknown}` is not a flag of a regular expression", "the flags are i (ignore case), m, s (`.` matches a newline) and x (blanks are ignored)");
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
            Report(DslDiagnostics.BadRegex, regex.Span, $"this is not a regular expression: {LowerFirst(detail)}", "write a bracket or sign that means itself with a backslash: `\\(`, or use a text: `grep \"…\"`");
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }
    }

    /// <summary>A regex whose named groups are fields, or a template whose holes are.</summary>
    private BoundExpression BindCapturePattern(ExpressionSyntax pattern, ItemScope? scope)
    {
        if (pattern is TemplateSyntax template)
            return BindCaptureTemplate(template);

        if (BindPattern(pattern, scope) is not BoundPattern { Regex: { } expression } regex)
        {
            if (pattern is not RegexSyntax)
                Report(DslDiagnostics.WrongArguments, pattern.Span, "the fields of `extract` are told before the run, so its template is written out", "write `extract \"{name}: {text}\"`, or name a template or regex with `let` in the same program");
            return Missing(pattern.Span);
        }

        if (expression.Length == 0)
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

            if (Lexemes.Word(name.Name, 0) != name.Name.Length)
            {
                Report(DslDiagnostics.WrongArguments, part.Span, "a capture's name is a word", "write `{name}`; rename it behind: `| select `a name` = name`");
                return Missing(template.Span);
            }

            if (part.Format is not null)
            {
                Report(DslDiagnostics.FormatInHole, part.Format.Span, "a hole of an `extract` template has no format", $"types follow the template: `extract \"{{{name.Name}}} …\" as {{{name.Name}: date \"{part.Format.Value}\"}}`");
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
