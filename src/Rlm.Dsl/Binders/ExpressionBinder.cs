using System.Text.RegularExpressions;
using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Formats;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds expressions: the literals and the forms that hold others.</summary>
internal sealed class ExpressionBinder(BindingContext context)
{
    private static readonly Regex Heading = new(@"^[\p{L}][\p{L} _-]*$", RegexOptions.CultureInvariant);

    public BoundExpression Bind(ExpressionSyntax expression, ItemScope? scope) => context.Patterns.Refuse(BindOperand(expression, scope));

    /// <summary>An expression that may be a pattern, which only some operands are.</summary>
    public BoundExpression BindOperand(ExpressionSyntax expression, ItemScope? scope) => expression switch
    {
        BrokenSyntax => BoundLiteral.MakeMissing(expression.Span),
        LiteralSyntax literal => BindLiteral(literal, scope),
        TemplateSyntax template => BindTemplate(template, scope),
        RegexSyntax regex => context.Patterns.BindRegex(regex),
        NameSyntax name => context.Names.Bind(name, scope),
        CallSyntax call => context.Calls.Bind(call.Span, call.Function, call.Arguments, scope, null),
        MemberSyntax member => BindMember(member, scope),
        IndexSyntax index => BindIndex(index, scope),
        UnarySyntax unary => BindUnary(unary, scope),
        BinarySyntax binary => context.Operations.Bind(binary, scope),
        ConditionalSyntax conditional => BindConditional(conditional, scope),
        LambdaSyntax lambda => BindLambda(lambda, scope),
        ListSyntax list => BindList(list, scope),
        RecordSyntax record => BindRecord(record, scope),
        GroupSyntax group => context.Pipelines.BindNestedOperand(group.Pipeline, scope),
        _ => throw new InvalidOperationException($"No binding for {expression.GetType().Name}."),
    };

    /// <summary>An expression that must be true or false; none counts as false.</summary>
    public BoundExpression BindCondition(ExpressionSyntax expression, ItemScope? scope)
    {
        var condition = BindOperand(expression, scope);
        Conditions.Check(condition, expression.Span, context.Sink);
        return condition;
    }

    /// <summary>
    /// What is to be other for each item. A text in quotes, which would be the same for all, is there the field of that name.
    /// </summary>
    public BoundExpression BindOfItem(ExpressionSyntax expression, ItemScope scope)
    {
        if (expression is not TemplateSyntax { PlainText: { Length: > 0 } name } || !scope.HasFields || scope.IsGroup
            || scope.Item.Required is not RecordType row || (row.Find(TypeRules.MemberNameOf(row, name)) is null && !row.IsOpen))
            return Bind(expression, scope);

        scope.Use.IsRead = true;
        return context.Names.BindMember(new BoundItem(expression.Span, scope.Item, 0), name, expression.Span, expression.Span);
    }

    /// <summary>
    /// What a function or test looks into: a text in quotes that names a field is the field there. Of a row whose fields are not known yet it is the
    /// field if the row has it, and else the text.
    /// </summary>
    public BoundExpression BindSubject(ExpressionSyntax expression, ItemScope? scope)
    {
        if (scope is not { HasFields: true, IsGroup: false, Item.Required: RecordType row } || expression is not TemplateSyntax { PlainText: { } name }
            || !Heading.IsMatch(name))
            return Bind(expression, scope);

        if (row.Find(TypeRules.MemberNameOf(row, name)) is not null)
            return BindOfItem(expression, scope);

        return row.IsOpen
            ? new BoundOpenField(expression.Span, new BoundItem(expression.Span, scope.Item, 0), name, new BoundLiteral(expression.Span, RlmType.Text, name))
            : Bind(expression, scope);
    }

    private BoundLiteral BindLiteral(LiteralSyntax literal, ItemScope? scope)
    {
        if (literal.Value is bool or null && scope is { HasFields: true, Item.Required: RecordType row }
            && context.TextAt(literal.Span) is var word && row.Find(word) is not null)
        {
            context.Sink.Report(new Diagnostic(
                DslDiagnostics.ValueNamedAsField,
                literal.Span,
                $"`{word}` is the value here, and the rows have a field `{word}`",
                $"for the field write ``{word}``")
            {
                Fix = new DiagnosticFix(literal.Span, $"`{word}`"),
            });
        }

        return new BoundLiteral(literal.Span, TypeOfLiteral(literal.Value), literal.Value);
    }

