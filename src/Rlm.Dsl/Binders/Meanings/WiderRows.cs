using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>dplyr's <c>pivot_wider(names_from = k, values_from = n)</c> is <c>pivot k by …</c> of all fields that stay.</summary>
internal static class WiderRows
{
    /// <summary>The stage that is meant; null for any other call, and where the fields are not known before the run.</summary>
    public static StageSyntax? Find(StageSyntax stage, RlmType input)
    {
        if (stage is not { Head.Name: "pivot_wider", Call: { Count: 2 } options } || input.ItemType?.Required is not RecordType { IsOpen: false } row)
            return null;

        string? FieldOf(string option)
        {
            var value = options.Select(argument => argument is { Name: { } given } ? (given.Name, argument.Operand)
                    : argument.Operand is BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax named, Right: var of } ? (named.Name, of) : ("", argument.Operand))
                .FirstOrDefault(given => given.Item1 == option).Item2;
            return (value as NameSyntax)?.Name ?? (value as TemplateSyntax)?.PlainText;
        }

        if (FieldOf("names_from") is not { } column || FieldOf("values_from") is not { } cells || row.Find(column) is null || row.Find(cells) is null)
            return null;

        var keys = row.Fields.Select(field => field.Name).Where(name => name != column && name != cells)
            .Select(name => new BindingSyntax(stage.Span, null, new NameSyntax(stage.Span, name)));
        return stage with
        {
            Operator = OperatorCatalog.Find("pivot"),
            Arguments = [new(stage.Span, Slots.Field, new IdentifierSyntax(stage.Span, column)), new(stage.Span, Slots.By, new BindingListSyntax(stage.Span, [.. keys]))],
            Call = null,
        };
    }
}
