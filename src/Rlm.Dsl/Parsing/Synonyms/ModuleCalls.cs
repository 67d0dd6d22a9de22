using System.Text.RegularExpressions;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// Calls behind the name of a Python module, which looks like a value here: <c>math.floor(x)</c> is <c>floor(x)</c>, and those of <c>re</c> take the
/// pattern first.
/// </summary>
internal static class ModuleCalls
{
    private static readonly HashSet<string> Modules = new(StringComparer.Ordinal)
    {
        "re", "regex", "math", "datetime", "date", "pd", "pandas", "np", "numpy", "json", "statistics", "str", "dt", "is", "DateTime",
    };

    private static readonly Regex Group = new(@"\\(?<digit>\d)", RegexOptions.CultureInvariant);

    /// <summary>The name that stands before the dot, if it may be a module; null for any other call.</summary>
    public static string? ModuleOf(IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments) => arguments.Count > 0 && arguments[0].Span.End < name.Span.Start
        ? arguments[0].Operand switch
        {
            NameSyntax module when Modules.Contains(module.Name) => module.Name,
            MemberSyntax { Target: NameSyntax { Name: "datetime" or "dt" or "np" or "pd" } module } => module.Name,
            _ => null,
        }
        : null;

    /// <summary>What the call means.</summary>
    /// <param name="span">The whole call.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">Its arguments, of which the first is the module.</param>
    /// <param name="module">The module's name.</param>
    public static ExpressionSyntax Of(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, string module)
    {
        ExpressionSyntax[] operands = [.. arguments.Skip(1).Select(argument => argument.Operand)];
        CallSyntax CallOf(string function, params ExpressionSyntax[] values) =>
            new(span, name with { Name = function }, [.. values.Select(CallArgumentSyntax.Of)]);
        return (module, name.Name, operands) switch
        {
            ("re" or "regex", "findall" or "finditer", [var pattern, var text]) => CallOf("find_all", text, ToRegex(pattern)),
            ("re" or "regex", "search", [var pattern, var text]) => new BinarySyntax(span, BinaryOperator.Matches, text, ToRegex(pattern)),
            ("re" or "regex", "split", [var pattern, var text]) => CallOf("split", text, ToRegex(pattern)),
            ("re" or "regex", "sub", [var pattern, var replacement, var text]) => CallOf("replace", text, ToRegex(pattern), ToReplacement(replacement)),
            ("is", "na" or "null" or "nan", [var value]) => new BinarySyntax(span, BinaryOperator.Equal, value, new LiteralSyntax(name.Span, null)),
            _ => new CallSyntax(span, name, [.. arguments.Skip(1)]),
        };
    }

    // A group is `\1` there, and `$1` here.
    private static ExpressionSyntax ToReplacement(ExpressionSyntax replacement) =>
        ((replacement as RegexSyntax)?.Pattern ?? (replacement as TemplateSyntax)?.PlainText) is not { } text ? replacement
            : new TemplateSyntax(replacement.Span, [new TemplatePartSyntax(replacement.Span, Group.Replace(text, "$$${digit}"), null)]);

    private static ExpressionSyntax ToRegex(ExpressionSyntax pattern) =>
        pattern is TemplateSyntax { PlainText: { } text } ? new RegexSyntax(pattern.Span, text, "") : pattern;
}
