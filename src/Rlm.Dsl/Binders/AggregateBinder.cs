using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds aggregates over the items of a group, whose argument sees each item.</summary>
internal sealed class AggregateBinder(BindingContext context)
{
    public BoundExpression Bind(SourceSpan span, string name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope group)
    {
        bool takesParameter = name == "percentile";
        if (arguments.Count > (takesParameter ? 2 : 1) || (takesParameter && arguments.Count != 2)
            || (name == "share" && arguments.Count != 1))
        {
            context.Report(DslDiagnostics.WrongArguments, span,
                $"`{name}` takes {(takesParameter ? "an expression and a percentage" : "one expression")} here",
                takesParameter ? "write `percentile(FIELD, 95)`" : $"write `{name}(EXPRESSION)`");
            return BoundLiteral.MakeMissing(span);
        }

        var itemType = group.Item.ItemType ?? RlmType.Unknown;
        var item = new ItemScope(itemType, group);
        var argument = arguments.Count == 0 ? null
            : name is "count" or "share" ? BindAggregateCondition(arguments[0].Value, item)
            : arguments[0].Operand is TemplateSyntax text ? context.Expressions.BindOfItem(text, item)
            : context.Pipelines.BindNested(arguments[0].Value, item);
        if (argument is not null)
            FixedTexts.Check(argument, context.Sink);
        var parameter = takesParameter ? context.Pipelines.BindNested(arguments[1].Value, group.Outer) : null;
        var value = argument?.Type ?? itemType;
        if (name is "sum" or "average" or "median" or "stdev" or "percentile" && !value.MayBeNumber && value.Required != RlmType.Duration)
            context.Report(DslDiagnostics.WrongOperand, span,
                $"`{name}` takes numbers, and this is {value.WithArticle}", "name a field: `sum(FIELD)`");

        RlmType type = name switch
        {
            "count" or "distinct_count" or "share" => RlmType.Number,
            "sum" => TypeRules.Amount(value),
            "average" or "median" or "stdev" or "percentile" => TypeRules.Amount(value).OrNone,
            "distinct" or "list" => RlmType.ListOf(value),
            _ => value.OrNone,
        };
        return new BoundAggregate(span, type, name, argument, parameter);
    }

    private BoundExpression BindAggregateCondition(PipelineSyntax argument, ItemScope item) =>
        argument is { Stages.Count: 0, Source: { } condition }
            ? context.Expressions.BindCondition(condition, item)
            : context.Pipelines.BindNested(argument, item);
}
