using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>Expressions: operators by their precedence, calls, lists, records and members.</summary>
internal sealed class ExpressionGrammar(ProgramGrammar level)
{
    private const int NotPrecedence = 3;
    private const int ComparePrecedence = 4;

    private readonly Tokens _tokens = level.Tokens;

    public Parser<ExpressionSyntax> Expression => field ??=
        ParserExtensions.Later(() => Lambda.Or(Conditional).Or(Operators(1))).Nested();

    private Parser<ExpressionSyntax> Lambda =>
        (from parameter in Parameter
         from body in Expression
         select (parameter, body)).Spanned((span, lambda) => (ExpressionSyntax)new LambdaSyntax(span, lambda.parameter, lambda.body));

    // `(x) => …`, `x -> …` and `lambda x: …` are how other languages say `x => …`.
    private Parser<IdentifierSyntax> Parameter =>
        (from name in _tokens.Name from arrow in _tokens.Quiet("=>").Or(_tokens.Quiet("->")) select name)
        .Or(from open in _tokens.Quiet("(") from name in _tokens.Name
            from close in _tokens.Quiet(")") from arrow in _tokens.Quiet("=>").Or(_tokens.Quiet("->")) select name)
        .Or(from lambda in _tokens.Quiet("lambda") from name in _tokens.Name from colon in _tokens.Quiet(":") select name);

    private Parser<ExpressionSyntax> Conditional =>
        (from keyword in _tokens.Keyword("if")
         from condition in Expression
         from then in _tokens.Keyword("then")
         from thenValue in Expression
         from otherwise in _tokens.Keyword("else")
         from elseValue in Expression
         select (condition, thenValue, elseValue))
        .Spanned((span, parts) => (ExpressionSyntax)new ConditionalSyntax(span, parts.condition, parts.thenValue, parts.elseValue));

    private Parser<ExpressionSyntax> Not => field ??=
        (from keyword in _tokens.Keyword("not").Or(Negation)
         from operand in ParserExtensions.Later(() => Operators(NotPrecedence)).Nested()
         select operand).Spanned((span, operand) => (ExpressionSyntax)new UnarySyntax(span, UnaryOperator.Not, operand));

    // `!x` is how other languages say `not x`; `!=` is a comparison.
    private Parser<Lexeme<string>> Negation => input =>
        input is ProgramInput at && at.Source.Length > at.Position + 1 && at.Source[at.Position + 1] != '='
            ? _tokens.Quiet("!")(input)
            : Tokens.Reject<Lexeme<string>>((ProgramInput)input);

    private Parser<ExpressionSyntax> Unary => field ??=
        (from minus in _tokens.Quiet("-")
         from operand in ParserExtensions.Later(() => Unary).Nested()
         select operand).Spanned((span, operand) => operand is LiteralSyntax { Value: decimal number }
            ? (ExpressionSyntax)new LiteralSyntax(span, -number)
            : new UnarySyntax(span, UnaryOperator.Negate, operand))
        .Or(Postfix);

    private Parser<ExpressionSyntax> Primary => field ??=
        _tokens.Duration
        .Or(_tokens.Number)
        .Or(level.Templates.Template.As<TemplateSyntax, ExpressionSyntax>())
        .Or(_tokens.Regex)
        .Or(Constant("true", true)).Or(Constant("false", false)).Or(Constant("none", null)).Or(Constant("null", null)).Or(Constant(
            "nil", null))
        .Or(NameOrCall)
        .Or(Group)
        .Or(List)
        .Or(Record);

    private Parser<ExpressionSyntax> NameOrCall =>
        (from name in _tokens.Name
         from arguments in Arguments.OrNothing()
         select (name, arguments)).Spanned((span, call) => call.arguments is null
            ? (ExpressionSyntax)new NameSyntax(call.name.Span, call.name.Name)
            : new CallSyntax(span, call.name, call.arguments));

    public Parser<IReadOnlyList<CallArgumentSyntax>> Arguments => field ??=
        from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("(")
        from arguments in ProgramGrammar.CellLevel.Expressions.Argument.WithCommas(ProgramGrammar.CellLevel.Tokens.Comma).OrNothing()
        from comma in ProgramGrammar.CellLevel.Tokens.LastComma
        from close in _tokens.Keyword(")")
        select arguments ?? [];

    private Parser<CallArgumentSyntax> Argument => field ??=
        (from name in _tokens.Name
         from colon in _tokens.Quiet(":")
         from value in level.Pipeline
         select (name, value)).Spanned((span, argument) => new CallArgumentSyntax(span, argument.name, argument.value))
        .Or(ParserExtensions.Later(() => level.Pipeline).Spanned((span, value) => new CallArgumentSyntax(span, null, value)));

