using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>What follows an operator's head, by the shape that the catalogue gives it.</summary>
internal sealed class ArgumentGrammar(ProgramGrammar level)
{
    private static readonly IReadOnlyList<ArgumentSyntax> NoArguments = [];

    private readonly Tokens _tokens = level.Tokens;
    private readonly Memo<Shape, Parser<IReadOnlyList<ArgumentSyntax>>> _shapes = new(ReferenceComparer.Instance);

    // `count()` and `llm("…")` are how other languages write a stage.
    public Parser<IReadOnlyList<ArgumentSyntax>> InParentheses(Shape shape) =>
        from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("(")
        from arguments in ProgramGrammar.BracketLevel.Arguments.ArgumentsOf(shape)
        from close in _tokens.Keyword(")")
        select arguments;

    public static bool OpensEmptyParentheses(IInput remainder) =>
        remainder is ProgramInput { AtEnd: false, Current: '(' } at && at.Position == at.TokenEnd;

    public Parser<IReadOnlyList<ArgumentSyntax>> ArgumentsOf(Shape shape) => _shapes.GetOrAdd(shape, key => key switch
    {
        SequenceShape { Parts: [WordShape { Slot: null } word, _, ..] } option when char.IsLetter(word.Alternatives[0][0]) =>
            from head in ArgumentsOf(word)
            from sign in ValueSign
            from value in ArgumentsOf(new SequenceShape([.. option.Parts.Skip(1)]))
            select value,
        SequenceShape { Parts: [WordShape word, ..] } call when word.Slot == Slots.Call =>
            from head in ArgumentsOf(word)
            from rest in ArgumentsOf(new SequenceShape([.. call.Parts.Skip(1)]))
                .Or(InParentheses(new SequenceShape([.. call.Parts.Skip(1)])))
            select (IReadOnlyList<ArgumentSyntax>)[.. head, .. rest],
        SequenceShape sequence => sequence.Parts.Select(ArgumentsOf).Aggregate(
            ParserExtensions.Return(NoArguments),
            (parsed, part) => from before in parsed
                              from after in part
                              select before.Count == 0 ? after : after.Count == 0 ? before : [.. before, .. after]),
        ChoiceShape choice => choice.Alternatives.Select(ArgumentsOf).Aggregate((first, second) => first.Or(second)),
        OptionalShape { Inner: SequenceShape { Parts: [SequenceShape { Parts: [WordShape { Alternatives: ["by"] }, SlotShape] } keys] } } =>
            ArgumentsOf(keys).After(GroupWord).Or(ParserExtensions.Return(NoArguments)),
        OptionalShape optional => ArgumentsOf(optional.Inner).Or(ParserExtensions.Return(NoArguments)),
        AnyOrderShape anyOrder => anyOrder.Parts.Select(ArgumentsOf).Aggregate((first, second) => first.Or(second))
            .After(OptionComma(anyOrder)).WhileItFollows().After(GreatestFirst(anyOrder))
                .Select(parts => (IReadOnlyList<ArgumentSyntax>)[.. parts.SelectMany(part => part)]),
        WordShape word => word.Alternatives.Select(_tokens.Keyword).Aggregate((first, second) => first.Or(second))
            .Select(lexeme =>
                word.Slot is null ? NoArguments : [new ArgumentSyntax(lexeme.Span, word.Slot, new WordSyntax(lexeme.Span, lexeme.Value))]),
        FlagShape flag => flag.Words.Skip(1).Aggregate(
                _tokens.Keyword(flag.Words[0]),
                (parsed, next) => from before in parsed from after in _tokens.Keyword(next) select before)
            .WithSpan(
                (span, _) => (IReadOnlyList<ArgumentSyntax>)[new ArgumentSyntax(span, flag.Slot, new WordSyntax(span, flag.Slot.Name))]),
        SlotShape { Slot: var slot } => Value(slot.Kind)
            .After(ArgumentName(slot))
            .WithSpan((span, value) => (IReadOnlyList<ArgumentSyntax>)[new ArgumentSyntax(span, slot, value)]),
        _ => throw new InvalidOperationException($"No parser for the shape {key}."),
    });

