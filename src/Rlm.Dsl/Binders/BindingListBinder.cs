using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds the comma lists of keys, bindings, aggregates and columns.</summary>
internal sealed class BindingListBinder(BindingContext context)
{
    public List<BoundBinding> Bind(SlotKind kind, BindingListSyntax list, RlmType input, ItemScope? scope)
    {
        var bound = new List<(BindingSyntax Syntax, string? Name, BoundExpression Value)>();
        var itemType = input.ItemType ?? RlmType.Unknown;
        var rowSoFar = itemType;
        foreach (var binding in list.Bindings)
        {
            BoundExpression value;
            if (kind == SlotKind.Aggregates)
                value = context.Expressions.Bind(binding.Value!, new ItemScope(input, scope) { IsGroup = true, HasFields = false });
            else if (kind == SlotKind.Bindings && binding.Value is RegexSyntax sought && PatternOfRow.Report(list, binding, sought, rowSoFar, context))
                value = BoundLiteral.MakeMissing(sought.Span);
            else if (kind == SlotKind.Bindings)
                value = context.Expressions.Bind(binding.Value is RegexSyntax pattern ? MatchOf(pattern) : binding.Value!, new ItemScope(rowSoFar, scope));
            else if (binding.Name is null)
                value = context.Expressions.BindOfItem(KeyOf(kind, binding.Value!), new ItemScope(itemType, scope));
            else
                value = context.Expressions.Bind(
                    KeyOf(kind, binding.Value ?? new NameSyntax(binding.Name.Span, binding.Name.Name)), new ItemScope(itemType, scope));

            string? name = binding.Name?.Name ?? KeyName(value, binding.Value);
            bound.Add((binding, name, value));
            if (kind == SlotKind.Bindings)
                rowSoFar = TypeRules.RowOf(rowSoFar).With(name!, value.Type);
        }

        var bindings = Name(bound);
        if (kind == SlotKind.Aggregates && bindings.Count > 0)
            EmptyAggregates.Check(bindings, context.Sink);
        return bindings;
    }

    /// <summary>One without a name is called <c>key</c>, and several by their functions.</summary>
    private List<BoundBinding> Name(List<(BindingSyntax Syntax, string? Name, BoundExpression Value)> bound)
    {
        bool isOnly = bound.Count(binding => binding.Name is null) == 1;
        var bindings = new List<BoundBinding>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (syntax, name, value) in bound)
        {
            string called = name ?? (isOnly ? null : KeyOrigins.Of(value).FirstOrDefault()) ?? "key";
            if (names.Add(called))
            {
                bindings.Add(new BoundBinding(syntax.Span, called, value) { Origins = [.. KeyOrigins.Of(value)] });
                continue;
            }

            context.Report(DslDiagnostics.UnnamedKeys, syntax.Span,
                called == "key" && name is null ? "two keys have no name" : $"`{called}` is there twice",
                "name them: `NAME = EXPRESSION`");
        }

        return bindings;
    }

    /// <summary><c>count by date(ts)</c> is of days, as SQL and Python have it.</summary>
    private ExpressionSyntax KeyOf(SlotKind kind, ExpressionSyntax key) =>
        kind == SlotKind.Keys && key is CallSyntax { Function.Name: "date", Arguments.Count: 1 } date && context.FindFunction("date") is not { IsTool: true }
            ? new CallSyntax(key.Span, date.Function with { Name = "bin" },
                [CallArgumentSyntax.Of(date), CallArgumentSyntax.Of(new TemplateSyntax(key.Span, [new TemplatePartSyntax(key.Span, "day", null)]))])
            : key;

    /// <summary>A column that is a pattern holds what the pattern matches.</summary>
    private static CallSyntax MatchOf(RegexSyntax pattern) => new(pattern.Span, new IdentifierSyntax(pattern.Span, "match"),
        [CallArgumentSyntax.Of(new NameSyntax(pattern.Span, "it")), CallArgumentSyntax.Of(pattern)]);

    /// <summary>The name of a key that is written without one: that of the field, else none.</summary>
    private static string? KeyName(BoundExpression value, ExpressionSyntax? syntax) => (value, syntax) switch
    {
        (BoundField, MemberSyntax member) => member.Member.Name,
        (BoundItem, _) => null,
        (BoundField or BoundOpenField, TemplateSyntax { PlainText: { } text }) => text,
        (_, NameSyntax name) => name.Name,
        _ => null,
    };
}
