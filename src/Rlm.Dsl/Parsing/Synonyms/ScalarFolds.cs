using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// Folds that other languages call with single values: <c>count(x, /a/)</c>, <c>count(matches(x, /a/))</c> and <c>x.count("a")</c> are how often a pattern
/// occurs in a text, <c>max(a, b)</c> is the greater of two values.
/// </summary>
internal static class ScalarFolds
{
    /// <summary>The call of lists that is meant; null for any other call.</summary>
    /// <param name="span">The whole call.</param>
    /// <param name="name">The fold.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="typeOf">The type of an argument, which is asked for only where it decides.</param>
    public static CallSyntax? Of(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, Func<PipelineSyntax, RlmType> typeOf)
    {
        if (arguments.Any(argument => argument.Name is not null))
            return null;

        CallSyntax FoldOf(ExpressionSyntax list) => new(span, name, [CallArgumentSyntax.Of(list)]);
        CallSyntax MatchesOf(CallArgumentSyntax text, CallArgumentSyntax pattern) => new(span, name with { Name = "find_all" }, [text, pattern]);
        return (name.Name, arguments) switch
        {
            ("count", [{ Operand: CallSyntax { Function.Name: "matches" or "match", Arguments: [var text, { Operand: RegexSyntax or TemplateSyntax } pattern] } }]) =>
                FoldOf(MatchesOf(text, pattern)),
            ("count", [var text, { Operand: RegexSyntax or TemplateSyntax { PlainText: not null } } pattern]) when typeOf(text.Value).IsTextual =>
                FoldOf(MatchesOf(text, pattern)),
            ("min" or "max", [var first, _, ..]) when arguments.Any(argument => argument.Operand is LiteralSyntax)
                || (typeOf(first.Value).Required is ScalarType type && type != RlmType.Unknown) =>
                FoldOf(new ListSyntax(span, [.. arguments.Select(argument => argument.Value)])),
            _ => null,
        };
    }
}