    /// <summary>The keys of a fold, with <c>by</c> before them.</summary>
    public Parser<ArgumentSyntax> Keys => field ??=
        (from word in _tokens.Quiet("by")
         from keys in Value(SlotKind.Keys)
         select keys).Select(keys => new ArgumentSyntax(keys.Span, Slots.By, keys));

    // `sum n group by k` is how SQL writes `sum n by k`.
    private Parser<string?> GroupWord => field ??= input =>
    {
        var word = _tokens.Quiet("group")(input);
        return word.WasSuccessful && _tokens.Quiet("by")(word.Remainder).WasSuccessful
            ? ParseResult.Success<string?>(word.Value.Value, word.Remainder) : ParseResult.Success<string?>(null, input);
    };

    // `pack=50`, `pack: 50`: how other languages give an option its value.
    private Parser<string?> ValueSign => field ??= _tokens.Quiet("=").Or(_tokens.Quiet(":")).Select(sign => sign.Value).OrNothing();

    // `prompt="…"`, `size=50`: how other languages name an argument that has its place here.
    private Parser<string?> ArgumentName(Slot slot)
    {
        string[] names = slot.Kind switch
        {
            SlotKind.Prompt or SlotKind.Pattern or SlotKind.CapturePattern => [slot.Name],
            SlotKind.Amount or SlotKind.Place or SlotKind.Number => [slot.Name, "n"],
            _ => [],
        };
        return names.Select(
            name => from word in _tokens.Quiet(name) from sign in _tokens.Quiet("=").Or(_tokens.Quiet(":")) select sign.Value)
            .Aggregate(ParserExtensions.Return<string?>(null), (none, named) => named.Select(sign => (string?)sign).Or(none));
    }

    /// <summary>A comma before an option, where a comma cannot end the element.</summary>
    private Parser<string?> OptionComma(AnyOrderShape options)
    {
        var words = options.Parts.Select(FirstWord).ToList();
        return input =>
        {
            var comma = level.HasCommaLists ? _tokens.Quiet(",")(input) : Tokens.Reject<Lexeme<string>>((ProgramInput)input);
            return comma.WasSuccessful
                && words.Any(word => Lexemes.Keyword(((ProgramInput)comma.Remainder).Source, comma.Remainder.Position, word) >= 0)
                ? ParseResult.Success<string?>(",", comma.Remainder)
                : ParseResult.Success<string?>(null, input);
        };
    }

    // `top 3 by n desc`: the greatest come first anyway.
    private Parser<string?> GreatestFirst(AnyOrderShape options) =>
        options.Parts.Any(option => FirstWord(option) == "per")
            ? _tokens.Quiet("desc").Or(_tokens.Quiet("descending")).Select(word => word.Value).OrNothing() : ParserExtensions.Return<string?>(null);

    private static string FirstWord(Shape option) => option switch
    {
        SequenceShape sequence => FirstWord(sequence.Parts[0]),
        FlagShape flag => flag.Words[0],
        WordShape word => word.Alternatives[0],
        _ => throw new InvalidOperationException($"The option {option} starts with no word."),
    };

