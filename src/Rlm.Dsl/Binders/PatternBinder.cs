using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds patterns: regular expressions, texts, and the names of either.</summary>
internal sealed class PatternBinder(BindingContext context)
{
    private static readonly IReadOnlyList<string> NoCaptures = [];

    /// <summary>A regex, a text whose holes are values taken literally, or a name that stands for one.</summary>
    public BoundExpression Bind(ExpressionSyntax pattern, ItemScope? scope) =>
        ToPattern(context.Expressions.BindOperand(Unwrap(pattern), scope));

    /// <summary>What stands in parentheses, without them.</summary>
    public static ExpressionSyntax Unwrap(ExpressionSyntax expression) =>
        expression is GroupSyntax { Pipeline: { Stages.Count: 0, Source: { } inner } } ? Unwrap(inner) : expression;

    /// <summary>A pattern is an operand only: it is neither shown nor compared nor put into anything.</summary>
    public BoundExpression Refuse(BoundExpression value)
    {
        // A field of a row that is not known before the run hides the pattern of that name.
        if (value is BoundOpenField { Fallback: { } hidden } field && hidden.Type == RlmType.Pattern)
            return field with { Fallback = null };
        if (value.Type.Required != RlmType.Pattern)
            return value;

        string text = context.TextAt(value.Span);
        context.Report(DslDiagnostics.WrongOperand, value.Span, $"`{text}` is a pattern, which is matched and is not a value",
            $"use it where a pattern stands: `grep {text}`, `where it matches {text}`, `match(it, {text})`");
        return BoundLiteral.MakeMissing(value.Span);
    }

    /// <summary>Whether an operand is a regex or the name of one.</summary>
    public bool IsPattern(ExpressionSyntax expression, ItemScope? scope) => expression is RegexSyntax
        || (expression is NameSyntax name && context.Variables.TryGetValue(name.Name, out var symbol) && symbol.Type == RlmType.Pattern
            && context.Names.Bind(name, scope) is BoundOpenField or { Type: ScalarType { Name: "pattern" } });

    /// <summary>An operand as a pattern: a text is looked for as it is.</summary>
    public BoundExpression ToPattern(BoundExpression operand)
    {
        if (operand is BoundOpenField { Fallback: { } hidden } field && hidden.Type == RlmType.Pattern)
            return field with { Fallback = BoundTree.Resolve(hidden) };

        var literal = BoundTree.Resolve(operand);
        if (literal is BoundPattern)
            return literal;

        PatternTexts.Check(literal, context.Sink);
        return new BoundPattern(literal.Span, null, "", literal, NoCaptures);
    }

    /// <summary>The pattern of a stage, whose names are those of lets: there is no item to look into.</summary>
    public BoundExpression BindOfStage(StageSyntax stage, SlotKind kind, ExpressionSyntax pattern, ItemScope? scope)
    {
        pattern = Unwrap(pattern);
        if (pattern is NameSyntax name && !context.Variables.ContainsKey(name.Name) && scope is null)
        {
            if (stage.Operator!.StageForPattern(name.Name) is { } pieces)
            {
                context.Report(DslDiagnostics.UnknownName, stage.Span, $"`{pieces}` is a stage of its own", $"write `{pieces}`");
                return BoundLiteral.MakeMissing(name.Span);
            }

            string head = context.TextAt(SourceSpan.Between(stage.Span.Start, name.Span.Start)).TrimEnd(' ', '(');
            string? near = NameSuggestion.For(name.Name, context.Variables.Values.Where(
                variable => variable.Type == RlmType.Pattern || variable.Type.IsTextual).Select(variable => variable.Name));
            if (near is null && kind == SlotKind.Pattern)
            {
                context.Report(DslDiagnostics.ReadAs, name.Span, $"`{name.Name}` is read as the text \"{name.Name}\": there is no pattern of that name", $"write `{head} \"{name.Name}\"`");
                return ToPattern(new BoundLiteral(name.Span, RlmType.Text, name.Name));
            }

            context.Report(DslDiagnostics.UnknownName, name.Span,
                $"a pattern is a text in quotes, a /regex/ or the name of one, and there is no `{name.Name}`",
                $"write `{head} {(near is null ? $"\"{name.Name}\"" : near)}`");
            return BoundLiteral.MakeMissing(name.Span);
        }

        if (kind == SlotKind.CapturePattern)
            return context.Captures.Bind(stage, pattern, scope);

        var bound = Bind(pattern, scope);
        return bound is BoundOpenField { Fallback: { } named } ? named : bound;
    }

    public BoundPattern BindRegex(RegexSyntax regex)
    {
        string pattern = LineSpans.WithAnyLineEnd(regex.Pattern.Replace("(?P<", "(?<"));
        // `g` and `u` are how other languages ask for what is always so here.
        string flags = regex.Flags.Replace("g", "").Replace("u", "");
        if (flags.FirstOrDefault(flag => "imsx".IndexOf(flag) < 0) is var unknown and not '\0')
        {
            context.Report(DslDiagnostics.BadRegex, regex.Span,
                $"`{unknown}` is not a flag of a regular expression",
                "the flags are i (ignore case), m, s (`.` matches a newline) and x (blanks are ignored)");
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }

        if (RegexRules.NonLinear(pattern) is var (construct, help))
        {
            context.Report(DslDiagnostics.NonLinearRegex, regex.Span, $"{construct} cannot be matched in linear time", help);
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }

        try
        {
            var compiled = new Regex(
                pattern, RegexOptions.CultureInvariant | (flags.Contains('x') ? RegexOptions.IgnorePatternWhitespace : RegexOptions.None));
            return new BoundPattern(regex.Span, pattern, flags, null,
                [.. compiled.GetGroupNames().Where(name => !int.TryParse(name, out _))]);
        }
        catch (ArgumentException exception)
        {
            // "Invalid pattern '…' at offset 3. Nested quantifier '+'."
            string reason = exception.Message.TrimEnd('.', ' ');
            int offset = reason.LastIndexOf(" at offset ", StringComparison.Ordinal);
            string detail = offset > 0 && reason.IndexOf(". ", offset, StringComparison.Ordinal) is var dot and > 0
                ? reason.Substring(dot + 2)
                : reason;
            context.Report(DslDiagnostics.BadRegex, regex.Span,
                $"this is not a regular expression: {LowerFirst(detail)}",
                "write a bracket or sign that means itself with a backslash: `\\(`, or use a text: `grep \"…\"`");
            return new BoundPattern(regex.Span, "", "", null, NoCaptures);
        }
    }

    private static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text.Substring(1);
}
