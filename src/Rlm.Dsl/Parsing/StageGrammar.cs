using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>Stages: an operator in one of its forms, or a function.</summary>
internal sealed class StageGrammar(ProgramGrammar level)
{
    private readonly Tokens _tokens = level.Tokens;

    /// <summary>An operator with its arguments at the start of a statement; a bare word there is read as a name first.</summary>
    public Parser<StageSyntax> Opener => field ??= input =>
    {
        var head = _tokens.QuietWord(input);
        if (!head.WasSuccessful || _tokens.Broken(input).WasSuccessful
            || ((ProgramInput)input).State.IsTool(head.Value.Name) || !OperatorForms.Of(head.Value.Name).Any(form => form.Operator.CanOpen || form.Operator.IsPaid))
            return Tokens.Reject<StageSyntax>((ProgramInput)input);

        var stage = OperatorStage(head)(input);
        return stage.WasSuccessful && stage.Value.Arguments.Count == 0 ? Tokens.Reject<StageSyntax>((ProgramInput)input) : stage;
    };

    public Parser<StageSyntax> Stage => field ??= ParserExtensions.Later<StageSyntax>(() => input =>
    {
        var broken = _tokens.Broken(input);
        if (broken.WasSuccessful)
            return ParseResult.Success(StageSyntax.MakeBroken(broken.Value), broken.Remainder);

        if (OpensValue(input))
            return Value(input);

        var head = _tokens.QuietWord(input);
        if (!head.WasSuccessful)
            return Tokens.Reject<StageSyntax>((ProgramInput)input, "a stage");

        return OperatorForms.Of(head.Value.Name).Count > 0 && !((ProgramInput)input).State.IsTool(head.Value.Name) ? OperatorStage(head)(input) : FunctionStage(input);
    }).LimitNesting();

    /// <summary>
    /// The columns behind a comma that are stages of their own, since one <c>extend</c> holds expressions or one paid call.
    /// </summary>
    public Parser<IReadOnlyList<StageSyntax>> MoreColumns(StageSyntax stage) =>
        level.HasCommaLists && stage.Operator?.Is(OperatorTraits.AddsFields) == true
            ? MoreColumn.WhileItFollows()
            : ParserExtensions.Return<IReadOnlyList<StageSyntax>>([]);

    private Parser<StageSyntax> MoreColumn => field ??= input =>
    {
        var comma = _tokens.Quiet(",")(input);
        return comma.WasSuccessful && Column(comma.Remainder).WasSuccessful
            ? OperatorStage(ParseResult.Success(new IdentifierSyntax(comma.Value.Span, "extend"), comma.Remainder))(comma.Remainder)
            : Tokens.Reject<StageSyntax>((ProgramInput)input);
    };

    private Parser<string> Column => field ??= from name in _tokens.QuietName from sign in _tokens.QuietAssign select name.Name;

    /// <summary>A <c>where</c> behind a list, without a pipe.</summary>
    public Parser<StageSyntax> Condition => field ??= input =>
    {
        var head = _tokens.QuietWord(input);
        return head.WasSuccessful && OperatorForms.Of(head.Value.Name).Any(form => form.Operator.Is(OperatorTraits.Filters))
            ? OperatorStage(head)(input)
            : Tokens.Reject<StageSyntax>((ProgramInput)input);
    };

    // `rows | "{name}: {n}"`, `row | it.name`, jq's `| .name` and `| {a, b}`: an expression over what comes in is `map` of it.
    private Parser<StageSyntax> Value => field ??= level.Expressions.Expression.WithSpan((span, value) => new StageSyntax(
        span, new IdentifierSyntax(span, "map"), OperatorCatalog.Find("map"), [new ArgumentSyntax(span, Slots.Value, value)], null));

