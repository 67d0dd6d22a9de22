using System.Collections.Concurrent;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Sprache;

namespace Rlm.Dsl.Parsing;

internal sealed partial class ProgramGrammar
{
    private readonly ConcurrentDictionary<Shape, Parser<IReadOnlyList<ArgumentSyntax>>> _shapes = new(ReferenceComparer.Instance);

    private static readonly IReadOnlyList<ArgumentSyntax> NoArguments = [];

    /// <summary>An operator with its arguments at the start of a statement; a bare word there is read as a name first.</summary>
    private Parser<StageSyntax> Opener => field ??= input =>
    {
        var head = _tokens.QuietWord(input);
        if (!head.WasSuccessful || !OperatorForms.Of(head.Value.Name).Any(form => form.Operator.CanOpen || form.Operator.IsPaid))
            return Tokens.Reject<StageSyntax>((ProgramInput)input);

        var stage = OperatorStage(head)(input);
        return stage.WasSuccessful && stage.Value.Arguments.Count == 0 ? Tokens.Reject<StageSyntax>((ProgramInput)input) : stage;
    };

    private Parser<StageSyntax> Stage => field ??= ParserExtensions.Later<StageSyntax>(() => input =>
    {
        var head = _tokens.QuietWord(input);
        if (!head.WasSuccessful)
            return Tokens.Reject<StageSyntax>((ProgramInput)input, "a stage");

        return OperatorForms.Of(head.Value.Name).Count > 0 ? OperatorStage(head)(input) : FunctionStage(input);
    }).Nested();

    private Parser<StageSyntax> FunctionStage => field ??=
        (from name in _tokens.Word
         from arguments in Arguments.Or(BareArguments(name.Name)).OrNothing()
         select (name, arguments)).Spanned((span, call) => new StageSyntax(span, call.name, null, [], call.arguments));

    /// <summary>The arguments of a function that stand behind it without parentheses: <c>format "%d %B"</c>, <c>round 2</c>.</summary>
    private Parser<IReadOnlyList<CallArgumentSyntax>> BareArguments(string function) => input =>
        FunctionCatalog.Find(function) is { Parameters.Count: > 1 } && OpensBareArgument(input)
            ? BareArgument.WhileItFollows()(input)
            : Tokens.Reject<IReadOnlyList<CallArgumentSyntax>>((ProgramInput)input);

    private Parser<CallArgumentSyntax> BareArgument => field ??= input => OpensBareArgument(input)
        ? _tokens.Duration.Or(_tokens.Number).Or(Template.As<TemplateSyntax, ExpressionSyntax>()).Or(_tokens.Regex).Or(Group)
            .Spanned((span, value) => new CallArgumentSyntax(span, null, new PipelineSyntax(span, value, [])))(input)
        : Tokens.Reject<CallArgumentSyntax>((ProgramInput)input);

    private static bool OpensBareArgument(IInput input) =>
        input is ProgramInput { AtEnd: false } at && (at.Current is '"' or '\'' or '/' or '(' || char.IsDigit(at.Current));

    /// <summary>The first of the word's forms that fits, with or without parentheses around its arguments.</summary>
    private Parser<StageSyntax> OperatorStage(IResult<IdentifierSyntax> head) => input =>
    {
        IResult<IReadOnlyList<ArgumentSyntax>>? furthest = null;
        foreach (bool isSecond in new[] { false, true })
        {
            foreach (var form in OperatorForms.Of(head.Value.Name))
            {
                bool inParentheses = isSecond != form.IsCall;
                var arguments = inParentheses ? InParentheses(form.Shape)(head.Remainder) : ArgumentsOf(form.Shape)(head.Remainder);
                if (arguments.WasSuccessful && (inParentheses || !OpensEmptyParentheses(arguments.Remainder)))
                {
                    var span = ParserExtensions.SpanOf(input, arguments.Remainder);
                    return Result.Success(form.ToStage(span, head.Value, arguments.Value), arguments.Remainder);
                }

                if (furthest is null || arguments.Remainder.Position > furthest.Remainder.Position)
                    furthest = arguments;
            }
        }

        // `slice(0, 80)` is the function of that name.
        var call = FunctionCatalog.Find(head.Value.Name) is { Parameters.Count: > 1 } && OpensEmptyParentheses(head.Remainder) ? FunctionStage(input) : null;
        return call is { WasSuccessful: true } ? call : Result.Failure<StageSyntax>(furthest!.Remainder, furthest.Message, furthest.Expectations);
    };

