using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>Choices between values: <c>if … then … else …</c>, and how other languages write it.</summary>
internal sealed class ChoiceGrammar(ProgramGrammar level)
{
    private readonly Tokens _tokens = level.Tokens;

    /// <summary>A choice that a word opens.</summary>
    public Parser<ExpressionSyntax> Opened => field ??= Call.Or(Canonical).Or(Case);

    private Parser<ExpressionSyntax> Value => field ??= ParserExtensions.Later(() => level.Expressions.Expression);

    private Parser<ExpressionSyntax> Canonical =>
        (from keyword in _tokens.Keyword("if") from choice in Branches select choice)
        .WithSpan((span, choice) => choice with { Span = span });

    // What follows `if`, or `elif`, which is how Python writes `else if`.
    private Parser<ExpressionSyntax> Branches => field ??= ParserExtensions.Later(() =>
        (from condition in level.Compared
         from then in _tokens.Keyword("then")
         from thenValue in Value
         from elseValue in (from word in _tokens.Quiet("elif").Or(_tokens.Quiet("elsif")) from choice in Branches select choice)
             .Or(from otherwise in _tokens.Keyword("else") from value in Value select value)
         select (condition, thenValue, elseValue))
        .WithSpan((span, parts) => (ExpressionSyntax)new ConditionalSyntax(span, parts.condition, parts.thenValue, parts.elseValue))).LimitNesting();

    // `if(c, a, b)` is how spreadsheets and SQL write it.
    private Parser<ExpressionSyntax> Call =>
        (from keyword in _tokens.Quiet("if")
         from open in ProgramGrammar.ElementLevel.Tokens.Adjacent("(")
         from condition in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Expressions.Expression)
         from comma in ProgramGrammar.ElementLevel.Tokens.Quiet(",")
         from thenValue in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Expressions.Expression)
         from second in ProgramGrammar.ElementLevel.Tokens.Quiet(",")
         from elseValue in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Expressions.Expression)
         from close in _tokens.Quiet(")")
         select (condition, thenValue, elseValue))
        .WithSpan((span, parts) => (ExpressionSyntax)new ConditionalSyntax(span, parts.condition, parts.thenValue, parts.elseValue));

    private Parser<ExpressionSyntax> Case =>
        (from keyword in _tokens.Quiet("case")
         from branches in Branch.WhileItFollows().Where(branches => branches.Count > 0)
         from otherwise in (from word in _tokens.Keyword("else") from value in Value select value).OrNothing()
         from end in _tokens.Keyword("end")
         select (branches, otherwise))
        .WithSpan((span, parts) => parts.branches.Reverse().Aggregate(parts.otherwise ?? new LiteralSyntax(span, null),
            (otherwise, branch) => new ConditionalSyntax(span, branch.Condition, branch.Value, otherwise)));

    private Parser<(ExpressionSyntax Condition, ExpressionSyntax Value)> Branch =>
        from when in _tokens.Quiet("when")
        from condition in Value
        from then in _tokens.Keyword("then")
        from value in Value
        select (condition, value);

    /// <summary>The value, or the choice that is written behind it: <c>c ? a : b</c>, <c>a if c else b</c>, <c>a ?? b</c>.</summary>
    public IResult<ExpressionSyntax> ReadBehind(IResult<ExpressionSyntax> value)
    {
        if (!value.WasSuccessful)
            return value;

        var coalesced = OtherwiseBehind(value.Value)(value.Remainder);
        if (coalesced.WasSuccessful)
            return coalesced;

        bool isMark = _tokens.Quiet("?")(value.Remainder).WasSuccessful;
        return isMark ? Ternary(value.Value)(value.Remainder)
            : _tokens.Quiet("if")(value.Remainder).WasSuccessful ? ConditionBehind(value.Value)(value.Remainder)
            : value;
    }

    private Parser<ExpressionSyntax> Ternary(ExpressionSyntax condition) =>
        Behind(condition, "?", ":", (span, first, second, third) => new ConditionalSyntax(span, first, second, third));

    private Parser<ExpressionSyntax> ConditionBehind(ExpressionSyntax thenValue) =>
        Behind(thenValue, "if", "else", (span, first, second, third) => new ConditionalSyntax(span, second, first, third));

    /// <summary>Two more values behind a first one, each behind its word.</summary>
    private Parser<ExpressionSyntax> Behind(ExpressionSyntax first, string opening, string closing,
        Func<SourceSpan, ExpressionSyntax, ExpressionSyntax, ExpressionSyntax, ExpressionSyntax> make) =>
        from open in _tokens.Quiet(opening, TokenRole.Sign)
        from second in Value
        from close in _tokens.Quiet(closing, TokenRole.Sign).Or(_tokens.Keyword(closing))
        from third in Value
        select make(SourceSpan.Cover(first.Span, third.Span), first, second, third);

    private Parser<ExpressionSyntax> OtherwiseBehind(ExpressionSyntax value) =>
        from mark in _tokens.Quiet("??", TokenRole.Sign)
        from otherwise in Value
        select (ExpressionSyntax)new CallSyntax(SourceSpan.Cover(value.Span, otherwise.Span), new IdentifierSyntax(mark.Span, "coalesce"),
            [CallArgumentSyntax.Of(value), CallArgumentSyntax.Of(otherwise)]);
}