    /// <summary>Whether what follows can only be an expression over the item: it starts with a string with holes, with <c>it</c> or a field behind a dot, or with a record.</summary>
    private bool OpensValue(IInput input) => input is ProgramInput { AtEnd: false } at && (at.Current switch
    {
        '{' => true,
        '.' => at.Position + 1 < at.Source.Length && Names.IsWordStart(at.Source[at.Position + 1]),
        '"' or '\'' => HasHoles(input),
        _ => Lexemes.Keyword(at.Source, at.Position, "it") >= 0
            || (TemplateGrammar.PrefixLength(at.Source, at.Position) > 0 && HasHoles(input)),
    });

    private bool HasHoles(IInput input) => level.Templates.Template(input) is { WasSuccessful: true, Value.PlainText: null };

    /// <summary>
    /// A fold that has no operator of its own, of an expression over the items: <c>distinct_count user</c>, and with keys <c>distinct_count(user) by team</c>.
    /// </summary>
    private Parser<StageSyntax> FoldStage => field ??= input =>
    {
        var head = _tokens.QuietWord(input);
        if (!head.WasSuccessful || ((ProgramInput)input).State.IsTool(head.Value.Name) || (FunctionSynonyms.Canonical(head.Value.Name) ?? head.Value.Name) is var fold
            && (OperatorForms.Of(fold).Count > 0 || FunctionCatalog.Find(fold) is not { IsFold: true, Parameters.Count: var taken } || (taken != 1 && !FunctionCatalog.Find(fold)!.OverItems!.IsOfPairs)))
            return Tokens.Reject<StageSyntax>((ProgramInput)input);

        return
            (from name in _tokens.QuietWord
             from call in level.Expressions.Arguments.Where(call => call.Count is 1 or 2).Or(BareOperand)
             from keys in level.Arguments.Keys.OrNothing()
             select (name, call, keys)).WithSpan((span, stage) => stage.keys is null
                ? new StageSyntax(span, stage.name, null, [], stage.call)
                : new StageSyntax(span, stage.name, OperatorCatalog.Find("aggregate"),
                    [new ArgumentSyntax(span, Slots.Aggregates, new BindingListSyntax(span, [new BindingSyntax(span, stage.name with { Name = fold },
                        new CallSyntax(span, stage.name with { Name = fold }, stage.call))])), stage.keys], null))(input);
    };

    private Parser<IReadOnlyList<CallArgumentSyntax>> BareOperand => field ??= input =>
        _tokens.QuietName(input) is { WasSuccessful: true } name && !OpensStage(input)
            ? level.Expressions.Expression.Select(value => (IReadOnlyList<CallArgumentSyntax>)[CallArgumentSyntax.Of(value)])(input)
            : Tokens.Reject<IReadOnlyList<CallArgumentSyntax>>((ProgramInput)input);

    private Parser<StageSyntax> FunctionStage => field ??= FoldStage.Or(CountCall).Or(CallStage);

    // dplyr's `n()` counts, and `n` alone may be a field.
    private Parser<StageSyntax> CountCall => field ??= input =>
        _tokens.QuietWord(input) is { WasSuccessful: true, Value.Name: "n" } head && !((ProgramInput)input).State.IsTool("n")
        && ReadEmptyCall(OperatorForms.Of("count")[0], head.Remainder) is { } call
            ? ParseResult.Success(new StageSyntax(ParserExtensions.SpanOf(input, call.Remainder), head.Value, OperatorCatalog.Find("count"), call.Value, null), call.Remainder)
            : Tokens.Reject<StageSyntax>((ProgramInput)input);

    /// <summary>The keys of a fold behind parentheses in which nothing stands, as in <c>count() by k</c> and SQL's <c>count(*)</c>; null where there are none.</summary>
    private IResult<IReadOnlyList<ArgumentSyntax>>? ReadEmptyCall(OperatorForm form, IInput input)
    {
        if (form is not { IsComplete: true, Operator: { Family: OperatorFamily.Fold, HasKeys: true }, Shape: SequenceShape { Parts: [.., OptionalShape keys] } }
            || EmptyParentheses(input) is not { WasSuccessful: true } call)
            return null;

        return level.Arguments.ArgumentsOf(keys)(call.Remainder) is { WasSuccessful: true } read ? read : null;
    }

