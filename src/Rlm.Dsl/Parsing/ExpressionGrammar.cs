using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>Expressions: operators by their precedence, calls, lists, records and members.</summary>
internal sealed class ExpressionGrammar(ProgramGrammar level)
{
    private const int NotPrecedence = 3;
    public const int ComparePrecedence = 4;

    private readonly Tokens _tokens = level.Tokens;

    public Parser<ExpressionSyntax> Expression => field ??=
        ParserExtensions.Later(() =>
            Broken.Or(Lambda).Or(level.Choices.Opened).Or(input => level.Choices.ReadBehind(Operators(1)(input)))).LimitNesting();

    /// <summary>An expression without the choices and lambdas that only a whole one may be.</summary>
    public Parser<ExpressionSyntax> OperatorsOnly => field ??= ParserExtensions.Later(() => Operators(1)).LimitNesting();

    private Parser<ExpressionSyntax> Broken => _tokens.Broken.Select(span => (ExpressionSyntax)new BrokenSyntax(span));

    private Parser<ExpressionSyntax> Lambda =>
        (from parameter in Parameter
         from body in Expression
         select (parameter, body)).WithSpan((span, lambda) => (ExpressionSyntax)new LambdaSyntax(span, lambda.parameter, lambda.body));

    // `(x) => …`, `x -> …` and `lambda x: …` are how other languages say `x => …`.
    private Parser<IdentifierSyntax> Parameter =>
        (from name in _tokens.Name from arrow in _tokens.Quiet("=>").Or(_tokens.Quiet("->")) select name)
        .Or(from open in _tokens.Quiet("(")
            from name in _tokens.Name
            from close in _tokens.Quiet(")")
            from arrow in _tokens.Quiet("=>").Or(_tokens.Quiet("->"))
            select name)
        .Or(from lambda in _tokens.Quiet("lambda") from name in _tokens.Name from colon in _tokens.Quiet(":") select name);

    private Parser<ExpressionSyntax> Not => field ??=
        (from keyword in _tokens.Keyword("not").Or(Negation)
         from operand in ParserExtensions.Later(() => Operators(NotPrecedence)).LimitNesting()
         select operand).WithSpan((span, operand) => (ExpressionSyntax)new UnarySyntax(span, UnaryOperator.Not, operand));

    // `!x` is how other languages say `not x`; `!=` is a comparison.
    private Parser<Lexeme<string>> Negation => input =>
        input is ProgramInput at && at.Source.Length > at.Position + 1 && at.Source[at.Position + 1] != '='
            ? _tokens.Quiet("!")(input)
            : Tokens.Reject<Lexeme<string>>((ProgramInput)input);

    public Parser<ExpressionSyntax> Unary => field ??=
        (from minus in _tokens.Quiet("-")
         from operand in ParserExtensions.Later(() => Unary).LimitNesting()
         select operand).WithSpan((span, operand) => operand is LiteralSyntax { Value: decimal number }
            ? (ExpressionSyntax)new LiteralSyntax(span, -number)
            : new UnarySyntax(span, UnaryOperator.Negate, operand))
        .Or(level.Operands.Power);

    public Parser<ExpressionSyntax> Primary => field ??=
        _tokens.Duration
        .Or(_tokens.Number)
        .Or(level.Templates.Template.As<TemplateSyntax, ExpressionSyntax>())
        .Or(_tokens.Regex)
        .Or(Constant("true", true)).Or(Constant("false", false)).Or(Constant("none", null)).Or(Constant("null", null))
            .Or(Constant("nil", null))
        .Or(Constant("True", true)).Or(Constant("False", false)).Or(Constant("None", null))
        .Or(NameOrCall)
        .Or(FieldOfItem)
        .Or(GroupOrTuple)
        .Or(List)
        .Or(Set)
        .Or(Record);

    // `.name` is how jq writes `it.name`.
    private Parser<ExpressionSyntax> FieldOfItem =>
        (from dot in _tokens.Quiet(".")
         from name in _tokens.QuietName.Where(name => name.Span.Start == dot.Span.End)
         select name).WithSpan((span, name) => (ExpressionSyntax)new MemberSyntax(span, new NameSyntax(span, "it"), name));

