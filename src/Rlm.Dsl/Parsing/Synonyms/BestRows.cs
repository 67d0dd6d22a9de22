using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// The row with the greatest or least value: <c>max(rows, n).name</c>, <c>max(rows.n).name</c>, and other languages' <c>max_by(n)</c>. What <c>max</c> gives is a
/// value, whose <c>name</c> would be that of the file it stands in.
/// </summary>
internal static class BestRows
{
    /// <summary>The words for the row with the greatest value.</summary>
    public static readonly string[] GreatestHeads = ["max_by", "maxby", "arg_max", "argmax"];

    /// <summary>The words for the row with the least value.</summary>
    public static readonly string[] LeastHeads = ["min_by", "minby", "arg_min", "argmin"];

    /// <summary>The order and the first of it, of a stage that these words open; null for any other stage.</summary>
    public static IReadOnlyList<StageSyntax>? Expand(StageSyntax stage) => GreatestHeads.Contains(stage.Head.Name) || LeastHeads.Contains(stage.Head.Name)
        ? SortFirst(stage.Span, stage.Head, (ExpressionSyntax)stage.Arguments[0].Value, GreatestHeads.Contains(stage.Head.Name)) : null;

    /// <summary>The name of the rows and the field of the first of them by the key; null for any other field.</summary>
    public static (NameSyntax Rows, MemberSyntax Field)? Of(MemberSyntax member)
    {
        if (member.Target is not CallSyntax { Function: { Name: "max" or "min" } name } call || KeyOf(call) is not var (rows, key))
            return null;

        var pipeline = new PipelineSyntax(call.Span, rows, SortFirst(call.Span, name, key, name.Name == "max"));
        return (rows, member with { Target = new GroupSyntax(call.Span, pipeline) });
    }

    private static (NameSyntax Rows, ExpressionSyntax Key)? KeyOf(CallSyntax call) => call.Arguments switch
    {
        [{ Name: null, Operand: NameSyntax rows }, { Name: null, Operand: not LiteralSyntax and var key }] => (rows, key),
        [{ Name: null, Operand: MemberSyntax { Target: NameSyntax rows, Member: var field } }] => (rows, new NameSyntax(field.Span, field.Name)),
        _ => null,
    };

    /// <summary>The stages that give the row.</summary>
    public static StageSyntax[] SortFirst(SourceSpan span, IdentifierSyntax head, ExpressionSyntax key, bool isGreatest)
    {
        var orders = new OrderListSyntax(key.Span, [new OrderSyntax(key.Span, key, isGreatest)]);
        return
        [
            new(span, head, OperatorCatalog.Find("sort"), [new ArgumentSyntax(key.Span, Slots.Orders, orders)], null),
            new(span, head, OperatorCatalog.Find("first"), [], null),
        ];
    }
}
