using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Binders;

/// <summary>
/// A fold right behind <c>group by</c> is how other languages fold by a key: <c>group by k | sum n</c> is <c>sum n by k</c>. One that names the
/// groups' own <c>items</c> is about the groups.
/// </summary>
internal static class GroupedFolds
{
    /// <summary>The stages, a group and its fold as one.</summary>
    public static IReadOnlyList<StageSyntax> Join(IReadOnlyList<StageSyntax> stages, DiagnosticSink sink)
    {
        if (!Enumerable.Range(1, Math.Max(0, stages.Count - 1)).Any(i => IsFoldOf(stages[i - 1], stages[i])))
            return stages;

        var joined = new List<StageSyntax>(stages.Count);
        foreach (var stage in stages)
        {
            if (joined.Count == 0 || !IsFoldOf(joined[joined.Count - 1], stage))
            {
                joined.Add(stage);
                continue;
            }

            var group = joined[joined.Count - 1];
            var keys = group.Arguments.First(argument => argument.Slot == Slots.By);
            if (stage.Arguments.Count == 0)
            {
                string written = sink.TextAt(keys.Span);
                sink.Report(DslDiagnostics.FoldOfGroups, stage.Span, $"`{stage.Operator!.Head}` behind `group by` is read as `{stage.Operator.Head} by {written}`",
                    $"how many groups there are is `distinct by {written} | count`");
            }

            joined[joined.Count - 1] = stage with { Span = SourceSpan.Cover(group.Span, stage.Span), Arguments = [.. stage.Arguments, keys] };
        }

        return joined;
    }

    private static bool IsFoldOf(StageSyntax group, StageSyntax fold) =>
        group.Operator?.Is(OperatorTraits.Groups) == true && fold.Operator is { Family: OperatorFamily.Fold } folding && HasKeys(folding.Shape)
        && fold.Arguments.All(argument => argument.Slot != Slots.By)
        && !fold.Arguments.SelectMany(argument => SyntaxTree.Descendants(argument)).Any(below => below.Node is NameSyntax { Name: "items" or "it" or "key" });

    private static bool HasKeys(Shape shape) => shape switch
    {
        SlotShape { Slot: var slot } => slot == Slots.By,
        SequenceShape sequence => sequence.Parts.Any(HasKeys),
        ChoiceShape choice => choice.Alternatives.Any(HasKeys),
        OptionalShape optional => HasKeys(optional.Inner),
        _ => false,
    };
}