    private Parser<string> EmptyParentheses => field ??=
        from open in ProgramGrammar.BracketLevel.Tokens.Adjacent("(")
        from star in ProgramGrammar.BracketLevel.Tokens.Quiet("*").Select(sign => sign.Value).OrNothing()
        from close in _tokens.Quiet(")")
        select ")";

    private Parser<StageSyntax> CallStage => field ??=
        (from name in _tokens.Word
         from arguments in level.Expressions.Arguments.Or(BareArguments(name.Name)).OrNothing()
         select (name, arguments)).WithSpan((span, call) => new StageSyntax(span, call.name, null, [], call.arguments));

    /// <summary>The arguments of a function that stand behind it without parentheses: <c>format "%d %B"</c>, <c>round 2</c>.</summary>
    private Parser<IReadOnlyList<CallArgumentSyntax>> BareArguments(string function) => input =>
        FunctionCatalog.Find(FunctionSynonyms.Canonical(function) ?? function) is { IsWindow: false, Parameters.Count: > 1 } && OpensBareArgument(input)
            ? (FilledTexts.Names.Contains(function) ? FilledArguments : BareArgument.WhileItFollows())(input)
            : Tokens.Reject<IReadOnlyList<CallArgumentSyntax>>((ProgramInput)input);

    // `printf "%s: %d\n", city, n`, with commas or, as a shell has it, without.
    private Parser<IReadOnlyList<CallArgumentSyntax>> FilledArguments => field ??=
        from text in BareArgument
        from values in
            (from comma in _tokens.Quiet(",").OrNothing()
             from value in level.Expressions.Expression
             select CallArgumentSyntax.Of(value)).WhileItFollows()
        select (IReadOnlyList<CallArgumentSyntax>)[text, .. values];

    private Parser<CallArgumentSyntax> BareArgument => field ??= input => OpensBareArgument(input)
        ? _tokens.Duration.Or(_tokens.Number).Or(level.Templates.Template.As<TemplateSyntax, ExpressionSyntax>()).Or(_tokens.Regex)
            .Or(level.Expressions.Group)
            .WithSpan((span, value) => new CallArgumentSyntax(span, null, new PipelineSyntax(span, value, [])))(input)
        : Tokens.Reject<CallArgumentSyntax>((ProgramInput)input);

    /// <summary>Whether a word follows that is an operator's or a function's.</summary>
    public bool OpensStage(IInput input) => _tokens.QuietWord(input) is { WasSuccessful: true, Value.Name: var word }
        && (OperatorForms.Of(word).Count > 0 || FunctionCatalog.Find(word) is not null);

    private bool IsDirection(IInput input) =>
        _tokens.QuietWord(input) is { WasSuccessful: true, Value.Name: "desc" or "asc" or "descending" or "ascending" };

    private static bool OpensBareArgument(IInput input) =>
        input is ProgramInput { AtEnd: false } at && (at.Current is '"' or '\'' or '/' or '(' || char.IsDigit(at.Current));

    /// <summary>Whether parentheses right behind the word hold its condition, and their outcome is compared: <c>count(a == b) > 17</c>.</summary>
    private bool IsComparedCall(OperatorForm form, IResult<IdentifierSyntax> head) =>
        form.Shape is SequenceShape { Parts: [OptionalShape { Inner: SequenceShape { Parts: [SlotShape { Slot.Kind: SlotKind.OptionalCondition }] } }, ..] }
            && head.Remainder is ProgramInput { AtEnd: false, Current: '(' } open && open.Position == head.Value.Span.End
            && level.Arguments.InParentheses(form.Shape)(open) is { WasSuccessful: true, Remainder: ProgramInput behind }
            && Lexemes.Binary(behind.Source, behind.Position, out var sign) >= 0 && sign is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual;

    /// <summary>Whether another stage follows behind the parentheses and a dot: <c>filter(x => x.n > 2).count()</c>.</summary>
    private bool IsMethodBefore(OperatorForm form, IResult<IdentifierSyntax> head) =>
        head.Remainder is ProgramInput { AtEnd: false, Current: '(' } open && open.Position == head.Value.Span.End
        && level.Arguments.InParentheses(form.Shape)(open) is { WasSuccessful: true, Remainder: ProgramInput { AtEnd: false, Current: '.' } dot }
        && _tokens.Quiet(".")(dot) is { WasSuccessful: true } behind && OpensStage(behind.Remainder);