    // `count()` and `llm("…")` are how other languages write a stage.
    private Parser<IReadOnlyList<ArgumentSyntax>> InParentheses(Shape shape) =>
        from open in BracketLevel._tokens.Adjacent("(")
        from arguments in BracketLevel.ArgumentsOf(shape)
        from close in _tokens.Keyword(")")
        select arguments;

    private static bool OpensEmptyParentheses(IInput remainder) =>
        remainder is ProgramInput { AtEnd: false, Current: '(' } at && at.Position == at.TokenEnd;

    private Parser<IReadOnlyList<ArgumentSyntax>> ArgumentsOf(Shape shape) => _shapes.GetOrAdd(shape, key => key switch
    {
        SequenceShape { Parts: [WordShape { Slot: null } word, _, ..] } option when char.IsLetter(word.Alternatives[0][0]) =>
            from head in ArgumentsOf(word) from sign in ValueSign from value in ArgumentsOf(new SequenceShape([.. option.Parts.Skip(1)])) select value,
        SequenceShape { Parts: [WordShape { Slot: "call" } word, ..] } call =>
            from head in ArgumentsOf(word)
            from rest in ArgumentsOf(new SequenceShape([.. call.Parts.Skip(1)])).Or(InParentheses(new SequenceShape([.. call.Parts.Skip(1)])))
            select (IReadOnlyList<ArgumentSyntax>)[.. head, .. rest],
        SequenceShape sequence => sequence.Parts.Select(ArgumentsOf).Aggregate(
            Parse.Return(NoArguments),
            (parsed, part) => from before in parsed from after in part select before.Count == 0 ? after : after.Count == 0 ? before : [.. before, .. after]),
        ChoiceShape choice => choice.Alternatives.Select(ArgumentsOf).Aggregate((first, second) => first.Or(second)),
        OptionalShape optional => ArgumentsOf(optional.Inner).Or(Parse.Return(NoArguments)),
        AnyOrderShape anyOrder => anyOrder.Parts.Select(ArgumentsOf).Aggregate((first, second) => first.Or(second))
            .After(OptionComma(anyOrder)).WhileItFollows().Select(parts => (IReadOnlyList<ArgumentSyntax>)[.. parts.SelectMany(part => part)]),
        WordShape word => word.Alternatives.Select(_tokens.Keyword).Aggregate((first, second) => first.Or(second))
            .Select(lexeme => word.Slot is null ? NoArguments : [new ArgumentSyntax(lexeme.Span, word.Slot, new WordSyntax(lexeme.Span, lexeme.Value))]),
        FlagShape flag => flag.Words.Skip(1).Aggregate(
                _tokens.Keyword(flag.Words[0]),
                (parsed, next) => from before in parsed from after in _tokens.Keyword(next) select before)
            .Spanned((span, _) => (IReadOnlyList<ArgumentSyntax>)[new ArgumentSyntax(span, flag.Slot, new WordSyntax(span, flag.Slot))]),
        SlotShape slot => Slot(slot.Kind).After(ArgumentName(slot)).Spanned((span, value) => (IReadOnlyList<ArgumentSyntax>)[new ArgumentSyntax(span, slot.Name, value)]),
        _ => throw new InvalidOperationException($"No parser for the shape {key}."),
    });

    // `pack=50`, `pack: 50`: how other languages give an option its value.
    private Parser<string?> ValueSign => field ??= _tokens.Quiet("=").Or(_tokens.Quiet(":")).Select(sign => sign.Value).OrNothing();