    private Parser<SyntaxNode> Value(SlotKind kind) => kind switch
    {
        SlotKind.Expression or SlotKind.Condition => level.Expressions.Expression.As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.OptionalCondition => OptionalCondition.As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Pattern or SlotKind.CapturePattern =>
            _tokens.Regex.Or(level.Templates.Template.As<TemplateSyntax, ExpressionSyntax>()).Or(LetName).Or(QuietGroup)
                .As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Prompt or SlotKind.Outer => OuterText.As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.String => level.Templates.Template.As<TemplateSyntax, SyntaxNode>(),
        SlotKind.Amount or SlotKind.Number => _tokens.Number.Or(LetName).Or(level.Expressions.Group).As<ExpressionSyntax, SyntaxNode>(),
        // A unit may follow a place that is left out.
        SlotKind.Place => Value(SlotKind.Amount).Where(place => place is not NameSyntax { Name: var name } || UnitSynonyms.Canonical(name) is null).Or(
            (from minus in _tokens.Quiet("-") from number in _tokens.Number select (LiteralSyntax)number)
            .WithSpan((span, number) => (SyntaxNode)new LiteralSyntax(span, -(decimal)number.Value!))),
        SlotKind.Unit => Unit.As<WordSyntax, SyntaxNode>(),
        SlotKind.FieldName => _tokens.Name.Or(FieldInQuotes).As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.SourceField => BareName.As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.CaptureName => BareName.Where(name => !TypeGrammar.IsType(name.Name.TrimEnd('?'))).As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.NewName or SlotKind.Ignored => _tokens.Name.As<IdentifierSyntax, SyntaxNode>(),
        SlotKind.FieldNames or SlotKind.Renames => InBrackets(kind),
        SlotKind.Keys => Commas(Binding.Or(Key))
            .WithSpan((span, keys) => (SyntaxNode)new BindingListSyntax(span, [.. keys.SelectMany(SplitTuple)])),
        SlotKind.Bindings => BindingList(Binding.Or(Matched).Or(Alias)),
        SlotKind.Aggregates => BindingList(Binding.Or(Alias).Or(UnnamedAggregate)),
        SlotKind.Columns => BindingList(Binding.Or(Alias).Or(UnnamedCall)
            .Or(_tokens.Name.Or(FieldInQuotes).Select(name => new BindingSyntax(name.Span, name, null))), mayEndBeforeKeys: false),
        SlotKind.Orders => Commas(Order)
            .WithSpan((span, orders) => (SyntaxNode)new OrderListSyntax(span, SortOptions.Apply([.. orders.SelectMany(SplitTuple)]))),
        SlotKind.Type => level.Types.Type.As<TypeSyntax, SyntaxNode>(),
        SlotKind.Scalar => _tokens.Duration.Or(_tokens.Number).Or(OuterText).As<ExpressionSyntax, SyntaxNode>(),
        SlotKind.Fallback => Fallback,
        SlotKind.ModelName => _tokens.Name.As<IdentifierSyntax, SyntaxNode>().Or(level.Templates.Template.As<TemplateSyntax, SyntaxNode>()),
        _ => throw new InvalidOperationException($"No parser for the slot kind {kind}."),
    };

    private Parser<ExpressionSyntax> OuterText => field ??= ParserExtensions.Later(() =>
        level.Templates.Template.As<TemplateSyntax, ExpressionSyntax>()
            .Or(_tokens.Name.Select(name => (ExpressionSyntax)new NameSyntax(name.Span, name.Name)))
            .Or(level.Expressions.Group));

    /// <summary>A field's name in quotes, where only a field can stand: the way to name a column with blanks.</summary>
    private Parser<IdentifierSyntax> FieldInQuotes =>
        level.Types.QuietLabel.Where(text => text.Length > 0).WithSpan((span, text) => new IdentifierSyntax(span, text));

    // The `r` of `r"…"` is not a name.
    private Parser<IdentifierSyntax> BareName => input => input is ProgramInput at && Lexemes.OpensRawString(at.Source, at.Position)
        ? Tokens.Reject<IdentifierSyntax>(at) : _tokens.QuietName(input);

    // A word of the operators' own is not a let here; such a let stands in parentheses.
    private Parser<ExpressionSyntax> LetName => _tokens.QuietWord.Where(
        name => !Names.Reserved.Contains(name.Name) && !OperatorForms.Keywords.Contains(name.Name))
        .Select(name => (ExpressionSyntax)new NameSyntax(name.Span, name.Name));

