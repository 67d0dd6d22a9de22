using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Parsing.Synonyms;

/// <summary>
/// <c>extend n = it | lines | count</c> without parentheses: the item itself as a field says nothing, so what cuts texts behind it is about it.
/// </summary>
internal static class NestedValues
{
    /// <summary>The stages, those that belong to the field's value inside it: all up to one that names the field.</summary>
    public static IReadOnlyList<StageSyntax> Nest(IReadOnlyList<StageSyntax> stages)
    {
        for (int i = 0; i + 1 < stages.Count; i++)
        {
            if (FindItem(stages[i]) is not var (binding, argument) || stages[i + 1].Operator is not { IsPaid: false, Input: OperatorInput.Text or OperatorInput.TextOrList })
                continue;

            int end = i + 1;
            while (end < stages.Count && !Names(stages[end], binding.Name!.Name))
                end++;
            return [.. stages.Take(i), Nest(stages[i], argument, binding, [.. stages.Skip(i + 1).Take(end - i - 1)]), .. Nest([.. stages.Skip(end)])];
        }

        return stages;
    }

    /// <summary>The stages, all free ones behind the last columns inside the value of the last of them; null where there are none.</summary>
    public static IReadOnlyList<StageSyntax>? NestLast(IReadOnlyList<StageSyntax> stages)
    {
        int at = stages.Count - 1;
        while (at >= 0 && stages[at].Operator is not { IsPaid: true } && stages[at].Operator?.Is(OperatorTraits.AddsFields) != true)
            at--;
        return at >= 0 && at < stages.Count - 1 && stages[at] is { Operator.IsPaid: false, Arguments: [{ Value: BindingListSyntax { Bindings: [.., { Name: not null, Value: not null } last] } } argument] }
            ? [.. stages.Take(at), Nest(stages[at], argument, last, [.. stages.Skip(at + 1)])] : null;
    }

    private static StageSyntax Nest(StageSyntax stage, ArgumentSyntax argument, BindingSyntax last, IReadOnlyList<StageSyntax> inner)
    {
        var span = SourceSpan.Cover(last.Value!.Span, inner[inner.Count - 1].Span);
        var list = (BindingListSyntax)argument.Value;
        var value = new GroupSyntax(span, new PipelineSyntax(span, last.Value, inner));
        return stage with
        {
            Span = SourceSpan.Cover(stage.Span, span),
            Arguments = [argument with { Value = list with { Bindings = [.. list.Bindings.Take(list.Bindings.Count - 1), last with { Value = value }] } }],
        };
    }

    private static (BindingSyntax Binding, ArgumentSyntax Argument)? FindItem(StageSyntax stage) =>
        stage is { Operator.Family: OperatorFamily.Rows, Arguments: [{ Value: BindingListSyntax { Bindings: [.., { Name: not null, Value: NameSyntax { Name: "it" } } binding] } } argument] }
            ? (binding, argument) : null;

    private static bool Names(StageSyntax stage, string field) =>
        SyntaxTree.Descendants(stage).Any(below => below.Node is NameSyntax name && name.Name == field || below.Node is IdentifierSyntax word && word.Name == field);
}