    private BoundExpression BindTemplate(TemplateSyntax template, ItemScope? scope)
    {
        template = DoubledBraces.ToHoles(template, name => context.Names.IsDefined(name, scope), context.Sink);
        if (template.PlainText is { } text)
            return new BoundLiteral(template.Span, RlmType.Text, text);

        template = NameKey(template, scope);
        return new BoundTemplate(template.Span, [.. template.Parts.Select(part => part.Hole is null
            ? new BoundLiteral(part.Span, RlmType.Text, part.Text)
            : BindHole(part.Hole, part.Format, scope))]);
    }

    /// <summary>
    /// <c>count by it | map "{it}: {count}"</c>: beside a field, the whole row of a fold by one key is meant as its key.
    /// </summary>
    private TemplateSyntax NameKey(TemplateSyntax template, ItemScope? scope)
    {
        if (scope?.Item.Required is not RecordType { TextField: null, KeyField: { } key } row || row.Find("it") is not null
            || template.Parts.Count(part => part.Hole is not null) < 2
            || template.Parts.FirstOrDefault(part => IsItem(part.Hole)) is not { } whole)
            return template;

        context.Report(DslDiagnostics.ReadAs, whole.Hole!.Span, $"`it` is the whole row, and is read as its key `{key}`", $"write `{{{key}}}`");
        return template with
        {
            Parts = [.. template.Parts.Select(part => IsItem(part.Hole)
                ? part with { Hole = part.Hole! with { Source = new NameSyntax(part.Hole.Span, key) } } : part)]
        };
    }

    private static bool IsItem(PipelineSyntax? hole) => hole is { Stages.Count: 0, Source: NameSyntax { Name: "it" } };

    /// <summary>A hole; one with a format is the call of <c>format</c> that it stands for.</summary>
    private BoundExpression BindHole(PipelineSyntax hole, LiteralSyntax? format, ItemScope? scope)
    {
        var value = context.Pipelines.BindNested(hole, scope);
        if (format is null)
            return value;

        if (!FormatRules.IsKnown((string)format.Value!))
        {
            string written = context.TextAt(hole.Span), type = TypeSynonyms.Canonical(((string)format.Value!).Trim());
            context.Report(DslDiagnostics.FormatInHole, format.Span, $"`{format.Value}` is a type, which only a hole of an `extract` template has",
                FunctionCatalog.Find(type) is not null ? $"write `{{{type}({written})}}`" : $"write `{{{written}}}`");
            return BoundLiteral.MakeMissing(format.Span);
        }

        var function = FunctionCatalog.Find("format")!;
        List<BoundExpression?> arguments = [value, new BoundLiteral(format.Span, RlmType.Text, format.Value)];
        CallArguments.Check(function, arguments, value, context.Sink);
        return new BoundCall(format.Span, function.Result([value.Type, RlmType.Text]), function, arguments);
    }

    private BoundExpression BindMember(MemberSyntax member, ItemScope? scope)
    {
        if (BestRows.Of(member) is var (rows, best) && HasField(rows, member.Member.Name))
            return Bind(best, scope);

        var target = Bind(member.Target, scope);
        return context.Names.BindMember(target, member.Member.Name, member.Member.Span, member.Span);
    }

    /// <summary>Whether the rows of a variable are asked for a field, and not a value of them for a function of it.</summary>
    private bool HasField(NameSyntax rows, string field) =>
        context.Variables.TryGetValue(rows.Name, out var variable) && variable.Type.ItemType?.Required is RecordType row
        && (FunctionCatalog.Find(field) is null || (!row.IsOpen && row.Find(TypeRules.MemberNameOf(row, field)) is not null));