    // jq's `select(.n > 2)` is `where .n > 2`; columns are not conditions.
    private ParseResult<StageSyntax>? ReadSelection(IResult<IdentifierSyntax> head)
    {
        if (!Selection.Opens(head.Value.Name) || !ArgumentGrammar.OpensEmptyParentheses(head.Remainder)
            || level.Expressions.Group(head.Remainder) is not { WasSuccessful: true, Value: GroupSyntax { Pipeline: var selected } } group
            || Selection.ConditionOf(selected) is not { } condition)
            return null;

        var span = SourceSpan.Cover(head.Value.Span, group.Value.Span);
        return ParseResult.Success(new StageSyntax(span, head.Value, OperatorCatalog.Find("where"), [new ArgumentSyntax(condition.Span, Slots.Condition, condition)], null), group.Remainder);
    }

    /// <summary>The arguments; a condition of a fold that is compared ends before a second comparison.</summary>
    private IResult<IReadOnlyList<ArgumentSyntax>> ReadArguments(OperatorForm form, IInput input)
    {
        var state = ((ProgramInput)input).State;
        bool counts = form.Operator is { Family: OperatorFamily.Fold, HasKeys: true } fold && FunctionCatalog.Find(fold.Name)?.OverItems?.Operand == ItemOperand.Condition;
        (var outer, state.CountedLevel) = (state.CountedLevel, counts && ReferenceEquals(state.ComparedLevel, level) ? level : null);
        var arguments = level.Arguments.ArgumentsOf(form.Shape)(input);
        state.CountedLevel = outer;
        return arguments;
    }

    /// <summary>The first of the word's forms that fits, with or without parentheses around its arguments.</summary>
    private Parser<StageSyntax> OperatorStage(IResult<IdentifierSyntax> head) => input =>
    {
        if (ReadSelection(head) is { } selection)
            return selection;

        IResult<IReadOnlyList<ArgumentSyntax>>? furthest = null;
        foreach (bool isSecond in new[] { false, true })
        {
            foreach (var form in OperatorForms.Of(head.Value.Name))
            {
                if (ReadEmptyCall(form, head.Remainder) is { } call)
                    return ParseResult.Success(form.ToStage(ParserExtensions.SpanOf(input, call.Remainder), head.Value, call.Value), call.Remainder);

                if ((form.OpensWithOrders && IsDirection(head.Remainder)) || (form.OpensWithKeys && head.Remainder is ProgramInput { AtEnd: false, Current: '-' }))
                    continue;

                bool inParentheses = isSecond != (form.IsCall || IsComparedCall(form, head) || IsMethodBefore(form, head));
                var arguments = inParentheses
                    ? level.Arguments.InParentheses(form.Shape)(head.Remainder)
                    : ReadArguments(form, head.Remainder);
                if (arguments.WasSuccessful && (inParentheses || !ArgumentGrammar.OpensEmptyParentheses(arguments.Remainder)))
                {
                    var span = ParserExtensions.SpanOf(input, arguments.Remainder);
                    return ParseResult.Success(form.ToStage(span, head.Value, arguments.Value), arguments.Remainder);
                }

                if (furthest is null || arguments.Remainder.Position > furthest.Remainder.Position)
                    furthest = arguments;
            }
        }

        // `slice(0, 80)` is the function of that name.
        var function = FunctionCatalog.Find(head.Value.Name) is { IsWindow: false, Parameters.Count: > 1 }
            && ArgumentGrammar.OpensEmptyParentheses(head.Remainder) ? FunctionStage(input) : null;
        return function is { WasSuccessful: true } ? function
            : furthest is null ? Tokens.Reject<StageSyntax>((ProgramInput)head.Remainder, "a key")
            : ParseResult.Failure<StageSyntax>(furthest.Remainder);
    };
}