    // `{"a", "b"}` is a set in Python, and holds what `["a", "b"]` does.
    private Parser<ExpressionSyntax> Set =>
        (from open in ProgramGrammar.ElementLevel.Tokens.Quiet("{")
         from items in (_tokens.Number.Or(level.Templates.Template.As<TemplateSyntax, ExpressionSyntax>()))
             .Select(value => new PipelineSyntax(value.Span, value, [])).WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma)
         from close in _tokens.Quiet("}")
         select items).WithSpan((span, items) => (ExpressionSyntax)new ListSyntax(span, items));

    private Parser<ExpressionSyntax> NameOrCall =>
        (from name in _tokens.Name
         from arguments in (string.Equals(name.Name, "count", StringComparison.OrdinalIgnoreCase) ? CountOfAll.Or(Arguments) : Arguments).OrNothing()
         select (name, arguments)).WithSpan((span, call) => call.arguments is null
            ? (ExpressionSyntax)new NameSyntax(call.name.Span, call.name.Name)
            : new CallSyntax(span, call.name, call.arguments));

    public Parser<IReadOnlyList<CallArgumentSyntax>> Arguments => field ??=
        from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("(")
        from arguments in ProgramGrammar.ElementLevel.Expressions.Argument.WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma).OrNothing()
        from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
        from close in _tokens.Keyword(")")
        select arguments ?? [];

    // `count(*)` is how SQL writes `count()`.
    private Parser<IReadOnlyList<CallArgumentSyntax>> CountOfAll => field ??=
        from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("(")
        from star in ProgramGrammar.BracketLevel.Tokens.Quiet("*")
        from close in _tokens.Quiet(")")
        select (IReadOnlyList<CallArgumentSyntax>)[];

    private Parser<CallArgumentSyntax> Argument => field ??=
        (from name in _tokens.Name
         from colon in _tokens.Quiet(":")
         from value in level.Pipeline
         select (name, value)).WithSpan((span, argument) => new CallArgumentSyntax(span, argument.name, argument.value))
        .Or(NamedFunction)
        .Or(Distinct)
        .Or((from value in ParserExtensions.Later(() => level.Pipeline)
             from loop in ComprehensionGrammar.Rest.OrNothing()
             select (value, loop)).WithSpan((span, argument) => argument.loop is null
                ? new CallArgumentSyntax(span, null, argument.value)
                : CallArgumentSyntax.Of(argument.loop.ToPipeline(span, argument.value))));

    // `key=lambda x: …` is Python's; any other `name=value` is read as a comparison first.
    private Parser<CallArgumentSyntax> NamedFunction =>
        (from name in _tokens.QuietName
         from sign in _tokens.QuietAssign
         from value in Lambda
         select (name, value)).WithSpan((span, argument) => CallArgumentSyntax.Of(argument.value) with { Span = span, Name = argument.name });

    // `count(distinct x)` is how SQL writes `distinct_count(x)`.
    private Parser<CallArgumentSyntax> Distinct =>
        from word in _tokens.Quiet("distinct")
        from value in level.Operands.Postfix.Where(value => value is NameSyntax or MemberSyntax or CallSyntax)
        select CallArgumentSyntax.Of(new CallSyntax(SourceSpan.Cover(word.Span, value.Span), new IdentifierSyntax(word.Span, "distinct"),
            [CallArgumentSyntax.Of(value)]));

    public Parser<ExpressionSyntax> Group => field ??=
        (from open in ProgramGrammar.BracketLevel.Tokens.Keyword("(")
         from pipeline in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.ComparedPipeline)
         from close in _tokens.Keyword(")")
         select pipeline).WithSpan((span, pipeline) => (ExpressionSyntax)new GroupSyntax(span, pipeline));

    // `(a, b)` is how Python writes `[a, b]`.
    private Parser<ExpressionSyntax> GroupOrTuple => field ??=
        (from open in ProgramGrammar.BracketLevel.Tokens.Keyword("(")
         from pipeline in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.ComparedPipeline)
         from more in (from comma in ProgramGrammar.ElementLevel.Tokens.Quiet(",")
                       from items in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Pipeline)
                           .WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma)
                       from last in ProgramGrammar.ElementLevel.Tokens.LastComma
                       select items).Where(_ => pipeline.Source is not LambdaSyntax).OrNothing()
         from close in _tokens.Keyword(")")
         select (pipeline, more)).WithSpan((span, group) => group.more is null
            ? (ExpressionSyntax)new GroupSyntax(span, group.pipeline)
            : new ListSyntax(span, [group.pipeline, .. group.more]) { IsTuple = true });

    private Parser<ExpressionSyntax> List =>
        (from open in ProgramGrammar.ElementLevel.Tokens.Keyword("[")
         from items in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Pipeline).WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma)
             .OrNothing()
         from loop in items is { Count: 1 } ? ComprehensionGrammar.Rest.OrNothing() : ParserExtensions.Return<ComprehensionGrammar.Loop?>(null)
         from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
         from close in _tokens.Keyword("]")
         select (items: items ?? [], loop))
        .WithSpan((span, list) => list.loop?.ToPipeline(span, list.items[0]) ?? new ListSyntax(span, list.items));

    private Parser<ExpressionSyntax> Record =>
        (from open in ProgramGrammar.ElementLevel.Tokens.Keyword("{")
         from fields in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Expressions.RecordField)
             .WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma).OrNothing()
         from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
         from close in _tokens.Keyword("}")
         select fields ?? []).WithSpan((span, fields) => (ExpressionSyntax)new RecordSyntax(span, fields));

    private Parser<RecordFieldSyntax> RecordField => field ??=
        (from name in _tokens.Word.Select(word => word.Name)
            .Or(level.Templates.Template.Where(template => template.PlainText is not null).Select(template => template.PlainText!))
         from colon in _tokens.Keyword(":")
         from value in level.Pipeline
         select (name, value)).WithSpan((span, entry) => new RecordFieldSyntax(span, entry.name, entry.value))
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
                left = ParseResult.Success<ExpressionSyntax>(
                    new UnarySyntax(SourceSpan.Cover(left.Value.Span, test.Value.Span), test.Value.Value, left.Value), test.Remainder);
                continue;
            }

            if (precedence <= ComparePrecedence && OpensBetween(left.Remainder) && Between(left.Value)(left.Remainder) is { WasSuccessful: true } range)
            {
                RefuseChain((ProgramInput)range.Remainder);
                left = range;
                continue;
            }

            var sign = _tokens.Binary(left.Remainder);
            if (!sign.WasSuccessful || Lexemes.Precedence(sign.Value.Value) is var level && level < precedence
                || (level == ComparePrecedence && left.Value is BinarySyntax { Operator: < BinaryOperator.Add } or UnarySyntax { Operator: not UnaryOperator.Negate } && IsCounted(left.Remainder)))
                return left;

            if (level < ComparePrecedence && FindSubject(left.Value) is { } subject
                && _tokens.Binary(sign.Remainder) is { WasSuccessful: true } relation && IsRelation(relation.Value.Value)
                    && !_tokens.Binary(relation.Remainder).WasSuccessful)
            {
                // `n >= 8 and <= 10`: the subject is said once.
                var shared = OperatorsBehind(ParseResult.Success(subject, sign.Remainder), level + 1);
                if (!shared.WasSuccessful)
                    return shared;
                left = ParseResult.Success<ExpressionSyntax>(new BinarySyntax(SourceSpan.Cover(left.Value.Span, shared.Value.Span),
                    sign.Value.Value, left.Value, shared.Value), shared.Remainder);
                continue;
            }

            var right = sign.Value.Value is BinaryOperator.In or BinaryOperator.NotIn ? Tuple.Or(Operators(level + 1))(sign.Remainder)
                : Operators(level + 1)(sign.Remainder);
            if (!right.WasSuccessful)
                return right;
            if (right.Value is NameSyntax { Name: "empty" } && IsTest((ProgramInput)sign.Remainder, sign.Value))
                right = ParseResult.Success<ExpressionSyntax>(new TemplateSyntax(right.Value.Span, []), right.Remainder);

            if (right.Value is NameSyntax { Name: "number" or "date" } type && IsTest((ProgramInput)sign.Remainder, sign.Value))
            {
                var read = SourceSpan.Cover(left.Value.Span, type.Span);
                left = ParseResult.Success<ExpressionSyntax>(new BinarySyntax(read,
                    sign.Value.Value == BinaryOperator.Equal ? BinaryOperator.NotEqual : BinaryOperator.Equal,
                    new CallSyntax(read, new IdentifierSyntax(left.Value.Span, type.Name), [CallArgumentSyntax.Of(left.Value)]),
                    new LiteralSyntax(type.Span, null)), right.Remainder);
                continue;
            }

            if (level == ComparePrecedence && ReadChain(left.Value, sign.Value.Value, right.Value, right.Remainder) is { } chain)
            {
                if (!chain.WasSuccessful)
                    return chain;
                left = chain;
                RefuseChain((ProgramInput)left.Remainder);
                continue;
            }

            var span = SourceSpan.Cover(left.Value.Span, right.Value.Span);
            var operation = new BinarySyntax(span, sign.Value.Value, left.Value, right.Value);
            left = ParseResult.Success<ExpressionSyntax>(sign.Value is { Value: BinaryOperator.Divide, Span.Length: 2 }
                ? new CallSyntax(span, new IdentifierSyntax(sign.Value.Span, "floor"), [CallArgumentSyntax.Of(operation)]) : operation, right.Remainder);
            if (level == ComparePrecedence)
                RefuseChain((ProgramInput)right.Remainder);
        }

        return left;
    }

    // `x is empty` and `x is not number`.
    private static bool IsTest(ProgramInput at, Lexeme<BinaryOperator> sign) =>
        sign.Value is BinaryOperator.Equal or BinaryOperator.NotEqual && string.CompareOrdinal(at.Source, sign.Span.Start, "is", 0, 2) == 0;

    // To make the parsers of a range for each operand was a twentieth of a parse.
    private static bool OpensBetween(IInput input) => input is ProgramInput { AtEnd: false, Current: 'b' or 'B' or 'n' or 'N' or '!' };

    // `x between a and b` is how SQL says `x >= a and x <= b`.
    private Parser<ExpressionSyntax> Between(ExpressionSyntax value) => BetweenDots(value).Or(BetweenWords(value));

    // `x between (a .. b)` is how Kusto says it.
    private Parser<ExpressionSyntax> BetweenDots(ExpressionSyntax value) =>
        from not in _tokens.Quiet("not").Or(_tokens.Quiet("!")).Select(word => word.Value).OrNothing()
        from between in _tokens.Quiet("between")
        from open in ProgramGrammar.BracketLevel.Tokens.Quiet("(")
        from low in Operators(ComparePrecedence + 1)
        from dots in ProgramGrammar.BracketLevel.Tokens.Quiet("..")
        from high in Operators(ComparePrecedence + 1)
        from close in _tokens.Quiet(")")
        select WithinLimits(value, low, high, not is not null);

    private Parser<ExpressionSyntax> BetweenWords(ExpressionSyntax value) =>
        from not in _tokens.Quiet("not").Select(word => word.Value).OrNothing()
        from between in _tokens.Quiet("between")
        from low in Operators(ComparePrecedence + 1)
        from and in _tokens.Keyword("and")
        from high in Operators(ComparePrecedence + 1)
        select WithinLimits(value, low, high, not is not null);

    private static ExpressionSyntax WithinLimits(ExpressionSyntax value, ExpressionSyntax low, ExpressionSyntax high, bool isOutside)
    {
        var span = SourceSpan.Cover(value.Span, high.Span);
        var within = new BinarySyntax(span, BinaryOperator.And, new BinarySyntax(span, BinaryOperator.GreaterOrEqual, value, low),
            new BinarySyntax(span, BinaryOperator.LessOrEqual, value, high));
        return isOutside ? new UnarySyntax(span, UnaryOperator.Not, within) : within;
    }

    // `x in ("a", "b")` is how SQL and Python write `x in ["a", "b"]`; one thing in parentheses is a value unless it is a literal.
    private Parser<ExpressionSyntax> Tuple => field ??=
        (from open in ProgramGrammar.ElementLevel.Tokens.Quiet("(")
         from items in ParserExtensions.Later(() => ProgramGrammar.ElementLevel.Pipeline).WithCommas(ProgramGrammar.ElementLevel.Tokens.Comma)
         from comma in ProgramGrammar.ElementLevel.Tokens.LastComma
         from close in _tokens.Quiet(")")
         select items)
        .Where(items => items.Count > 1 || items[0] is { Stages.Count: 0, Source: TemplateSyntax or LiteralSyntax })
        .WithSpan((span, items) => (ExpressionSyntax)new ListSyntax(span, items));

    /// <summary>What a comparison is about, the last one of several.</summary>
    private static ExpressionSyntax? FindSubject(ExpressionSyntax condition) => condition switch
    {
        BinarySyntax { Operator: BinaryOperator.And or BinaryOperator.Or } both => FindSubject(both.Right),
        BinarySyntax comparison when Lexemes.Precedence(comparison.Operator) == ComparePrecedence => comparison.Left,
        UnarySyntax { Operator: UnaryOperator.Not } not => FindSubject(not.Operand),
        _ => null,
    };

    private static bool IsRelation(BinaryOperator sign) => Lexemes.Precedence(sign) == ComparePrecedence;

    /// <summary>
    /// <c>0 &lt; n &lt; 5</c> is how Python writes <c>0 &lt; n and n &lt; 5</c>; null where no sign of the same direction follows.
    /// </summary>
    private IResult<ExpressionSyntax>? ReadChain(ExpressionSyntax low, BinaryOperator first, ExpressionSyntax middle, IInput behind)
    {
        var second = _tokens.Binary(behind);
        if (!second.WasSuccessful || Direction(first) == 0 || Direction(first) != Direction(second.Value.Value))
            return null;

        var high = Operators(ComparePrecedence + 1)(second.Remainder);
        if (!high.WasSuccessful)
            return high;
        if (middle is LiteralSyntax && high.Value is LiteralSyntax && IsCounted(behind))
            return null;

        var span = SourceSpan.Cover(low.Span, high.Value.Span);
        return ParseResult.Success<ExpressionSyntax>(new BinarySyntax(span, BinaryOperator.And,
            new BinarySyntax(SourceSpan.Cover(low.Span, middle.Span), first, low, middle),
            new BinarySyntax(SourceSpan.Cover(middle.Span, high.Value.Span), second.Value.Value, middle, high.Value)), high.Remainder);
    }

    private static int Direction(BinaryOperator sign) => sign switch
    {
        BinaryOperator.Less or BinaryOperator.LessOrEqual => -1,
        BinaryOperator.Greater or BinaryOperator.GreaterOrEqual => 1,
        _ => 0,
    };

    // `assert rows | count a < 0 == 0`: a condition is not compared, so what it counts is.
    private bool IsCounted(IInput behind) => ReferenceEquals(((ProgramInput)behind).State.CountedLevel, level);

    private void RefuseChain(ProgramInput at)
    {
        var next = _tokens.Binary(at);
        if (!IsCounted(at) && next.WasSuccessful && Lexemes.Precedence(next.Value.Value) == ComparePrecedence)
        {
            at.State.Fail(new Diagnostic(DslDiagnostics.ChainedComparison, next.Value.Span,
                "comparisons do not chain", "join two comparisons with `and`: `a < b and b < c`; what a pipeline gives is compared behind parentheses: `(rows | share a == b) > 0.5`"));
        }
    }
}
