using System.Text.RegularExpressions;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Sprache;

namespace Rlm.Dsl.Parsing;

/// <summary>
/// The grammar of docs/specification.md, section 2. Rule 2 of section 3 makes three of it: at a statement's level a newline ends, in
/// parentheses anything goes, and in an element of a list, record or call a comma ends.
/// </summary>
internal sealed class ProgramGrammar
{
    public static readonly ProgramGrammar BracketLevel = new(Layout.Bracketed, hasCommaLists: true);
    public static readonly ProgramGrammar ElementLevel = new(Layout.Bracketed, hasCommaLists: false);

    private static readonly string[] Definers = ["const", "val", "auto", "final", "def", "set"];

    private static Regex TypeBehindName => field ??=
        new(@"\G:\s*\w+(?:\s*(?:\[[\w\s,.\[\]]*\]|<[\w\s,.<>]*>))?\??\s*(?==[^=>])", RegexOptions.CultureInvariant);

    private static readonly ProgramGrammar StatementLevel = new(Layout.Line, hasCommaLists: true);

    private ProgramGrammar(Layout layout, bool hasCommaLists)
    {
        HasCommaLists = hasCommaLists;
        Tokens = new Tokens(layout);
        Expressions = new ExpressionGrammar(this);
        Operands = new OperandGrammar(this);
        Choices = new ChoiceGrammar(this);
        Stages = new StageGrammar(this);
        Arguments = new ArgumentGrammar(this);
        Templates = new TemplateGrammar(this);
        Types = new TypeGrammar(this);
    }

    /// <summary>Whether a comma may go on with a list, or ends the element.</summary>
    public bool HasCommaLists { get; }

    public Tokens Tokens { get; }

    public ExpressionGrammar Expressions { get; }

    public OperandGrammar Operands { get; }

    public ChoiceGrammar Choices { get; }

    public StageGrammar Stages { get; }

    public ArgumentGrammar Arguments { get; }

    public TemplateGrammar Templates { get; }

    public TypeGrammar Types { get; }

    /// <summary>One statement, up to the newline or <c>;</c> that ends it.</summary>
    public static Parser<StatementSyntax> Statement { get; } = StatementLevel.AnyStatement;

    private Parser<StatementSyntax> AnyStatement =>
        (from keyword in Tokens.Keyword("let").Or(Definer)
         from name in Tokens.Name
         from type in TypeNote.OrNothing()
         from assign in Tokens.Assign.Or(ForeignAssign)
         from value in Query
         select (name, value)).WithSpan((span, let) => (StatementSyntax)new LetSyntax(span, let.name, let.value))
        .Or((from keyword in Tokens.Keyword("answer").Or(Tokens.Quiet("Answer"))
             from sign in Tokens.Quiet(":").Or(Tokens.QuietAssign).Select(sign => sign.Value).OrNothing()
             from value in Query
             select value).WithSpan((span, value) => (StatementSyntax)new AnswerSyntax(span, value)))
        .Or((from keyword in Tokens.Keyword("assert")
             from condition in Compared
             from comma in Tokens.Quiet(",").Select(sign => sign.Value).OrNothing()
             from message in Templates.Template.Select(template => (TemplateSyntax?)template).Or(ParserExtensions.Return<TemplateSyntax?>(null))
             select message is null ? TakeMessage(condition) : (Condition: condition, Message: message))
                 .WithSpan((span, assert) => (StatementSyntax)new AssertSyntax(span, assert.Condition, assert.Message)))
        .Or(Defined)
        .Or(DefinedColumn)
        .Or((from keyword in Tokens.Quiet("return")
             from value in Query
             select value).WithSpan((span, value) => (StatementSyntax)new AnswerSyntax(span, value)))
        .Or(from keyword in Tokens.Quiet("print")
            from open in BracketLevel.Tokens.Adjacent("(")
            from value in BracketLevel.Query
            from close in Tokens.Quiet(")")
            select (StatementSyntax)new ShowSyntax(value.Span, value))
        .Or(Query.WithSpan((span, value) => (StatementSyntax)new ShowSyntax(span, value)));