    // `count - 1` and `count sort by x` lack something else than a condition; so does `count first`, where no relation follows.
    private Parser<ExpressionSyntax> OptionalCondition => input =>
    {
        var word = _tokens.QuietWord(input);
        bool opens = word.WasSuccessful
            ? !Names.Reserved.Contains(word.Value.Name) || word.Value.Name is "not" or "true" or "false"
            : input is ProgramInput { AtEnd: false } at
                && (at.Current is '"' or '\'' or '`' || char.IsDigit(at.Current) || (at.Current == '(' && !IsEmptyCall(at)));
        bool isStage = word.WasSuccessful && OperatorForms.Of(word.Value.Name).Count > 0 && !_tokens.Binary(word.Remainder).WasSuccessful
            && !OpensEmptyParentheses(word.Remainder) && word.Remainder is not ProgramInput { AtEnd: false, Current: '.' or '[' };
        bool isForeign = word.WasSuccessful && (word.Value.Name == "if" || IsFilter(word.Value.Name)) && OpensOperand(word.Remainder);
        return isForeign ? level.Expressions.Expression(word.Remainder)
            : opens && !isStage ? level.Expressions.Expression(input)
            : Tokens.Reject<ExpressionSyntax>((ProgramInput)input);
    };

    private static bool IsFilter(string head) =>
        OperatorCatalog.ByHead[head].Any(signature => signature.Is(OperatorTraits.Filters));

    // `count where n > 2`, `count if n > 2`.
    private static bool OpensOperand(IInput input) =>
        input is ProgramInput { AtEnd: false } at && (at.Current is '"' or '`' or '(' or '!' || Names.IsWordStart(at.Current))
            && Lexemes.Keyword(at.Source, at.Position, "llm") < 0;

    private static bool IsEmptyCall(ProgramInput at) =>
        Layout.Bracketed.Skip(at.Source, at.Position + 1, 0) is var inside && inside < at.Source.Length && at.Source[inside] is ')' or '*';

    private Parser<ExpressionSyntax> QuietGroup => input =>
        (ProgramInput)input is { AtEnd: false, Current: '(' }
            ? level.Expressions.Group(input)
            : Tokens.Reject<ExpressionSyntax>((ProgramInput)input);

    private Parser<WordSyntax> Unit => field ??= _tokens.QuietWord
        .Select(word => UnitSynonyms.Canonical(word.Name) is { } unit ? new WordSyntax(word.Span, unit) : null)
        .Where(unit => unit is not null).Select(unit => unit!)
        .OrReject("`lines`, `chars`, `tokens`, `words` or `items`");

    private Parser<BindingSyntax> Binding => field ??=
        (from name in _tokens.Name
         from assign in _tokens.Assign.Or(_tokens.Quiet(":"))
         from value in ExtractedText.Or(level.Expressions.Expression)
         select (name, value)).WithSpan((span, binding) => new BindingSyntax(span, binding.name, binding.value));

    /// <summary>A list of names, which other languages put in brackets, and name: <c>drop(columns=["a", "b"])</c>.</summary>
    private Parser<SyntaxNode> InBrackets(SlotKind kind)
    {
        Parser<SyntaxNode> Bracketed(string opening, string closing) =>
            from open in ProgramGrammar.BracketLevel.Tokens.Quiet(opening)
            from list in ParserExtensions.Later(() => ProgramGrammar.BracketLevel.Arguments.NameList(kind))
            from close in _tokens.Keyword(closing)
            select list;

        return Bracketed("[", "]").Or(Bracketed("{", "}")).Or(NameList(kind))
            .After((from option in _tokens.Quiet("columns").Or(_tokens.Quiet("subset")) from sign in _tokens.QuietAssign select sign.Value).OrNothing());
    }

    private Parser<SyntaxNode> NameList(SlotKind kind) => BindingList(kind == SlotKind.Renames ? Renaming
        : _tokens.Name.Or(FieldInQuotes).Select(name => new BindingSyntax(name.Span, name, null)));

    // `a to b`, `a as b`; `a: b` in the braces of pandas; `b = a` as in a `select`.
    private Parser<BindingSyntax> Renaming => field ??=
        (from old in _tokens.Name.Or(FieldInQuotes)
         from word in _tokens.Keyword("to").Or(_tokens.Quiet("as")).Or(_tokens.Quiet(":"))
         from name in _tokens.Name.Or(FieldInQuotes)
         select (old, name))
        .Or(from name in _tokens.QuietName
            from sign in _tokens.QuietAssign
            from old in _tokens.Name
            select (old, name))
        .WithSpan((span, pair) => new BindingSyntax(span, pair.name, new NameSyntax(pair.old.Span, pair.old.Name)));

