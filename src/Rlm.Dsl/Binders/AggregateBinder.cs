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
        if (!over.Takes(arguments.Count))
        {
            context.Report(DslDiagnostics.WrongArguments, span,
                $"`{function.Name}` takes {over.DescribeArguments()} here", $"write `{over.Form ?? $"{function.Name}(EXPRESSION)"}`");
            return BoundLiteral.MakeMissing(span);
        }

        var itemType = group.Item.ItemType ?? RlmType.Unknown;
        var item = new ItemScope(itemType, group);
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
        return new BoundAggregate(span, over.Result(value), function, argument, parameter);
    }

    private BoundExpression BindCondition(PipelineSyntax argument, ItemScope item) =>
        argument is { Stages.Count: 0, Source: { } condition }
            ? context.Expressions.BindCondition(condition, item)
            : context.Pipelines.BindNested(argument, item);
}
