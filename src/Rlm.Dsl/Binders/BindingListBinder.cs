using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds the comma lists of keys, bindings, aggregates and columns.</summary>
internal sealed class BindingListBinder(BindingContext context)
{
    public List<BoundBinding> Bind(SlotKind kind, BindingListSyntax list, RlmType input, ItemScope? scope)
    {
        var bindings = new List<BoundBinding>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var itemType = input.ItemType ?? RlmType.Unknown;
        var rowSoFar = itemType;
        foreach (var binding in list.Bindings)
        {
            BoundExpression value;
            if (kind == SlotKind.Aggregates)
                value = context.Expressions.Bind(binding.Value!, new ItemScope(input, scope) { IsGroup = true, HasFields = false });
            else if (kind == SlotKind.Bindings)
                value = context.Expressions.Bind(binding.Value!, new ItemScope(rowSoFar, scope));
            else
                value = context.Expressions.Bind(
                    binding.Value ?? new NameSyntax(binding.Name!.Span, binding.Name.Name), new ItemScope(itemType, scope));

            string? name = binding.Name?.Name ?? KeyName(value, binding.Value);
            if (!names.Add(name ?? "key"))
            {
                context.Report(DslDiagnostics.UnnamedKeys, binding.Span,
                    name is null ? "two keys have no name" : $"`{name}` is there twice",
                    "name them: `NAME = EXPRESSION`");
                continue;
            }

            bindings.Add(new BoundBinding(binding.Span, name ?? "key", value));
            if (kind == SlotKind.Bindings)
                rowSoFar = TypeRules.RowOf(rowSoFar).With(name ?? "key", value.Type);
        }

        if (kind == SlotKind.Aggregates && bindings.Count > 0)
            EmptyAggregates.Check(bindings, context.Sink);
        return bindings;
    }

    /// <summary>The name of a key that is written without one: that of the field, else none.</summary>
    private static string? KeyName(BoundExpression value, ExpressionSyntax? syntax) => (value, syntax) switch
    {
        (BoundField, MemberSyntax member) => member.Member.Name,
        (BoundItem, _) => null,
        (_, NameSyntax name) => name.Name,
        _ => null,
    };
}