    public Parser<ExpressionSyntax> Group => field ??=
        (from open in ProgramGrammar.BracketLevel.Tokens.Keyword("(")
         from pipeline in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.Pipeline)
         from close in _tokens.Keyword(")")
         select pipeline).Spanned((span, pipeline) => (ExpressionSyntax)new GroupSyntax(span, pipeline));

    private Parser<ExpressionSyntax> List =>
        (from open in ProgramGrammar.CellLevel.Tokens.Keyword("[")
         from items in ParserExtensions.Later(() => ProgramGrammar.CellLevel.Pipeline).WithCommas(ProgramGrammar.CellLevel.Tokens.Comma)
             .OrNothing()
         from comma in ProgramGrammar.CellLevel.Tokens.LastComma
         from close in _tokens.Keyword("]")
         select items ?? []).Spanned((span, items) => (ExpressionSyntax)new ListSyntax(span, items));

    private Parser<ExpressionSyntax> Record =>
        (from open in ProgramGrammar.CellLevel.Tokens.Keyword("{")
         from fields in ParserExtensions.Later(() => ProgramGrammar.CellLevel.Expressions.RecordField)
             .WithCommas(ProgramGrammar.CellLevel.Tokens.Comma).OrNothing()
         from comma in ProgramGrammar.CellLevel.Tokens.LastComma
         from close in _tokens.Keyword("}")
         select fields ?? []).Spanned((span, fields) => (ExpressionSyntax)new RecordSyntax(span, fields));

    private Parser<RecordFieldSyntax> RecordField => field ??=
        (from name in _tokens.Word.Select(word => word.Name)
            .Or(level.Templates.Template.Where(template => template.PlainText is not null).Select(template => template.PlainText!))
         from colon in _tokens.Keyword(":")
         from value in level.Pipeline
         select (name, value)).Spanned((span, entry) => new RecordFieldSyntax(span, entry.name, entry.value))
        .Or(_tokens.Name.Select(name => new RecordFieldSyntax(name.Span, name.Name, null)));

    public Parser<ExpressionSyntax> Constant(string word, object? value) =>
        _tokens.Quiet(word).Select(lexeme => (ExpressionSyntax)new LiteralSyntax(lexeme.Span, value));

    /// <summary>
    /// Operators of at least that precedence, by precedence climbing: one level of the stack where a chain of rules would take seven.
    /// </summary>
    private Parser<ExpressionSyntax> Operators(int precedence) => input =>
        OperatorsBehind(precedence <= NotPrecedence ? Not.Or(Unary)(input) : Unary(input), precedence);

    public IResult<ExpressionSyntax> OperatorsBehind(IResult<ExpressionSyntax> left, int precedence)
    {
        while (left.WasSuccessful)
        {
            if (precedence <= ComparePrecedence && _tokens.FailedTest(left.Remainder) is { WasSuccessful: true } test)
            {
                RefuseChain((ProgramInput)test.Remainder);
                left = Result.Success<ExpressionSyntax>(
                    new UnarySyntax(SourceSpan.Cover(left.Value.Span, test.Value.Span), test.Value.Value, left.Value), test.Remainder);
                continue;
            }

            var sign = _tokens.Binary(left.Remainder);
            if (!sign.WasSuccessful || Lexemes.Precedence(sign.Value.Value) is var level && level < precedence)
                return left;

            var right = Operators(level + 1)(sign.Remainder);
            if (!right.WasSuccessful)
                return right;

            if (level == ComparePrecedence)
                RefuseChain((ProgramInput)right.Remainder);

            var span = SourceSpan.Cover(left.Value.Span, right.Value.Span);
            left = Result.Success<ExpressionSyntax>(new BinarySyntax(span, sign.Value.Value, left.Value, right.Value), right.Remainder);
        }

        return left;
    }

    private void RefuseChain(ProgramInput at)
    {
        var next = _tokens.Binary(at);
        if (next.WasSuccessful && Lexemes.Precedence(next.Value.Value) == ComparePrecedence)
        {
            at.State.Fail(new Diagnostic(DslDiagnostics.ChainedComparison, next.Value.Span,
                "comparisons do not chain", "join two comparisons with `and`: `a < b and b < c`"));
        }
    }

    /// <summary>A primary with its <c>.field</c>, <c>[index]</c> and method calls, all touching.</summary>
    private Parser<ExpressionSyntax> Postfix => field ??= input =>
    {
        var target = Primary(input);
        while (target.WasSuccessful)
        {
            var next = Suffix(target.Value)(target.Remainder);
            if (!next.WasSuccessful)
                return next.Remainder.Position == target.Remainder.Position ? target : next;
            target = next;
        }

        return target;
    };

    private Parser<ExpressionSyntax> Suffix(ExpressionSyntax target) =>
        (from dot in _tokens.Adjacent(".")
         from member in _tokens.Word
         from arguments in Arguments.OrNothing()
         select (member, arguments)).Spanned((span, suffix) => suffix.arguments is null
            ? (ExpressionSyntax)new MemberSyntax(SourceSpan.Cover(target.Span, span), target, suffix.member)
            : new CallSyntax(SourceSpan.Cover(target.Span, span), suffix.member,
                [new CallArgumentSyntax(target.Span, null, new PipelineSyntax(target.Span, target, [])), .. suffix.arguments]))
        .Or((from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("[")
             from index in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.Pipeline)
             from close in _tokens.Keyword("]")
             select (index, close)).Select(suffix =>
                (ExpressionSyntax)new IndexSyntax(SourceSpan.Cover(target.Span, suffix.close.Span), target, suffix.index)));
}