    // `rows = …` is how other languages write `let rows = …`; a value that is shown is not a comparison of that sign.
    private Parser<StatementSyntax> Defined =>
        (from name in Tokens.QuietName
         from type in TypeNote.OrNothing()
         from assign in Tokens.QuietAssign.Or(ForeignAssign)
         from value in Query
         select (name, value)).WithSpan((span, let) => (StatementSyntax)new LetSyntax(span, let.name, let.value) { IsImplied = true });

    // `rows["n"] = rows["a"] * 2`, `rows.n = rows.a * 2`: a column of the rows, whose value names them for each of them.
    private Parser<StatementSyntax> DefinedColumn => field ??=
        (from rows in Tokens.QuietName
         from column in (from dot in Tokens.Adjacent(".") from member in Tokens.QuietName select member)
             .Or(from open in BracketLevel.Tokens.Adjacent("[")
                 from name in BracketLevel.Templates.Template.Where(template => template.PlainText is { Length: > 0 })
                 from close in Tokens.Quiet("]")
                 select new IdentifierSyntax(name.Span, name.PlainText!))
         from assign in Tokens.QuietAssign
         from value in Query
         where IsOfRows(value, rows.Name)
         select (rows, column, value)).WithSpan((span, made) => (StatementSyntax)new LetSyntax(span, made.rows, MakeColumn(span, made.rows, made.column, made.value)));

    private static bool IsOfRows(PipelineSyntax value, string rows) => value is { Stages.Count: 0, Source: LiteralSyntax or TemplateSyntax { PlainText: not null } }
        || SyntaxTree.Descendants(value).Any(below => below.Node is NameSyntax name && name.Name == rows);

    private static PipelineSyntax MakeColumn(SourceSpan span, IdentifierSyntax rows, IdentifierSyntax column, PipelineSyntax value)
    {
        var body = value is { Stages.Count: 0, Source: { } plain } ? plain : new GroupSyntax(value.Span, value);
        var columns = new BindingListSyntax(span, [new BindingSyntax(span, column, new LambdaSyntax(value.Span, rows, body))]);
        return new PipelineSyntax(span, new NameSyntax(rows.Span, rows.Name),
            [new StageSyntax(span, new IdentifierSyntax(column.Span, "extend"), OperatorCatalog.Find("extend"), [new ArgumentSyntax(span, Slots.Bindings, columns)], null)]);
    }

    // `var x = …`, `val x = …`: the words of other languages for `let`, where a name and a sign follow.
    private Parser<Lexeme<string>> Definer => field ??= Definers.Aggregate(Tokens.Quiet("var"), (words, word) => words.Or(Tokens.Quiet(word)));

    // `n: int = …`: what a value is, is known here.
    private Parser<string> TypeNote => field ??= input =>
        !input.AtEnd && input.Current == ':' && TypeBehindName.Match(((ProgramInput)input).Source, input.Position) is { Success: true } note
            ? Tokens.Accept((ProgramInput)input, input.Position + note.Length, note.Value)
            : Tokens.Reject<string>((ProgramInput)input);

    // `n := …`, and `n <- …` with a blank behind it.
    private Parser<Lexeme<string>> ForeignAssign => field ??= Tokens.Quiet(":=").Or(input =>
        Tokens.Quiet("<-")(input) is { WasSuccessful: true } arrow && input.Position + 2 < ((ProgramInput)input).Source.Length
            && ((ProgramInput)input).Source[input.Position + 2] == ' ' ? arrow : Tokens.Reject<Lexeme<string>>((ProgramInput)input));

