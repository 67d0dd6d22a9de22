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
            var span = SourceSpan.Cover(binding.Value!.Span, stages[end - 1].Span);
            var value = new GroupSyntax(span, new PipelineSyntax(span, binding.Value, [.. stages.Skip(i + 1).Take(end - i - 1)]));
            var list = (BindingListSyntax)argument.Value;
            var nested = stages[i] with
            {
                Span = SourceSpan.Cover(stages[i].Span, span),
                Arguments = [argument with { Value = list with { Bindings = [binding with { Value = value }] } }],
            };
            return [.. stages.Take(i), nested, .. Nest([.. stages.Skip(end)])];
        }

        return stages;
    }

    private static (BindingSyntax Binding, ArgumentSyntax Argument)? FindItem(StageSyntax stage) =>
        stage is { Operator.Family: OperatorFamily.Rows, Arguments: [{ Value: BindingListSyntax { Bindings: [{ Name: not null, Value: NameSyntax { Name: "it" } } binding] } } argument] }
            ? (binding, argument) : null;

    private static bool Names(StageSyntax stage, string field) =>
        SyntaxTree.Descendants(stage).Any(below => below.Node is NameSyntax name && name.Name == field || below.Node is IdentifierSyntax word && word.Name == field);
}
