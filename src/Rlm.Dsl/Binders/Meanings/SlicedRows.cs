using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>dplyr's <c>group_by(k) |> slice_max(x, n = 3)</c> is <c>top 3 by x per k</c>, and without a group <c>top 3 by x</c>; ties are kept unless it says otherwise.</summary>
internal static class SlicedRows
{
    private const string Greatest = "slice_max";

    /// <summary>The stages, a slice and the group before it as one.</summary>
    public static IReadOnlyList<StageSyntax> Join(IReadOnlyList<StageSyntax> stages)
    {
        if (!stages.Any(stage => stage.Head.Name == Greatest))
            return stages;

        var joined = new List<StageSyntax>(stages.Count);
        foreach (var stage in stages)
        {
            var group = joined.LastOrDefault() is { Operator: { } before } last && before.Is(OperatorTraits.Groups) ? last : null;
            if (Find(stage, group) is not { } top)
            {
                joined.Add(stage);
                continue;
            }

            if (group is not null)
                joined.RemoveAt(joined.Count - 1);
            joined.Add(top);
        }

        return joined;
    }

    private static StageSyntax? Find(StageSyntax stage, StageSyntax? group)
    {
        if (stage.Head.Name != Greatest || stage.Call is not [{ Name: null, Operand: var key }, ..])
            return null;

        LiteralSyntax count = new(stage.Span, 1m);
        bool hasTies = true;
        foreach (var option in stage.Call.Skip(1))
        {
            var (name, value) = option is { Name: { } given } ? (given.Name, option.Operand)
                : option.Operand is BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax named, Right: var of } ? (named.Name, of) : ("n", option.Operand);
            switch (name, value)
            {
                case ("n", LiteralSyntax { Value: decimal } number):
                    count = number;
                    break;
                case ("with_ties", LiteralSyntax { Value: bool keeps }):
                    hasTies = keeps;
                    break;
                default:
                    return null;
            }
        }

        var arguments = new List<ArgumentSyntax> { new(count.Span, Slots.Count, count), new(key.Span, Slots.Key, key) };
        if (group is not null)
            arguments.Add(group.Arguments.First(argument => argument.Slot == Slots.By));
        if (hasTies)
            arguments.Add(new ArgumentSyntax(stage.Span, Slots.WithTies, new WordSyntax(stage.Span, Slots.WithTies.Name)));
        return stage with { Operator = OperatorCatalog.Find("top"), Arguments = arguments, Call = null };
    }
}
