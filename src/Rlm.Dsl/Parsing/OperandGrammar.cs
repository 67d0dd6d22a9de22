using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>The operands of an expression: values with what touches them, and their powers.</summary>
internal sealed class OperandGrammar(ProgramGrammar level)
{
    private readonly Tokens _tokens = level.Tokens;

    /// <summary>
    /// An operand, or its power, which binds more tightly than a sign before it, and to the right: <c>-x ** 2</c> is <c>-(x ** 2)</c>.
    /// <c>^</c> is how other languages write <c>**</c>.
    /// </summary>
    public Parser<ExpressionSyntax> Power => field ??= input =>
    {
        var number = Postfix(input);
        if (!number.WasSuccessful)
            return number;

        var sign = PowerSign(number.Remainder);
        if (!sign.WasSuccessful)
            return number;

        return ParserExtensions.Later(() => level.Expressions.Unary).LimitNesting().Select(exponent => (ExpressionSyntax)new CallSyntax(
            SourceSpan.Cover(number.Value.Span, exponent.Span), new IdentifierSyntax(sign.Value.Span, "power"),
            [CallArgumentSyntax.Of(number.Value), CallArgumentSyntax.Of(exponent)]))(sign.Remainder);
    };

    private Parser<Lexeme<string>> PowerSign => field ??= _tokens.Quiet("**").Or(_tokens.Quiet("^"));

    /// <summary>A primary with its <c>.field</c>, <c>[index]</c> and method calls, all touching.</summary>
    public Parser<ExpressionSyntax> Postfix => field ??= input =>
    {
        var target = level.Expressions.Primary(input);
        while (target.WasSuccessful && target.Remainder is ProgramInput { AtEnd: false, Current: '.' or '[' or 'a' or 'A' })
        {
            var next = Suffix(target.Value)(target.Remainder);
            if (!next.WasSuccessful)
                return next.Remainder.Position == target.Remainder.Position ? target : next;
            target = next;
        }

        return target;
    };

    private Parser<ExpressionSyntax> Suffix(ExpressionSyntax target) =>
        (from dot in Dot
         from member in _tokens.Word
         from arguments in level.Expressions.Arguments.OrNothing()
         select (member, arguments)).WithSpan((span, suffix) => suffix.arguments is null
            ? (ExpressionSyntax)new MemberSyntax(SourceSpan.Cover(target.Span, span), target, suffix.member)
            : new CallSyntax(SourceSpan.Cover(target.Span, span), suffix.member, [CallArgumentSyntax.Of(target), .. suffix.arguments]))
        .Or(Index(target))
        .Or(Cast(target));

    // Two dots are those of a range.
    private Parser<Lexeme<string>> Dot => field ??= input => input is ProgramInput at && at.Source.IndexOf("..", at.Position, Math.Min(2, at.Source.Length - at.Position), StringComparison.Ordinal) == at.Position
        ? Tokens.Reject<Lexeme<string>>(at) : _tokens.Adjacent(".")(input);

    // `x as number` is how other languages write `number(x)`.
    private Parser<ExpressionSyntax> Cast(ExpressionSyntax target) =>
        (from keyword in _tokens.Quiet("as")
         from type in _tokens.QuietWord
         where target is not (TemplateSyntax or RegexSyntax) && FunctionOfType(type.Name) is not null
         select type).Select(type => (ExpressionSyntax)new CallSyntax(
            SourceSpan.Cover(target.Span, type.Span), new IdentifierSyntax(target.Span, FunctionOfType(type.Name)!), [CallArgumentSyntax.Of(target)]));

    private static string? FunctionOfType(string type) => TypeSynonyms.Canonical(type) is ("number" or "text" or "date") and var name ? name : null;

    // `x[2:5]` is how Python writes `slice(x, 2, 5)`.
    private Parser<ExpressionSyntax> Index(ExpressionSyntax target) =>
        (from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("[")
         from index in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.Pipeline).OrNothing()
         from column in target is MemberSyntax { Member.Name: "loc" } && index is not null ? ColumnOfPlace.OrNothing() : ParserExtensions.Return<PipelineSyntax?>(null)
         from colon in ProgramGrammar.BracketLevel.Tokens.Quiet(":", TokenRole.Tight)
             .Select(sign => (SyntaxNode)new WordSyntax(sign.Span, sign.Value)).OrNothing()
         from end in colon is null ? ParserExtensions.Return<PipelineSyntax?>(null)
             : ParserExtensions.Later(() => ProgramGrammar.BracketLevel.Pipeline).OrNothing()
         from close in _tokens.Keyword("]")
         select (index, column, colon, end, close)).Where(suffix => suffix.index is not null || suffix.colon is not null)
        .Select(suffix => SourceSpan.Cover(target.Span, suffix.close.Span) is var span && suffix.column is { } name
            ? new IndexSyntax(span, new IndexSyntax(SourceSpan.Cover(target.Span, suffix.index!.Span), target, suffix.index), name)
            : suffix.colon is null ? (ExpressionSyntax)new IndexSyntax(span, target, suffix.index!)
            : new CallSyntax(span, new IdentifierSyntax(suffix.colon.Span, "slice"),
                [CallArgumentSyntax.Of(target), CallArgumentSyntax.Of(suffix.index ?? Start(suffix.colon.Span)), .. suffix.end is null
                    ? (CallArgumentSyntax[])[] : [CallArgumentSyntax.Of(suffix.end)]]));

    // `rows.loc[rows.n > 2, "name"]`: the rows, and of them a field.
    private static Parser<PipelineSyntax> ColumnOfPlace =>
        from comma in ProgramGrammar.BracketLevel.Tokens.Quiet(",") from column in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.Pipeline) select column;

    private static PipelineSyntax Start(SourceSpan span) => new(span, new LiteralSyntax(span, 0m), []);
}
