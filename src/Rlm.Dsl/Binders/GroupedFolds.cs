using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>
/// A fold right behind <c>group by</c> is how other languages fold by a key: <c>group by k | sum n</c> is <c>sum n by k</c>.
/// One that names the groups' own <c>items</c> is about the groups.
/// </summary>
internal static class GroupedFolds
{
    private static readonly OperatorSignature Count = OperatorCatalog.Find("count")!;

    /// <summary>The stages, a group and its fold as one.</summary>
    public static IReadOnlyList<StageSyntax> Join(IReadOnlyList<StageSyntax> stages, DiagnosticSink sink)
    {
        stages = [.. stages.Select((stage, i) => i > 0 && IsHowMany(stage) && stages[i - 1].Operator?.Is(OperatorTraits.Groups) == true
            ? stage with { Operator = Count, Head = stage.Head with { Name = Count.Head }, Call = null } : stage)];
        if (!Enumerable.Range(1, Math.Max(0, stages.Count - 1)).Any(i => IsFoldOf(stages[i - 1], stages[i], sink)))
            return stages;

        var joined = new List<StageSyntax>(stages.Count);
        foreach (var stage in stages)
        {
            if (joined.Count == 0 || !IsFoldOf(joined[joined.Count - 1], stage, sink))
            {
                joined.Add(stage);
                continue;
            }

            var group = joined[joined.Count - 1];
            var keys = group.Arguments.First(argument => argument.Slot == Slots.By);
            if (stage.Arguments.Count == 0)
            {
                string written = sink.TextAt(keys.Span);
                sink.Report(DslDiagnostics.FoldOfGroups, stage.Span,
                    $"`{stage.Operator!.Head}` behind `group by` is read as `{stage.Operator.Head} by {written}`",
                    $"how many groups there are is `distinct by {written} | count`");
            }

            joined[joined.Count - 1] = stage with
            {
                Span = SourceSpan.Cover(group.Span, stage.Span),
                Arguments = stage.Arguments.Any(argument => argument.Slot == Slots.By) ? stage.Arguments : [.. stage.Arguments, keys],
            };
        }

        return joined;
    }

    /// <summary>The stage, with the fold's value as its key where it takes the best of a fold by keys without saying by what.</summary>
    public static StageSyntax AddKey(StageSyntax stage, BoundStage? before)
    {
        if (before is not { Operator: { Family: OperatorFamily.Fold } fold, Output.ItemType.Required: RecordType row } || row.Find(fold.Name) is null)
            return stage;

        var key = new NameSyntax(stage.Span, fold.Name);
        return LeastRows.LacksKey(stage) ? stage with { Arguments = [new ArgumentSyntax(stage.Span, Slots.Orders, new OrderListSyntax(stage.Span, [new OrderSyntax(stage.Span, key, false)]))] }
            : stage.Operator?.Is(OperatorTraits.TakesBest) == true && stage.Arguments.All(argument => argument.Slot != Slots.Key)
                ? stage with { Arguments = [.. stage.Arguments, new ArgumentSyntax(stage.Span, Slots.Key, key)] }
            : stage;
    }

    // pandas' `size` of groups, and the length of a list, are how many it has.
    private static bool IsHowMany(StageSyntax stage) => stage is { Operator: null, Call: null or { Count: 0 } }
        && FunctionCatalog.Find(FunctionSynonyms.Canonical(stage.Head.Name) ?? stage.Head.Name)?.OfList == Count.Name;

    private static bool IsFoldOf(StageSyntax group, StageSyntax fold, DiagnosticSink sink) =>
        group.Operator?.Is(OperatorTraits.Groups) == true && fold.Operator is { Family: OperatorFamily.Fold } folding && folding.HasKeys
        && fold.Arguments.All(argument => argument.Slot != Slots.By || HasKeysOf(group, argument, sink))
        && !fold.Arguments.SelectMany(argument => SyntaxTree.Descendants(argument)).Any(below =>
            below.Node is NameSyntax { Name: "items" or "it" or "key" });

    // `group by k | sum n by k` says the key twice.
    private static bool HasKeysOf(StageSyntax group, ArgumentSyntax keys, DiagnosticSink sink) =>
        group.Arguments.Any(argument => argument.Slot == Slots.By && sink.TextAt(argument.Span) == sink.TextAt(keys.Span));
}
