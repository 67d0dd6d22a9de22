using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Tests.Syntax;

/// <summary>A tree as a text without spans and without the words that a synonym changes: equal texts are equal programs.</summary>
internal static class SyntaxDump
{
    public static string Of(SyntaxNode node)
    {
        if (node is ArgumentSyntax { Slot.Kind: SlotKind.Ignored })
            return "";

        // Parentheses around a lone value mean nothing.
        if (node is GroupSyntax { Pipeline: { Stages.Count: 0, Source: { } lone } })
            return Of(lone);

        var children = SyntaxTree.Children(node)
            .Where(child => node is not (StageSyntax or MemberSyntax or CallSyntax) || child is not IdentifierSyntax)
            .Select(Of);
        return $"({node.GetType().Name.Replace("Syntax", "", StringComparison.Ordinal)} {OwnText(node)} {string.Concat(children)})";
    }

    private static string? OwnText(SyntaxNode node) => node switch
    {
        LiteralSyntax literal => FormattableString.Invariant($"{literal.Value?.GetType().Name} {literal.Value}"),
        TemplatePartSyntax part => part.Text,
        RegexSyntax regex => $"/{regex.Pattern}/{regex.Flags}",
        NameSyntax name => name.Name,
        IdentifierSyntax name => name.Name,
        CallSyntax call => call.Function.Name,
        MemberSyntax member => member.Member.Name,
        UnarySyntax unary => unary.Operator.ToString(),
        BinarySyntax binary => binary.Operator.ToString(),
        RecordFieldSyntax field => field.Name,
        StageSyntax stage => stage.Operator?.Name ?? stage.Head.Name,
        ArgumentSyntax argument => argument.Slot.Name,
        WordSyntax word => word.Word,
        OrderSyntax { Descending: true } => "desc",
        NamedTypeSyntax type => $"{type.Name} {type.IsOptional}",
        LabelTypeSyntax type => $"{string.Join(", ", type.Labels ?? [])} {string.Join(", ", type.Definitions)} {type.IsOptional}",
        TypeSyntax type => type.IsOptional.ToString(),
        _ => null,
    };
}