    // `prompt="…"`, `size=50`: how other languages name an argument that has its place here.
    private Parser<string?> ArgumentName(SlotShape slot)
    {
        string[] names = slot.Kind switch
        {
            SlotKind.Prompt or SlotKind.Pattern or SlotKind.CapturePattern => [slot.Name],
            SlotKind.Amount => [slot.Name, "n"],
            _ => [],
        };
        return names.Select(name => from word in _tokens.Quiet(name) from sign in _tokens.Quiet("=").Or(_tokens.Quiet(":")) select sign.Value)
            .Aggregate(Parse.Return<string?>(null), (none, named) => named.Select(sign => (string?)sign).Or(none));
    }

    /// <summary>A comma before an option, where a comma cannot end the cell.</summary>
    private Parser<string?> OptionComma(AnyOrderShape options)
    {
        var words = options.Parts.Select(FirstWord).ToList();
        return input =>
        {
            var comma = _hasCommaLists ? _tokens.Quiet(",")(input) : Tokens.Reject<Lexeme<string>>((ProgramInput)input);
            return comma.WasSuccessful && words.Any(word => Lexemes.Keyword(((ProgramInput)comma.Remainder).Source, comma.Remainder.Position, word) >= 0)
                ? Result.Success<string?>(",", comma.Remainder)
                : Result.Success<string?>(null, input);
        };
    }

    private static string FirstWord(Shape option) => option switch
    {
        SequenceShape sequence => FirstWord(sequence.Parts[0]),
        FlagShape flag => flag.Words[0],
        WordShape word => word.Alternatives[0],
        _ => throw new InvalidOperationException($"The option {option} starts with no word."),
    };

    private Parser<SyntaxNode> Slot(SlotKind kind) => kind switch
    {
        SlotKind.Expression => Expression.As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Condition => OptionalCondition.As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Pattern or SlotKind.CapturePattern =>
            _tokens.Regex.Or(Template.As<TemplateSyntax, ExpressionSyntax>()).Or(LetName).Or(QuietGroup).As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Prompt or SlotKind.Outer => OuterText.As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.String => Template.As<TemplateSyntax, SyntaxNode>(),
        SlotKind.Amount => _tokens.Number.Or(LetName).Or(Group).As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Unit => Unit.As<WordSyntax, SyntaxNode>(),
        SlotKind.FieldName => _tokens.Name.Or(FieldInQuotes).As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.SourceField => _tokens.QuietName.As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.NewName => _tokens.Name.As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.FieldNames => BindingList(_tokens.Name.Select(name => new BindingSyntax(name.Span, name, null))),
        SlotKind.Keys => BindingList(Binding.Or(Expression.Select(value => new BindingSyntax(value.Span, null, value)))),
        SlotKind.Bindings or SlotKind.Aggregates => BindingList(Binding),
        SlotKind.Columns => BindingList(Binding.Or(_tokens.Name.Or(FieldInQuotes).Select(name => new BindingSyntax(name.Span, name, null)))),
        SlotKind.Orders => Commas(Order).Spanned((span, orders) => (SyntaxNode)new OrderListSyntax(span, orders)),
        SlotKind.Type => Type.As<TypeSyntax, SyntaxNode>(),
        SlotKind.Fallback => Fallback,
        SlotKind.ModelName => _tokens.Name.As<IdentifierSyntax, SyntaxNode>().Or(Template.As<TemplateSyntax, SyntaxNode>()),
        _ => throw new InvalidOperationException($"No parser for the slot kind {kind}."),
    };

    private Parser<ExpressionSyntax> OuterText => field ??= ParserExtensions.Later(() =>
        Template.As<TemplateSyntax, ExpressionSyntax>().Or(_tokens.Name.Select(name => (ExpressionSyntax)new NameSyntax(name.Span, name.Name))).Or(Group));

    /// <summary>A field's name in quotes, where only a field can stand: the way to name a column with blanks.</summary>
    private Parser<IdentifierSyntax> FieldInQuotes => QuietLabel.Where(text => text.Length > 0).Spanned((span, text) => new IdentifierSyntax(span, text));