    /// <summary>A condition, or a pipeline that is one or is compared: <c>rows | all a &lt; b</c>, <c>rows | count &gt; 0</c>.</summary>
    public Parser<ExpressionSyntax> Compared => field ??= input =>
    {
        var pipeline = ReadCompared(Pipeline, input);
        return !pipeline.WasSuccessful ? ParseResult.Failure<ExpressionSyntax>(pipeline.Remainder)
            : pipeline.Value is { Stages.Count: 0, Source: { } source } ? ParseResult.Success(source, pipeline.Remainder)
            // `assert 10 == rows | count`: a comparison has no stages, and its right side has.
            : pipeline.Value.Source is BinarySyntax { Operator: < BinaryOperator.Add } whole
                ? ReadOperand(Expressions.OperatorsBehind(ParseResult.Success<ExpressionSyntax>(GoOnWith(whole, pipeline.Value.Stages), pipeline.Remainder), 1))
            : TakeComparison(pipeline.Value) is { } comparison ? ReadOperand(Expressions.OperatorsBehind(ParseResult.Success<ExpressionSyntax>(comparison, pipeline.Remainder), 1))
            : ReadOperand(Expressions.OperatorsBehind(
                ParseResult.Success<ExpressionSyntax>(new GroupSyntax(pipeline.Value.Span, pipeline.Value), pipeline.Remainder), 1));
    };

    /// <summary>Reads what may be compared behind it.</summary>
    private IResult<T> ReadCompared<T>(Parser<T> parser, IInput input)
    {
        var state = ((ProgramInput)input).State;
        (var outer, state.ComparedLevel) = (state.ComparedLevel, this);
        var read = parser(input);
        state.ComparedLevel = outer;
        return read;
    }

    /// <summary><c>rows | count == context | lines | count</c>: stages behind a comparison go on with its right side.</summary>
    private IResult<ExpressionSyntax> ReadOperand(IResult<ExpressionSyntax> compared)
    {
        if (!compared.WasSuccessful || compared.Value is not BinarySyntax comparison
            || ReadCompared(StagesBehind, compared.Remainder) is not { WasSuccessful: true, Value.Count: > 0 } stages)
            return compared;

        return ReadOperand(Expressions.OperatorsBehind(CompareLast(GoOnWith(comparison, stages.Value), stages.Remainder), 1));
    }

    // `a == 1 and rows | count == 2`: the last pipeline is what is compared.
    private IResult<ExpressionSyntax> CompareLast(BinarySyntax whole, IInput behind)
    {
        if (whole.Operator > BinaryOperator.And)
            return ParseResult.Success<ExpressionSyntax>(whole, behind);

        var right = whole.Right is BinarySyntax last ? CompareLast(last, behind)
            : Expressions.OperatorsBehind(ParseResult.Success(whole.Right, behind), ExpressionGrammar.ComparePrecedence);
        return right.WasSuccessful
            ? ParseResult.Success<ExpressionSyntax>(whole with { Span = SourceSpan.Cover(whole.Span, right.Value.Span), Right = right.Value }, right.Remainder) : right;
    }

    private static BinarySyntax GoOnWith(BinarySyntax compared, IReadOnlyList<StageSyntax> stages)
    {
        var end = stages[stages.Count - 1].Span;
        var span = SourceSpan.Cover(compared.Right.Span, end);
        return compared with
        {
            Span = SourceSpan.Cover(compared.Span, end),
            Right = compared.Right is BinarySyntax right ? GoOnWith(right, stages)
                : TakeComparison(new PipelineSyntax(span, compared.Right, stages)) is { } comparison && compared.Operator <= BinaryOperator.And ? comparison
                : new GroupSyntax(span, new PipelineSyntax(span, compared.Right, stages)),
        };
    }

