using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// Python's and pandas' calls that put in order or take the best by named arguments: <c>sorted(xs, key=lambda x: x.n, reverse=True)</c>,
/// <c>max(xs, key=len)</c>, <c>rows.sort_values("n", ascending=False)</c>.
/// </summary>
internal static class SortCalls
{
    /// <summary>The pipeline that is meant; null where the call has no such argument.</summary>
    public static ExpressionSyntax? Of(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments)
    {
        if (arguments.Count is < 2 or > 3 || name.Name is not ("max" or "min" or "sorted" or "sort" or "sort_values" or "sort_by"))
            return null;

        ExpressionSyntax? key = null;
        bool descending = name.Name == "max";
        foreach (var argument in arguments.Skip(1))
        {
            var (option, value) = SplitName(argument);
            switch (option, value)
            {
                case ("key" or "by", not null) when key is null:
                    key = KeyOf(value);
                    break;
                case (null, TemplateSyntax or NameSyntax or LambdaSyntax) when key is null && name.Name.StartsWith("sort", StringComparison.Ordinal):
                    key = value;
                    break;
                case ("reverse" or "descending", LiteralSyntax { Value: bool reverse }) when name.Name.StartsWith("sort", StringComparison.Ordinal):
                    descending = reverse;
                    break;
                case ("ascending", LiteralSyntax { Value: bool ascending }) when name.Name.StartsWith("sort", StringComparison.Ordinal):
                    descending = !ascending;
                    break;
                default:
                    return null;
            }
        }

        if (key is null && name.Name is "max" or "min")
            return null;

        var orders = new OrderListSyntax(span, [.. KeysOf(key ?? new NameSyntax(span, "it")).Select(one => new OrderSyntax(span, one, descending))]);
        StageSyntax sort = new(span, name, OperatorCatalog.Find("sort"), [new ArgumentSyntax(span, Slots.Orders, orders)], null);
        StageSyntax first = new(span, name, OperatorCatalog.Find("first"), [], null);
        return new GroupSyntax(span, new PipelineSyntax(span, arguments[0].Operand, name.Name is "max" or "min" ? [sort, first] : [sort]));
    }

    /// <summary>The name and value of an argument that is given by name, which <c>=</c> makes look like a comparison.</summary>
    private static (string? Name, ExpressionSyntax Value) SplitName(CallArgumentSyntax argument) =>
        argument.Name is { } given ? (given.Name, argument.Operand)
            : argument.Operand is BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax { Name: "key" or "by" or "reverse" or "descending" or "ascending" } name, Right: var value }
                ? (name.Name, value)
                : (null, argument.Operand);

    // A tuple is several keys.
    private static IEnumerable<ExpressionSyntax> KeysOf(ExpressionSyntax key) => key switch
    {
        ListSyntax { Items: var items } => items.Select(item => CallArgumentSyntax.Of(item).Operand),
        LambdaSyntax { Body: ListSyntax { Items: var items } } lambda =>
            items.Select(item => (ExpressionSyntax)(lambda with { Body = CallArgumentSyntax.Of(item).Operand })),
        _ => [key],
    };

    // `key=len` is a function, and any other name a field.
    private static ExpressionSyntax KeyOf(ExpressionSyntax value) =>
        value is NameSyntax name && (FunctionSynonyms.Canonical(name.Name) ?? name.Name) is var function && FunctionCatalog.Find(function) is not null
            ? new CallSyntax(value.Span, new IdentifierSyntax(value.Span, function), [CallArgumentSyntax.Of(new NameSyntax(value.Span, "it"))])
            : value;
}
