using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// <c>max(rows, n).name</c> means a field of the row with the greatest <c>n</c>. What <c>max</c> gives is a value, whose <c>name</c> would be that of the file it
/// stands in.
/// </summary>
internal static class BestRows
{
    /// <summary>The name of the rows and the field of the first of them by the key; null for any other field.</summary>
    public static (NameSyntax Rows, MemberSyntax Field)? Of(MemberSyntax member)
    {
        if (member.Target is not CallSyntax { Function: { Name: "max" or "min" } name, Arguments: [{ Name: null, Operand: NameSyntax rows }, { Name: null, Operand: var key }] } call
            || key is LiteralSyntax)
            return null;

        var orders = new OrderListSyntax(key.Span, [new OrderSyntax(key.Span, key, name.Name == "max")]);
        StageSyntax sort = new(call.Span, name, OperatorCatalog.Find("sort"), [new ArgumentSyntax(key.Span, Slots.Orders, orders)], null);
        StageSyntax first = new(call.Span, name, OperatorCatalog.Find("first"), [], null);
        return (rows, member with { Target = new GroupSyntax(call.Span, new PipelineSyntax(call.Span, rows, [sort, first])) });
    }
}