    // `assert a == rows | count "why"`: a text is not a condition of `count`, and is the message.
    private static (ExpressionSyntax Condition, TemplateSyntax? Message) TakeMessage(ExpressionSyntax condition)
    {
        switch (condition)
        {
            case BinarySyntax compared when TakeMessage(compared.Right) is { Message: { } message } right:
                return (compared with { Span = SourceSpan.Cover(compared.Left.Span, right.Condition.Span), Right = right.Condition }, message);
            case GroupSyntax { Pipeline: { Stages: [.., { Arguments: [{ Value: TemplateSyntax message, Slot: var slot }] } last] } pipeline }
                when slot == Slots.OptionalCondition:
                var count = last with { Span = last.Head.Span, Arguments = [] };
                var span = SourceSpan.Between(pipeline.Span.Start, count.Span.End);
                return (new GroupSyntax(span, pipeline with { Span = span, Stages = [.. pipeline.Stages.Take(pipeline.Stages.Count - 1), count] }), message);
            // `assert rows | any "none left"`: whether there is any item.
            case GroupSyntax { Pipeline: { Stages: [.., { Head.Name: "any", Arguments: [{ Value: TemplateSyntax message, Slot: var slot }] } last] } pipeline }
                when slot == Slots.Condition:
                var counted = last with { Span = last.Head.Span, Operator = OperatorCatalog.Find("count"), Arguments = [] };
                var whole = SourceSpan.Between(pipeline.Span.Start, counted.Span.End);
                return (new BinarySyntax(whole, BinaryOperator.Greater,
                    new GroupSyntax(whole, pipeline with { Span = whole, Stages = [.. pipeline.Stages.Take(pipeline.Stages.Count - 1), counted] }),
                    new LiteralSyntax(counted.Span, 0m)), message);
            default:
                return (condition, null);
        }
    }

    /// <summary>A pipeline that may start with an operator, which then works on <c>context</c>.</summary>
    private Parser<PipelineSyntax> Query => field ??=
        (from opener in Stages.Opener
         from stages in StagesBehind
         select (IReadOnlyList<StageSyntax>)[.. StageExpansions.Of(opener), .. stages]).WithSpan((span, stages) => new PipelineSyntax(span, null, stages))
        .Or(ComparedPipeline);

    /// <summary>A pipeline, or the comparison of what it gives.</summary>
    public Parser<PipelineSyntax> ComparedPipeline => field ??= input => ReadComparison(ReadCompared(Pipeline, input));

    // `rows | count > 2 ? "many" : "few"`: what a pipeline gives is compared.
    private IResult<PipelineSyntax> ReadComparison(IResult<PipelineSyntax> pipeline)
    {
        if (!pipeline.WasSuccessful || pipeline.Value.Stages is not [.., { Operator: { Family: OperatorFamily.Fold, HasKeys: true } } fold]
            || fold.Arguments.Any(argument => argument.Slot == Slots.By)
            || Tokens.Binary(pipeline.Remainder) is not { WasSuccessful: true, Value.Value: >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual })
            return pipeline;

        var compared = Choices.ReadBehind(ReadOperand(Expressions.OperatorsBehind(
            ParseResult.Success<ExpressionSyntax>(new GroupSyntax(pipeline.Value.Span, pipeline.Value), pipeline.Remainder), 1)));
        return compared.WasSuccessful
            ? ParseResult.Success(new PipelineSyntax(compared.Value.Span, compared.Value, []), compared.Remainder)
            : ParseResult.Failure<PipelineSyntax>(compared.Remainder);
    }

    /// <summary>
    /// Where a condition stands, <c>rows | sum n == 10</c> compares the sum; null where a pipeline ends otherwise.
    /// </summary>
    private static BinarySyntax? TakeComparison(PipelineSyntax pipeline)
    {
        if (pipeline.Stages is not [.., { Operator: { Family: OperatorFamily.Fold, HasKeys: true } fold, Arguments: [{ Value: BinarySyntax comparison } argument] } last]
            || argument.Slot != Slots.Value || FunctionCatalog.Find(fold.Name)?.OverItems is not { Operand: ItemOperand.Numbers }
            || comparison.Operator is not (>= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual))
            return null;

        var folded = last with { Span = SourceSpan.Between(last.Span.Start, comparison.Left.Span.End), Arguments = [argument with { Span = comparison.Left.Span, Value = comparison.Left }] };
        var inner = pipeline with { Span = SourceSpan.Between(pipeline.Span.Start, folded.Span.End), Stages = [.. pipeline.Stages.Take(pipeline.Stages.Count - 1), folded] };
        return new BinarySyntax(pipeline.Span, comparison.Operator, new GroupSyntax(inner.Span, inner), comparison.Right);
    }

