using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// What other languages call a part of a text. Some count from 0 and some from 1, and the second number is a length or an end: it is understood
/// where how it is written says which.
/// </summary>
/// <param name="Slice">Where the part starts and ends; null where that is not certain.</param>
/// <param name="Help">The calls that are certain, for one that is not.</param>
internal sealed record Substrings(IReadOnlyList<ExpressionSyntax>? Slice, string? Help)
{
    /// <summary>The part of the first argument; null where the call is none of these.</summary>
    public static Substrings? Of(IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, Func<SourceSpan, string> textOf)
    {
        bool isMethod = arguments.Count > 0 && arguments[0].Span.Start < name.Span.Start;
        return name.Name.ToLowerInvariant() is "substring" or "substr" or "mid" && arguments.Count is 2 or 3
            ? Of(name, [.. arguments.Skip(1).Select(argument => argument.Operand)], isMethod, textOf(arguments[0].Span) + ", ") : null;
    }

    /// <summary>The same of a stage, whose text comes in by the pipe.</summary>
    public static Substrings? OfStage(IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments) =>
        name.Name.ToLowerInvariant() is "substring" or "substr" or "mid" && arguments.Count is 1 or 2
            ? Of(name, [.. arguments.Select(argument => argument.Operand)], false, "") : null;

    private static Substrings Of(IdentifierSyntax name, IReadOnlyList<ExpressionSyntax> places, bool isMethod, string text)
    {
        if (places.Any(place => place is not LiteralSyntax { Value: decimal and >= 0 }))
            return new(null, null);

        decimal start = Number(places[0]);
        decimal? second = places.Count > 1 ? Number(places[1]) : null;
        Substrings From(decimal from, decimal? to) => new(
            [Literal(places[0].Span, from), .. to is { } end ? (ExpressionSyntax[])[Literal(places[1].Span, end)] : []], null);

        // SQL shouts, spreadsheets say `mid`: both count from 1, and tell the length.
        if (start >= 1 && (name.Name is "SUBSTRING" or "SUBSTR" || name.Name.Equals("mid", StringComparison.OrdinalIgnoreCase)))
            return From(start - 1, start - 1 + second);
        if (start == 0)
            return From(0, second);
        if (isMethod)
            return From(start, name.Name == "substring" ? second : start + second);

        return new(null, second is { } length
            ? Invariant(
                $"write `slice({text}{start}, {start + length})` for {length} characters from place {start}, `slice({text}{start}, {length})` up to place {length}; places count from 0")
            : Invariant($"write `slice({text}{start})`, or `slice({text}{start - 1})` where the first place is 1; places count from 0"));
    }

    private static decimal Number(ExpressionSyntax place) => (decimal)((LiteralSyntax)place).Value!;

    private static LiteralSyntax Literal(SourceSpan span, decimal value) => new(span, value);
}