    private Parser<ExpressionSyntax> ExtractedText => field ??=
        from word in _tokens.Quiet("extract") from pattern in _tokens.Regex select pattern;

    // `extend n /\d+/`, `extend n = extract /\d+/`: what the pattern matches in the item.
    private Parser<BindingSyntax> Matched => field ??=
        (from name in _tokens.QuietName
         from pattern in _tokens.Regex.Where(value => value is RegexSyntax { Pattern: not [' ', ..] })
         select (name, pattern))
        .WithSpan((span, binding) => new BindingSyntax(span, binding.name, binding.pattern));

    // `by month(d) as m` is how SQL names a key; behind a bare name it may be the fold that is named.
    private Parser<BindingSyntax> Key => field ??=
        (from value in level.Expressions.Expression
         from name in (from word in _tokens.Quiet("as") from name in _tokens.QuietName.Where(name => !TypeGrammar.IsType(name.Name)) select name)
             .Where(_ => value is not NameSyntax).OrNothing()
         select (name, value)).WithSpan((span, key) => new BindingSyntax(span, key.name, key.value));

    // `sum(n) as total` is how SQL writes `total = sum(n)`.
    private Parser<BindingSyntax> Alias => field ??=
        (from value in level.Expressions.Expression
         from word in _tokens.Quiet("as")
         from name in _tokens.QuietName
         select (name, value)).WithSpan((span, binding) => new BindingSyntax(span, binding.name, binding.value));

    /// <summary>An aggregate without a name is called by its function; SPL's <c>count</c> is one without parentheses.</summary>
    private Parser<BindingSyntax> UnnamedAggregate => field ??= Unnamed(FunctionOf).Or(input =>
        _tokens.QuietName(input) is { WasSuccessful: true, Value: var name } count && FunctionCatalog.Find(name.Name)?.Is(FunctionTraits.CountsItems) == true
            ? ParseResult.Success(new BindingSyntax(name.Span, name, new CallSyntax(name.Span, name, [])), count.Remainder)
            : Tokens.Reject<BindingSyntax>((ProgramInput)input));

    /// <summary>So is a column that is a call, as in SQL.</summary>
    private Parser<BindingSyntax> UnnamedCall => field ??= Unnamed(name => FunctionSynonyms.Canonical(name) ?? FunctionCatalog.Find(name.ToLowerInvariant())?.Name);

    private Parser<BindingSyntax> Unnamed(Func<string, string?> nameOf) => input =>
        _tokens.QuietName(input) is { WasSuccessful: true } value && OpensEmptyParentheses(value.Remainder) && nameOf(value.Value.Name) is { } name
            ? level.Expressions.Expression.Where(call => call is CallSyntax)
                .Select(call => new BindingSyntax(call.Span, new IdentifierSyntax(value.Value.Span, name), call))(input)
            : Tokens.Reject<BindingSyntax>((ProgramInput)input);

    private static string? FunctionOf(string name) =>
        FunctionCatalog.Aggregates.Contains(name) ? name : FunctionSynonyms.Canonical(name) is { } canonical
            && FunctionCatalog.Aggregates.Contains(canonical) ? canonical : null;

    // `sort(key=lambda x: x.n)`, `sort(by="n")`.
    private Parser<string?> KeyWord => field ??=
        (from word in _tokens.Quiet("key").Or(_tokens.Quiet("by")) from sign in _tokens.QuietAssign select word.Value).OrNothing();

    private Parser<OrderSyntax> Order =>
        (from option in KeyWord
         from key in level.Expressions.Expression
         from direction in _tokens.Keyword("desc").Or(_tokens.Keyword("asc")).Or(_tokens.Quiet("descending")).Or(_tokens.Quiet("reverse"))
             .Or(_tokens.Quiet("ascending")).Select(lexeme => lexeme.Value).OrNothing()
             // None comes last anyway, where SQL has it said.
         from last in (from nulls in _tokens.Quiet("nulls") from word in _tokens.Quiet("last") select word.Value).OrNothing()
         select (key, direction)).WithSpan((span, order) => order switch
         {
             // `desc(n)` is how dplyr writes `n desc`.
             { direction: null, key: CallSyntax { Function.Name: "desc" or "asc", Arguments: [{ Name: null } key] } call } =>
                 new OrderSyntax(span, key.Operand, call.Function.Name == "desc"),
             _ => new OrderSyntax(span, order.key, order.direction is not (null or "asc" or "ascending")),
         });