    private BoundExpression BindIndex(IndexSyntax index, ItemScope? scope)
    {
        if (FrameIndex.Find(index, context) is { } meant)
            return Bind(meant, scope);
        if (FindMask(index, scope) is { } mask)
            return Bind(mask, scope);

        var target = Bind(index.Target, scope);
        var value = context.Pipelines.BindNested(index.Index, scope);
        if (value is BoundLiteral { Value: string name })
            return context.Names.BindMember(target, name, value.Span, index.Span);

        if (value.Type.ItemType is not null)
        {
            context.Report(DslDiagnostics.WrongOperand, value.Span, "an index is a place, or the name of a field, and this is a list",
                $"take fields with `{context.TextAt(index.Target.Span)} | select a, b`, and items with `where` or `slice 1..3`");
            return BoundLiteral.MakeMissing(index.Span);
        }

        // `text[0]` is a character in other languages; of a context it may be meant as a line.
        if (target.Type.IsTextual && target is not BoundVariable { Symbol.Definition: null }
            && value is BoundLiteral { Value: decimal place })
        {
            if (target is BoundItem && place >= 1)
            {
                string text = context.TextAt(index.Target.Span);
                context.Report(DslDiagnostics.ReadAs, index.Span, Invariant($"`{context.TextAt(index.Span)}` is read as the character at place {place}, `slice({text}, {place}, {place + 1})`"),
                    Invariant($"the piece between blanks is `split({text}, \" \")[{place}]`"));
            }

            return BindCharacter(index, target, value, place);
        }

        if (target.Type.ItemType is null && target.Type.Required != RlmType.Unknown)
            context.Report(DslDiagnostics.WrongOperand, index.Span,
                $"an index picks an item of a list, and this is {target.Type.WithArticle}",
                target.Type.IsTextual
                    ? $"cut a piece: `({context.TextAt(index.Target.Span)} | slice 0..1 chars)`"
                    : target is BoundProvenance { Kind: ProvenanceKind.Line } && scope?.Item.IsTextual == true
                    ? $"`line` is the number of the line: its pieces between blanks are `split(it, \" \")[{context.TextAt(value.Span)}]`, and a pattern's by `extract`"
                    : "a field is written `x.name` or `x[\"name\"]`");
        return new BoundIndexer(index.Span, (target.Type.ItemType ?? RlmType.Unknown).OrNone, target, value);
    }

    /// <summary><c>rows[rows.n > 2]</c> is how pandas writes <c>rows | where n > 2</c>, and <c>rows[n > 2]</c> how R does; null for any other index.</summary>
    private GroupSyntax? FindMask(IndexSyntax index, ItemScope? scope)
    {
        if (index is { Target: NameSyntax list, Index: { Stages.Count: 0, Source: BinarySyntax { Operator: < BinaryOperator.Add, Left: NameSyntax field } test } } && !context.Names.IsKnown(field.Name, scope)
            && context.Variables.TryGetValue(list.Name, out var variable) && variable.Type.ItemType?.Required is RecordType row && row.Find(TypeRules.MemberNameOf(row, field.Name)) is not null)
            return new GroupSyntax(index.Span, new PipelineSyntax(index.Span, list, [new StageSyntax(test.Span, new IdentifierSyntax(test.Span, "where"), OperatorCatalog.Find("where"),
                [new ArgumentSyntax(test.Span, Slots.Condition, test)], null)]));

        if (index is not { Target: NameSyntax rows, Index: { Stages.Count: 0, Source: BinarySyntax or UnarySyntax or CallSyntax } }
            || !SyntaxTree.Descendants(index.Index).Any(below => (below.Node as MemberSyntax)?.Target is NameSyntax name && name.Name == rows.Name
                || (below.Node as IndexSyntax)?.Target is NameSyntax column && column.Name == rows.Name))
            return null;

        var condition = new LambdaSyntax(index.Index.Span, new IdentifierSyntax(rows.Span, rows.Name), index.Index.Source!);
        return new GroupSyntax(index.Span, new PipelineSyntax(index.Span, rows, [new StageSyntax(index.Index.Span, new IdentifierSyntax(index.Index.Span, "where"),
            OperatorCatalog.Find("where"), [new ArgumentSyntax(index.Index.Span, Slots.Condition, condition)], null)]));
    }

    private static BoundCall BindCharacter(IndexSyntax index, BoundExpression target, BoundExpression value, decimal place)
    {
        var function = FunctionCatalog.Find("slice")!;
        var end = place == -1 ? null : new BoundLiteral(value.Span, RlmType.Number, place + 1);
        return new BoundCall(index.Span, function.Result([target.Type]), function, [target, value, end]);
    }

