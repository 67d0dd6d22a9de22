using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    private BoundExpression BindExpression(ExpressionSyntax expression, ItemScope? scope) => RefusePattern(BindOperand(expression, scope));

    /// <summary>An expression that may be a pattern, which only some operands are.</summary>
    private BoundExpression BindOperand(ExpressionSyntax expression, ItemScope? scope) => expression switch
    {
        LiteralSyntax literal => BindLiteral(literal, scope),
        TemplateSyntax template => BindTemplate(template, scope),
        RegexSyntax regex => BindRegex(regex),
        NameSyntax name => BindName(name, scope),
        CallSyntax call => BindCall(call.Span, call.Function, call.Arguments, scope, null),
        MemberSyntax member => BindMember(member, scope),
        IndexSyntax index => BindIndex(index, scope),
        UnarySyntax unary => BindUnary(unary, scope),
        BinarySyntax binary => BindBinary(binary, scope),
        ConditionalSyntax conditional => BindConditional(conditional, scope),
        LambdaSyntax lambda => BindLambda(lambda, scope),
        ListSyntax list => BindList(list, scope),
        RecordSyntax record => BindRecord(record, scope),
        GroupSyntax group => BindNestedOperand(group.Pipeline, scope),
        _ => throw new InvalidOperationException($"No binding for {expression.GetType().Name}."),
    };

    private static RlmType TypeOfLiteral(object? value) => value switch
    {
        decimal => RlmType.Number,
        bool => RlmType.Bool,
        TimeSpan => RlmType.Duration,
        string => RlmType.Text,
        _ => RlmType.None,
    };

    private BoundExpression BindTemplate(TemplateSyntax template, ItemScope? scope)
    {
        if (template.PlainText is { } text)
            return new BoundLiteral(template.Span, RlmType.Text, text);

        return new BoundTemplate(template.Span, [.. template.Parts.Select(part => part.Hole is null
            ? new BoundLiteral(part.Span, RlmType.Text, part.Text)
            : BindHole(part.Hole, part.Format, scope))]);
    }

    /// <summary>A hole; one with a format is the call of <c>format</c> that it stands for.</summary>
    private BoundLiteral BindLiteral(LiteralSyntax literal, ItemScope? scope)
    {
        if (literal.Value is bool or null && scope is { HasFields: true, Item.Required: RecordType row } && _source.TextAt(literal.Span) is var word && row.Find(word) is not null)
        {
            Report(new Diagnostic(DslDiagnostics.ValueNamedAsField, literal.Span, $"`{word}` is the value here, and the rows have a field `{word}`", $"for the field write ``{word}``")
            {
                Fix = new DiagnosticFix(literal.Span, $"`{word}`"),
            });
        }

        return new BoundLiteral(literal.Span, TypeOfLiteral(literal.Value), literal.Value);
    }

    private BoundExpression BindHole(PipelineSyntax hole, LiteralSyntax? format, ItemScope? scope)
    {
        var value = BindNested(hole, scope);
        if (format is null)
            return value;

        var function = FunctionCatalog.Find("format")!;
        List<BoundExpression?> arguments = [value, new BoundLiteral(format.Span, RlmType.Text, format.Value)];
        CheckArguments(function, arguments, value);
        return new BoundCall(format.Span, function.Result([value.Type, RlmType.Text]), function, arguments);
    }

    private BoundExpression BindLambda(LambdaSyntax lambda, ItemScope? scope)
    {
        if (scope is not null)
            return BindExpression(lambda.Body, scope with { Parameter = lambda.Parameter.Name });

        Report(DslDiagnostics.UnknownName, lambda.Parameter.Span, "there is no item to name here", "`name =>` stands after `map`, `where` and the like");
        return Missing(lambda.Span);
    }

    private BoundConditional BindConditional(ConditionalSyntax conditional, ItemScope? scope)
    {
        var condition = BindCondition(conditional.Condition, scope);
        var then = BindExpression(conditional.Then, scope);
        var otherwise = BindExpression(conditional.Else, scope);
        return new BoundConditional(conditional.Span, Common(then.Type, otherwise.Type), condition, then, otherwise);
    }

    private BoundList BindList(ListSyntax list, ItemScope? scope)
    {
        BoundExpression[] items = [.. list.Items.Select(item => BindNested(item, scope))];
        var type = items.Length == 0 ? RlmType.Unknown : items.Select(item => item.Type).Aggregate(Common);
        return new BoundList(list.Span, RlmType.ListOf(type), items);
    }

    private BoundRecord BindRecord(RecordSyntax record, ItemScope? scope)
    {
        BoundBinding[] fields = [.. record.Fields.Select(field => new BoundBinding(field.Span, field.Name,
            field.Value is null ? BindName(new NameSyntax(field.Span, field.Name), scope) : BindNested(field.Value, scope)))];
        return new BoundRecord(record.Span, new RecordType([.. fields.Select(field => new FieldType(field.Name, field.Value.Type))]), fields);
    }

    private BoundExpression BindIndex(IndexSyntax index, ItemScope? scope)
    {
        var target = BindExpression(index.Target, scope);
        var value = BindNested(index.Index, scope);
        if (value is BoundLiteral { Value: string name })
            return BindMember(target, name, value.Span, index.Span);

        if (target.Type.ItemType is null && target.Type.Required != RlmType.Unknown)
            Report(DslDiagnostics.WrongOperand, index.Span, $"an index picks an item of a list, and this is {Article(target.Type)}",
                target.Type.IsTextual ? $"cut a piece: `({_source.TextAt(index.Target.Span)} | slice 0..1 chars)`" : "a field is written `x.name` or `x[\"name\"]`");
        return new BoundIndexer(index.Span, (target.Type.ItemType ?? RlmType.Unknown).OrNone, target, value);
    }

    private BoundUnary BindUnary(UnarySyntax unary, ItemScope? scope)
    {
        if (unary.Operator == UnaryOperator.Not)
            return new BoundUnary(unary.Span, RlmType.Bool, UnaryOperator.Not, BindCondition(unary.Operand, scope));

        var operand = BindExpression(unary.Operand, scope);
        if (unary.Operator is UnaryOperator.IsFailed or UnaryOperator.IsNotFailed)
            return new BoundUnary(unary.Span, RlmType.Bool, unary.Operator, operand);
        if (!IsNumeric(operand.Type) && operand.Type.Required != RlmType.Duration)
            Report(DslDiagnostics.WrongOperand, unary.Span, $"`-` takes a number, and this is {Article(operand.Type)}", $"write `{_source.TextAt(unary.Operand.Span)}`");
        return new BoundUnary(unary.Span, operand.Type.IsTextual ? RlmType.Number.OrNone : operand.Type, UnaryOperator.Negate, operand);
    }

    /// <summary>An expression that must be true or false; none counts as false.</summary>
    private BoundExpression BindCondition(ExpressionSyntax expression, ItemScope? scope)
    {
        var condition = BindOperand(expression, scope);
        var type = condition.Type.Required;
        if (type != RlmType.Bool && type != RlmType.Unknown)
        {
            string text = _source.TextAt(expression.Span);
            Report(DslDiagnostics.NotACondition, expression.Span, $"a condition is true or false, and this is {Article(type)}",
                type.ItemType is not null ? $"write `count({text}) > 0`"
                : type == RlmType.Pattern ? $"write `it matches {text}`"
                : type == RlmType.Number ? $"compare it: `{text} > 0`"
                : $"compare it: `{text} == \"…\"`, or `{text} != none`");
        }

        return condition;
    }

    /// <summary>The type of a value that is of one type or the other.</summary>
    private static RlmType Common(RlmType first, RlmType second)
    {
        if (first == second)
            return first;
        if (first == RlmType.None)
            return second.OrNone;
        if (second == RlmType.None)
            return first.OrNone;
        if (first.Required == second.Required)
            return first.OrNone;
        if (first.IsTextual && second.IsTextual)
            return first is OptionalType || second is OptionalType ? RlmType.Text.OrNone : RlmType.Text;
        return RlmType.Unknown;
    }
}
