using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>The joins of pandas and dplyr: <c>a.merge(b, on="k", how="left")</c>, <c>pd.merge(a, b, on=["k", "j"])</c>, <c>a |> left_join(b, by = "k")</c>.</summary>
internal static class JoinCalls
{
    private const string Inner = "join on";
    private const string Left = "left join";

    /// <summary>The pipeline that is meant; null for any other call.</summary>
    public static GroupSyntax? Of(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments) =>
        arguments.Count > 2 && OfStage(span, name, [.. arguments.Skip(1)]) is { } join
            ? new GroupSyntax(span, new PipelineSyntax(span, arguments[0].Operand, [join])) : null;

    /// <summary>The stage that is meant; null for any other call.</summary>
    public static StageSyntax? OfStage(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments)
    {
        string? kind = name.Name switch { "merge" or "join" or "inner_join" => Inner, "left_join" => Left, _ => null };
        if (kind is null || arguments is not [{ Name: null, Operand: NameSyntax or GroupSyntax } rows, _, ..])
            return null;

        BindingListSyntax? on = null;
        foreach (var argument in arguments.Skip(1))
        {
            var (option, value) = argument is { Name: { } given } ? (given.Name, argument.Operand)
                : argument.Operand is BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax named, Right: var of } ? (named.Name, of) : ("on", argument.Operand);
            switch (option, value)
            {
                case ("on" or "by", _) when on is null && FieldsOf(value) is { } fields:
                    on = new BindingListSyntax(value.Span, fields);
                    break;
                case ("how", TemplateSyntax { PlainText: "inner" }):
                    kind = Inner;
                    break;
                case ("how", TemplateSyntax { PlainText: "left" }):
                    kind = Left;
                    break;
                default:
                    return null;
            }
        }

        return on is null ? null
            : new StageSyntax(span, name, OperatorCatalog.Find(kind), [new ArgumentSyntax(rows.Span, Slots.Rows, rows.Operand), new ArgumentSyntax(on.Span, Slots.On, on)], null);
    }

    private static BindingSyntax[]? FieldsOf(ExpressionSyntax value) => value switch
    {
        TemplateSyntax { PlainText: { Length: > 0 } field } => [new BindingSyntax(value.Span, new IdentifierSyntax(value.Span, field), null)],
        NameSyntax name => [new BindingSyntax(name.Span, new IdentifierSyntax(name.Span, name.Name), null)],
        ListSyntax { Items: var items } when items.Select(item => FieldsOf(CallArgumentSyntax.Of(item).Operand)).ToList() is var fields && !fields.Contains(null) =>
            [.. fields.SelectMany(field => field!)],
        CallSyntax { Function.Name: "c", Arguments: var fields } when fields.All(field => field.Name is null) =>
            FieldsOf(new ListSyntax(value.Span, [.. fields.Select(field => field.Value)])),
        _ => null,
    };
}