    private BoundUnary BindUnary(UnarySyntax unary, ItemScope? scope)
    {
        if (unary.Operator == UnaryOperator.Not)
            return new BoundUnary(unary.Span, RlmType.Bool, UnaryOperator.Not, BindCondition(unary.Operand, scope));

        var operand = Bind(unary.Operand, scope);
        if (unary.Operator is UnaryOperator.IsFailed or UnaryOperator.IsNotFailed)
            return new BoundUnary(unary.Span, RlmType.Bool, unary.Operator, operand);
        if (!operand.Type.MayBeNumber && operand.Type.Required != RlmType.Duration)
            context.Report(DslDiagnostics.WrongOperand, unary.Span,
                $"`-` takes a number, and this is {operand.Type.WithArticle}", $"write `{context.TextAt(unary.Operand.Span)}`");
        return new BoundUnary(unary.Span, operand.Type.IsTextual ? RlmType.Number.OrNone : operand.Type, UnaryOperator.Negate, operand);
    }

    private BoundConditional BindConditional(ConditionalSyntax conditional, ItemScope? scope)
    {
        var condition = BindPresence(conditional, scope) ?? BindCondition(conditional.Condition, scope);
        var then = Bind(conditional.Then, scope);
        var otherwise = Bind(conditional.Else, scope);
        return new BoundConditional(conditional.Span, TypeRules.Common(then.Type, otherwise.Type), condition, then, otherwise);
    }

    /// <summary>
    /// <c>if coupon then "({coupon})" else ""</c>: a text that is used where it is there is asked whether it is. Null for any other condition.
    /// </summary>
    private BoundExpression? BindPresence(ConditionalSyntax conditional, ItemScope? scope)
    {
        if (conditional.Condition is not (NameSyntax or MemberSyntax) || context.TextAt(conditional.Condition.Span) is not { Length: > 0 } text
            || !SyntaxTree.Descendants(conditional.Then).Any(below => below.Node is NameSyntax or MemberSyntax && context.TextAt(below.Node.Span) == text)
            || Bind(conditional.Condition, scope).Type is not { IsTextual: true })
            return null;

        context.Report(DslDiagnostics.ReadAs, conditional.Condition.Span, $"`{text}` is read as `{text} != \"\"`: a condition is true or false, and this is a text", $"write `if {text} != \"\" then …`");
        return context.Operations.Bind(new BinarySyntax(conditional.Condition.Span, BinaryOperator.NotEqual, conditional.Condition, new TemplateSyntax(conditional.Condition.Span, [])), scope);
    }

    private BoundExpression BindLambda(LambdaSyntax lambda, ItemScope? scope)
    {
        if (scope is not null)
            return Bind(lambda.Body, scope with { Parameter = lambda.Parameter.Name });

        context.Report(DslDiagnostics.UnknownName, lambda.Parameter.Span,
            "there is no item to name here", "`name =>` stands after `map`, `where` and the like");
        return BoundLiteral.MakeMissing(lambda.Span);
    }

    private BoundList BindList(ListSyntax list, ItemScope? scope)
    {
        BoundExpression[] items = [.. list.Items.Select(item => context.Pipelines.BindNested(item, scope))];
        var type = items.Length == 0 ? RlmType.Unknown : items.Select(item => item.Type).Aggregate(TypeRules.Common);
        return new BoundList(list.Span, RlmType.ListOf(type), items);
    }

    private BoundRecord BindRecord(RecordSyntax record, ItemScope? scope)
    {
        BoundBinding[] fields = [.. record.Fields.Select(field => new BoundBinding(field.Span, field.Name,
            field.Value is null ? context.Names.Bind(
                new NameSyntax(field.Span, field.Name), scope) : context.Pipelines.BindNested(field.Value, scope)))];
        return new BoundRecord(
            record.Span, new RecordType([.. fields.Select(field => new FieldType(field.Name, field.Value.Type))]), fields);
    }

    private static RlmType TypeOfLiteral(object? value) => value switch
    {
        decimal => RlmType.Number,
        bool => RlmType.Bool,
        TimeSpan => RlmType.Duration,
        string => RlmType.Text,
        _ => RlmType.None,
    };
}