    // `count by (a, b)`, `sort by (a, b)`: several keys, not one that is a list.
    private static IEnumerable<BindingSyntax> SplitTuple(BindingSyntax key) => key is { Name: null, Value: ListSyntax { IsTuple: true, Items: var items } }
        ? items.Select(item => new BindingSyntax(item.Span, null, CallArgumentSyntax.Of(item).Operand)) : [key];

    private static IEnumerable<OrderSyntax> SplitTuple(OrderSyntax order) => order.Key is ListSyntax { IsTuple: true, Items: var items }
        ? items.Select(item => new OrderSyntax(item.Span, CallArgumentSyntax.Of(item).Operand, order.Descending)) : [order];

    private Parser<SyntaxNode> Fallback =>
        _tokens.Keyword("fail").Or(_tokens.Keyword("skip")).Select(lexeme => (SyntaxNode)new WordSyntax(lexeme.Span, lexeme.Value))
        .Or(level.Templates.Template.As<TemplateSyntax, SyntaxNode>())
        .Or(_tokens.Number.As<ExpressionSyntax, SyntaxNode>())
        .Or(level.Expressions.Constant("none", null).As<ExpressionSyntax, SyntaxNode>());

    private Parser<SyntaxNode> BindingList(Parser<BindingSyntax> binding, bool mayEndBeforeKeys = true) =>
        Commas(binding, mayEndBeforeKeys).WithSpan((span, bindings) => (SyntaxNode)new BindingListSyntax(span, bindings));

    private Parser<IReadOnlyList<T>> Commas<T>(Parser<T> parser, bool mayEndBeforeKeys = true) =>
        level.HasCommaLists ? from items in parser.WithCommas(ListComma(mayEndBeforeKeys)) from comma in TrailingComma(mayEndBeforeKeys) select items
            : parser.Select(item => (IReadOnlyList<T>)[item]);

    // `, a = llm "…"` opens a stage of its own.
    private Parser<string> PaidColumn => field ??= from comma in _tokens.Quiet(",")
                                                   from name in _tokens.QuietName
                                                   from sign in _tokens.QuietAssign
                                                   from call in _tokens.Quiet("llm").Or(_tokens.Quiet("rlm"))
                                                   select name.Name;

    private Parser<Lexeme<string>> ListComma(bool mayEndBeforeKeys) => input =>
        TrailingComma(mayEndBeforeKeys)(input) is { Value: null } && !PaidColumn(input).WasSuccessful ? _tokens.Keyword(",")(input)
            : Tokens.Reject<Lexeme<string>>((ProgramInput)input);

    /// <summary>The comma that other languages allow behind the last item of a list. Behind columns <c>by</c> may be one.</summary>
    private Parser<string?> TrailingComma(bool mayEndBeforeKeys) => input =>
    {
        var comma = _tokens.Quiet(",")(input);
        var behind = (ProgramInput)comma.Remainder;
        bool isLast = comma.WasSuccessful
            && (behind.AtEnd || behind.Current is '|' or ';' or '\n' or '\r' or ')'
                || (mayEndBeforeKeys && Lexemes.Keyword(behind.Source, behind.Position, "by") >= 0));
        return isLast ? ParseResult.Success<string?>(",", behind) : ParseResult.Success<string?>(null, input);
    };

    /// <summary>Shapes are records, and equal ones need not have one parser: looking them up by reference is cheap.</summary>
    private sealed class ReferenceComparer : IEqualityComparer<Shape>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Shape? x, Shape? y) => ReferenceEquals(x, y);

        public int GetHashCode(Shape obj) => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(obj);
    }
}