    public Parser<PipelineSyntax> Pipeline => field ??=
        (from source in Expressions.Expression
         from condition in ConditionBehind
         from stages in StagesBehind
         select (source, stages: (IReadOnlyList<StageSyntax>)(condition.Count == 0 ? stages : [.. condition, .. stages])))
             .WithSpan((span, pipeline) => new PipelineSyntax(span, pipeline.source, pipeline.stages));

    public Parser<IReadOnlyList<StageSyntax>> StagesBehind => field ??= input =>
    {
        // `extend n = items | length, has = …`: the comma goes on with the columns, so that what stands before it is the value of one.
        var stages = PlainStages(input);
        while (HasCommaLists && stages.WasSuccessful && NestedValues.NestLast(stages.Value) is { } nested && Stages.MoreColumns(nested[nested.Count - 1])(stages.Remainder) is { WasSuccessful: true, Value.Count: > 0 } columns)
        {
            stages = PlainStages(columns.Remainder) is { WasSuccessful: true } behind
                ? ParseResult.Success<IReadOnlyList<StageSyntax>>([.. nested, .. columns.Value, .. behind.Value], behind.Remainder)
                : ParseResult.Success<IReadOnlyList<StageSyntax>>([.. nested, .. columns.Value], columns.Remainder);
        }

        return stages;
    };

    private Parser<IReadOnlyList<StageSyntax>> PlainStages => field ??=
        (from pipe in Tokens.Pipe.Or(NewLine).Or(Limit).Or(Dot)
         from stage in Stages.Stage
         from more in Stages.MoreColumns(stage)
         select (IReadOnlyList<StageSyntax>)[.. StageExpansions.Of(stage), .. more]).WhileItFollows()
             .Select(stages => NestedValues.Nest([.. stages.SelectMany(stage => stage)]));

    // `xs where n > 2`: a list and a condition on it can be meant in one way only.
    private Parser<IReadOnlyList<StageSyntax>> ConditionBehind => field ??=
        (from stage in Stages.Condition select (IReadOnlyList<StageSyntax>)[stage]).Or(ParserExtensions.Return<IReadOnlyList<StageSyntax>>([]));

    // `sort by n desc limit 3`: SQL's last word.
    private Parser<Lexeme<string>> Limit => field ??= input =>
        Tokens.Quiet("limit")(input) is { WasSuccessful: true, Remainder: ProgramInput { AtEnd: false, Current: >= '0' and <= '9' } } limit
            ? Tokens.AcceptMissingPipe((ProgramInput)input)
            : Tokens.Reject<Lexeme<string>>((ProgramInput)input);

    // `groupby("a").count()`: a dot behind a stage's parentheses is how other languages go on with a stage.
    private Parser<Lexeme<string>> Dot => field ??= input =>
    {
        var at = (ProgramInput)input;
        return at.Position > 0 && at.Position == at.TokenEnd && at.Source[at.Position - 1] == ')'
            && Tokens.Quiet(".")(input) is { WasSuccessful: true } dot && Stages.OpensStage(dot.Remainder)
                ? dot : Tokens.Reject<Lexeme<string>>(at);
    };

    // A stage on a line of its own may lack its pipe.
    private Parser<Lexeme<string>> NewLine => field ??= input =>
    {
        var at = (ProgramInput)input;
        bool opensStage = HasCommaLists && !at.AtEnd && at.Position > at.TokenEnd
            && Layout.LineEnd(at.Source, at.TokenEnd) < at.Position
            && Names.Word(at.Source, at.Position) is var end and > 0
                && OperatorForms.Of(at.Source.Substring(at.Position, end - at.Position)).Count > 0;
        return opensStage ? Tokens.AcceptMissingPipe(at) : Tokens.Reject<Lexeme<string>>(at);
    };
}