    // A word of the operators' own is no let here; such a let stands in parentheses.
    private Parser<ExpressionSyntax> LetName => _tokens.QuietWord.Where(name => !Lexemes.Reserved.Contains(name.Name) && !OperatorForms.Keywords.Contains(name.Name))
        .Select(name => (ExpressionSyntax)new NameSyntax(name.Span, name.Name));

    // `count - 1` and `count sort by x` lack something else than a condition; so does `count first`, where no relation follows.
    private Parser<ExpressionSyntax> OptionalCondition => input =>
    {
        var word = _tokens.QuietWord(input);
        bool opens = word.WasSuccessful
            ? !Lexemes.Reserved.Contains(word.Value.Name) || word.Value.Name is "not" or "true" or "false"
            : input is ProgramInput { AtEnd: false } at && (at.Current is '"' or '\'' or '`' || char.IsDigit(at.Current) || (at.Current == '(' && !IsEmptyCall(at)));
        bool isStage = word.WasSuccessful && OperatorForms.Of(word.Value.Name).Count > 0 && !_tokens.Binary(word.Remainder).WasSuccessful
            && !OpensEmptyParentheses(word.Remainder) && word.Remainder is not ProgramInput { AtEnd: false, Current: '.' or '[' };
        return opens && !isStage ? Expression(input) : Tokens.Reject<ExpressionSyntax>((ProgramInput)input);
    };

    private static bool IsEmptyCall(ProgramInput at) => Layout.Bracketed.Skip(at.Source, at.Position + 1, 0) is var inside && inside < at.Source.Length && at.Source[inside] is ')' or '*';

    private Parser<ExpressionSyntax> QuietGroup => input =>
        (ProgramInput)input is { AtEnd: false, Current: '(' } ? Group(input) : Tokens.Reject<ExpressionSyntax>((ProgramInput)input);

    private Parser<WordSyntax> Unit => field ??= _tokens.QuietWord
        .Select(word => UnitSynonyms.Canonical(word.Name) is { } unit ? new WordSyntax(word.Span, unit) : null)
        .Where(unit => unit is not null).Select(unit => unit!)
        .Expecting("`lines`, `chars`, `tokens`, `words` or `items`");

    private Parser<BindingSyntax> Binding => field ??=
        (from name in _tokens.Name
         from assign in _tokens.Assign.Or(_tokens.Quiet(":"))
         from value in Expression
         select (name, value)).Spanned((span, binding) => new BindingSyntax(span, binding.name, binding.value));

    private Parser<OrderSyntax> Order =>
        (from key in Expression
         from direction in _tokens.Keyword("desc").Or(_tokens.Keyword("asc")).Select(lexeme => lexeme.Value).OrNothing()
         select (key, direction)).Spanned((span, order) => new OrderSyntax(span, order.key, order.direction == "desc"));

    private Parser<SyntaxNode> Fallback =>
        _tokens.Keyword("fail").Or(_tokens.Keyword("skip")).Select(lexeme => (SyntaxNode)new WordSyntax(lexeme.Span, lexeme.Value))
        .Or(Template.As<TemplateSyntax, SyntaxNode>())
        .Or(_tokens.Number.As<ExpressionSyntax, SyntaxNode>())
        .Or(Constant("none", null).As<ExpressionSyntax, SyntaxNode>());

    private Parser<SyntaxNode> BindingList(Parser<BindingSyntax> binding) =>
        Commas(binding).Spanned((span, bindings) => (SyntaxNode)new BindingListSyntax(span, bindings));

    private Parser<IReadOnlyList<T>> Commas<T>(Parser<T> parser) =>
        _hasCommaLists ? parser.WithCommas(_tokens.Keyword(",")) : parser.Select(item => (IReadOnlyList<T>)[item]);

    /// <summary>Shapes are records, and equal ones need not have one parser: looking them up by reference is cheap.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<Shape>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Shape? x, Shape? y) => ReferenceEquals(x, y);

        public int GetHashCode(Shape obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
