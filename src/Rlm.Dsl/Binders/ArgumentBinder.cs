using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds the arguments of a stage, each in the scope of its slot.</summary>
internal sealed class ArgumentBinder(BindingContext context)
{
    /// <param name="stage">The stage.</param>
    /// <param name="argument">One of its arguments.</param>
    /// <param name="input">What comes in; one text for a lifted stage.</param>
    /// <param name="item">The scope of what sees the item; the one around it is that of what does not.</param>
    /// <param name="labelVariables">Takes the variables that hold the labels of a type.</param>
    /// <returns>What fills the slot, or null where it says nothing or was reported.</returns>
    public object? Bind(StageSyntax stage, ArgumentSyntax argument, RlmType input, ItemScope item, List<VariableSymbol> labelVariables)
    {
        var slot = argument.Slot;
        return argument.Value switch
        {
            WordSyntax word => word.Word,
            IdentifierSyntax name when slot == Slots.Ignored => RefuseSimilar(stage, name),
            IdentifierSyntax name => slot.NamesField ? FindField(name, input) : name.Name,
            TypeSyntax type => context.Types.Bind(type, labelVariables),
            OrderListSyntax orders => orders.Orders.Select(
                order => new BoundOrder(order.Span, context.Expressions.BindOfItem(order.Key, item), order.Descending)).ToList(),
            BindingListSyntax list => context.Bindings.Bind(slot.Kind, list, input, item.Outer),
            TemplateSyntax template when slot == Slots.Model => template.PlainText ?? "",
            ExpressionSyntax expression => BindExpression(stage, slot, expression, item),
            _ => null,
        };
    }

    private BoundExpression BindExpression(StageSyntax stage, Slot slot, ExpressionSyntax expression, ItemScope item) => slot.Kind switch
    {
        SlotKind.Pattern or SlotKind.CapturePattern => context.Patterns.BindOfStage(stage, slot.Kind, expression, item.Outer),
        SlotKind.OptionalCondition when expression is ListSyntax { IsTuple: true } keys => RefuseKeys(stage, keys),
        SlotKind.Condition or SlotKind.OptionalCondition =>
            context.Expressions.BindCondition(expression, new ItemScope(stage.Operator!.ConditionItem(item.Item), item.Outer)),
        SlotKind.Expression when stage.Operator!.Is(OperatorTraits.TakesBest) => BindBestKey(stage, expression, item),
        SlotKind.Expression when stage.Operator!.Family == OperatorFamily.Fold => context.Expressions.BindOfItem(expression, item),
        SlotKind.Expression or SlotKind.Prompt => context.Expressions.Bind(expression, item),
        SlotKind.Amount or SlotKind.Place or SlotKind.Number => BindAmount(stage, slot, expression, item.Outer),
        _ => context.Expressions.Bind(expression, item.Outer),
    };

    /// <summary>A name before <c>by</c> says nothing, but for the word that makes another stage of it.</summary>
    private object? RefuseSimilar(StageSyntax stage, IdentifierSyntax name)
    {
        if (name.Name != "similar")
            return null;

