using Rlm.Dsl.Checks;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>Binds the arguments of a stage, each in the scope of its slot.</summary>
internal sealed class ArgumentBinder(BindingContext context)
{
    /// <param name="stage">The stage.</param>
    /// <param name="argument">One of its arguments.</param>
    /// <param name="input">What comes in; one text for a lifted stage.</param>
    /// <param name="item">The scope of what sees the item; the one around it is that of what does not.</param>
    /// <param name="labelVariables">Takes the variables that hold the labels of a type.</param>
    /// <returns>The argument, or null where it says nothing or was reported.</returns>
    public BoundArgument? Bind(StageSyntax stage, ArgumentSyntax argument, RlmType input, ItemScope item, List<VariableSymbol> labelVariables)
    {
        if (argument.Value is WordSyntax word)
            return new BoundWordArgument(argument.Span, word.Word);
        if (stage.Operator!.FindSlot(argument.Slot) is not { } slot)
            return null;

        return argument.Value switch
        {
            IdentifierSyntax name when slot.Kind is SlotKind.FieldName or SlotKind.SourceField => BindField(argument, name, input),
            IdentifierSyntax name => new BoundWordArgument(argument.Span, name.Name),
            TypeSyntax type => new BoundTypeArgument(argument.Span, context.Types.Bind(type, labelVariables)),
            OrderListSyntax orders => new BoundOrdersArgument(argument.Span,
                [.. orders.Orders.Select(order => new BoundOrder(order.Span, context.Expressions.Bind(order.Key, item), order.Descending))]),
            BindingListSyntax list => new BoundBindingsArgument(argument.Span, context.Bindings.Bind(slot.Kind, list, input, item.Outer)),
            TemplateSyntax template when slot.Kind == SlotKind.ModelName => new BoundWordArgument(argument.Span, template.PlainText ?? ""),
            ExpressionSyntax expression => new BoundExpressionArgument(argument.Span, BindExpression(stage, slot, expression, item)),
            _ => null,
        };
    }

    private BoundExpression BindExpression(StageSyntax stage, SlotShape slot, ExpressionSyntax expression, ItemScope item) => slot.Kind switch
    {
        SlotKind.Pattern or SlotKind.CapturePattern => context.Patterns.BindOfStage(stage, slot.Kind, expression, item.Outer),
        SlotKind.Condition or SlotKind.OptionalCondition => context.Expressions.BindCondition(expression, new ItemScope(stage.Operator!.ConditionItem(item.Item), item.Outer)),
        SlotKind.Expression when stage.Operator!.Is(OperatorTraits.TakesBest) => BindBestKey(stage, expression, item),
        SlotKind.Expression or SlotKind.Prompt => context.Expressions.Bind(expression, item),
        SlotKind.Amount => BindAmount(stage, slot, expression, item.Outer),
        _ => context.Expressions.Bind(expression, item.Outer),
    };

    /// <summary>The key of the best items, which is often meant for those of each group.</summary>
    private BoundExpression BindBestKey(StageSyntax stage, ExpressionSyntax expression, ItemScope item)
    {
        if (expression is not NameSyntax field || KeysOfGroupWith(item.Item, field.Name) is not { } keys)
            return context.Expressions.Bind(expression, item);

        string count = context.TextAt(stage.Arguments.First(argument => argument.Slot == "count").Span);
        context.Report(DslDiagnostics.UnknownName, expression.Span, $"`{field.Name}` is a field of the group's items",
            $"for the best of each group write `{stage.Operator!.Name} {count} by {field.Name} per {keys}` in the place of `group`");
        return BoundLiteral.MakeMissing(expression.Span);
    }

    /// <summary>The keys of a group whose items have the field that it has not itself; null for any other item.</summary>
    private static string? KeysOfGroupWith(RlmType group, string field) =>
        group.Required is RecordType row && row.Find(field) is null && row.Find("items")?.Type.ItemType?.Required is RecordType member && member.Find(field) is not null
            ? string.Join(", ", row.Fields.Where(key => key.Name != "items").Select(key => key.Name))
            : null;

    private BoundExpression BindAmount(StageSyntax stage, SlotShape slot, ExpressionSyntax expression, ItemScope? scope)
    {
        var amount = context.Expressions.Bind(expression, scope);
        Amounts.Check(stage, slot, expression, amount, context.Sink);
        return amount;
    }

    private BoundFieldArgument? BindField(ArgumentSyntax argument, IdentifierSyntax name, RlmType input)
    {
        var row = (input.ItemType ?? input).Required as RecordType ?? TypeRules.RowOf(input.ItemType ?? input);
        string field = name.Name == "it" && row.Find("it") is null && row.KeyField is { } key ? key : TypeRules.FieldNameOf(row, name.Name);
        if (row.IsOpen || row.Find(field) is not null || (input.ItemType ?? input) == RlmType.Unknown)
            return new BoundFieldArgument(argument.Span, field);

        UnknownField.Report(name.Span, name.Name, row, context.Sink);
        return null;
    }
}
