using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds folds over the items of a group, whose expression sees each item.</summary>
internal sealed class AggregateBinder(BindingContext context)
{
    public BoundExpression Bind(SourceSpan span, FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope group)
    {
        var over = function.OverItems!;
        arguments = InOrder(function, arguments);
        var condition = TakeCondition(function, ref arguments);
        if (!over.Takes(arguments.Count))
        {
            context.Report(DslDiagnostics.WrongArguments, span,
                $"`{function.Name}` takes {over.DescribeArguments()} here", $"write `{over.Form ?? $"{function.Name}(EXPRESSION)"}`");
            return BoundLiteral.MakeMissing(span);
        }

        var itemType = group.Item.ItemType ?? RlmType.Unknown;
        var item = new ItemScope(itemType, group);
        if (over.IsOfPairs)
            return new BoundAggregate(span, over.Result(itemType), function, BindPair(span, function, arguments, item), null);

        var argument = arguments.Count == 0 ? null
            : over.Operand == ItemOperand.Condition ? BindCondition(arguments[0].Value, item)
            : arguments[0].Operand is TemplateSyntax text ? context.Expressions.BindOfItem(text, item)
            : context.Pipelines.BindNested(arguments[0].Value, item);
        if (argument?.Type.Required == RlmType.Bool && function.OfCondition is { } counted)
            return Bind(span, FunctionCatalog.Find(counted)!, arguments, group);

        if (argument is not null)
            FixedTexts.Check(argument, context.Sink);
        var parameter = arguments.Count > 1 ? context.Pipelines.BindNested(arguments[1].Value, group.Outer) : null;
        var value = argument?.Type ?? itemType;
        ItemOperands.Check(function, value, span, context.Sink);
        return new BoundAggregate(span, over.Result(value), function, argument, parameter)
        {
            Condition = condition is null ? null : context.Expressions.BindCondition(condition, item),
        };
    }

    /// <summary>The two values of each item.</summary>
    private BoundList BindPair(SourceSpan span, FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope item)
    {
        BoundExpression[] values = [.. arguments.Select(argument =>
            argument.Operand is TemplateSyntax text ? context.Expressions.BindOfItem(text, item) : context.Pipelines.BindNested(argument.Value, item))];
        foreach (var value in values)
            ItemOperands.Check(function, value.Type, value.Span, context.Sink);
        return new BoundList(span, RlmType.ListOf(RlmType.Unknown), values);
    }

    /// <summary>The arguments, the expression first where a library takes the number first: <c>percentile(95, x)</c>.</summary>
    private static IReadOnlyList<CallArgumentSyntax> InOrder(FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments) =>
        function.OverItems!.Parameter is not null && arguments is [{ Name: null, Operand: LiteralSyntax { Value: decimal } }, { Operand: not LiteralSyntax }]
            ? [arguments[1], arguments[0]]
            : arguments;

    /// <summary>
    /// Takes the condition of <c>average(x, x > 2)</c> and <c>average(x where x > 2)</c> off the arguments: the fold is of the items for which
    /// it holds. Null for a fold of all items.
    /// </summary>
    private static ExpressionSyntax? TakeCondition(FunctionSignature function, ref IReadOnlyList<CallArgumentSyntax> arguments)
    {
        if (arguments is [{ Name: null }, { Name: null, Operand: var second }] && IsCondition(function, second))
        {
            arguments = [arguments[0]];
            return second;
        }

        if (function.OverItems!.IsOfPairs || arguments is not [{ Value: { Source: NameSyntax or MemberSyntax or BinarySyntax or CallSyntax, Stages: [{ Operator: { IsPaid: false } filter } where] } filtered }, ..]
            || !filter.Is(OperatorTraits.Filters) || where.Arguments is not [{ Value: ExpressionSyntax kept }])
            return null;

        arguments = [CallArgumentSyntax.Of(filtered.Source!), .. arguments.Skip(1)];
        return kept;
    }

    // What stands behind a number is its condition; `min(a, b)` is of two values.
    private static bool IsCondition(FunctionSignature function, ExpressionSyntax second) => function.Parameters.Count == 1 && !function.IsVariadic
        && (second is BinarySyntax { Operator: BinaryOperator.And or BinaryOperator.Or or >= BinaryOperator.Equal and <= BinaryOperator.NotEndsWith }
            or UnarySyntax { Operator: not UnaryOperator.Negate }
            || (function.OverItems!.Operand == ItemOperand.Numbers && second is NameSyntax or MemberSyntax or CallSyntax or BinarySyntax));

    private BoundExpression BindCondition(PipelineSyntax argument, ItemScope item) =>
        argument is { Stages.Count: 0, Source: { } condition }
            ? context.Expressions.BindCondition(condition, item)
            : context.Pipelines.BindNested(argument, item);
}