        string[] keys = [.. stage.Arguments.Select(argument => argument.Value).OfType<BindingListSyntax>()
            .SelectMany(list => list.Bindings).Select(key => context.TextAt(key.Span))];
        string meant = $"group similar {(keys.Length == 1 ? keys[0] : $"\"{string.Join(" ", keys.Select(key => $"{{{key}}}"))}\"")}";
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, stage.Span, "`group similar` has its key without `by`", $"write `{meant}`")
        {
            Fix = new DiagnosticFix(stage.Span, meant),
        });
        return null;
    }

    /// <summary><c>count(a, b)</c> names keys, which stand behind <c>by</c>.</summary>
    private BoundLiteral RefuseKeys(StageSyntax stage, ListSyntax keys)
    {
        string meant = $"{stage.Head.Name} by {string.Join(", ", keys.Items.Select(item => context.TextAt(item.Span)))}";
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, keys.Span,
            $"`{stage.Head.Name}` takes its arguments without commas", $"write `{meant}`")
        {
            Fix = new DiagnosticFix(stage.Span, meant),
        });
        return BoundLiteral.MakeMissing(keys.Span);
    }

    /// <summary>The key of the best items, which is often meant for those of each group.</summary>
    private BoundExpression BindBestKey(StageSyntax stage, ExpressionSyntax expression, ItemScope item)
    {
        if (ReportUncounted(stage, expression, item))
            return BoundLiteral.MakeMissing(expression.Span);

        if (expression is not NameSyntax field || KeysOfGroupWith(item.Item, field.Name) is not { } keys)
            return context.Expressions.BindOfItem(expression, item);

        string count = context.TextAt(stage.Arguments.First(argument => argument.Slot == Slots.Count).Span);
        context.Report(DslDiagnostics.UnknownName, expression.Span, $"`{field.Name}` is a field of the group's items",
            $"for the best of each group write `{stage.Operator!.Name} {count} by {field.Name} per {keys}` in the place of `group`");
        return BoundLiteral.MakeMissing(expression.Span);
    }

    /// <summary><c>top 3 by count(j) per k</c> of rows that nobody has counted yet.</summary>
    private bool ReportUncounted(StageSyntax stage, ExpressionSyntax expression, ItemScope item)
    {
        string? counted = expression switch
        {
            NameSyntax { Name: "count" } when item.Item.Required is RecordType { IsOpen: false } row && row.Find("count") is null && row.Find("items") is null
                && !context.Variables.ContainsKey("count") => "FIELD",
            CallSyntax { Function.Name: "count", Arguments: [] } when (item.Item.Required as RecordType)?.Find("items") is null => "FIELD",
            CallSyntax { Function.Name: "count", Arguments: [{ Operand: NameSyntax { Name: var field } }] }
                when item.Item.Required is RecordType row && row.Find(field) is { Type.ItemType: null } => field,
            _ => null,
        };
        if (counted is null || stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.By) is not { } keys)
            return false;

        string by = context.TextAt(keys.Span), count = context.TextAt(stage.Arguments[0].Span);
        string meant = $"count by {by}, {counted} | {stage.Operator!.Name} {count} by count per {by}";
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, expression.Span, "the rows are counted first", $"write `{meant}`")
        {
            Fix = counted == "FIELD" ? null : new DiagnosticFix(stage.Span, meant),
        });
        return true;
    }

    /// <summary>The keys of a group whose items have the field that it has not itself; null for any other item.</summary>
    private static string? KeysOfGroupWith(RlmType group, string field) =>
        group.Required is RecordType row && row.Find(field) is null && row.Find("items")?.Type.ItemType?.Required is RecordType member
            && member.Find(field) is not null
            ? string.Join(", ", row.Fields.Where(key => key.Name != "items").Select(key => key.Name))
            : null;

    private BoundExpression BindAmount(StageSyntax stage, Slot slot, ExpressionSyntax expression, ItemScope? scope)
    {
        var amount = context.Expressions.Bind(expression, scope);
        Amounts.Check(stage, slot, expression, amount, context.Sink);
        return amount;
    }

    /// <summary>The field of what comes in that a name means; null where there is none, which is told.</summary>
    public string? FindField(IdentifierSyntax name, RlmType input)
    {
        var given = (input.ItemType ?? input).Required as RecordType;
        var row = given ?? TypeRules.RowOf(input.ItemType ?? input);
        string field = name.Name == "it" && row.Find("it") is null && (given is null && row.Fields is [var whole] ? whole.Name : row.KeyField) is { } only
            ? only : TypeRules.MemberNameOf(row, name.Name);
        if (row.IsOpen || row.Find(field) is not null || (input.ItemType ?? input) == RlmType.Unknown)
            return field;

        if (MeantField.Find(row, name.Name) is { } meant)
        {
            context.Names.ReportMeant(name.Span, name.Name, meant);
            return meant;
        }

        UnknownField.Report(name.Span, name.Name, row, context.Sink);
        return null;
    }
}
