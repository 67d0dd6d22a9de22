using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>
/// SQL's <c>select k, count(*) as n group by k</c> is <c>aggregate n = count() by k</c>. Without <c>group by</c> the plain columns are the keys: nothing
/// else can be selected beside a fold.
/// </summary>
internal static class SelectedFolds
{
    /// <summary>The fold that is meant; null where a row for each row is.</summary>
    public static StageSyntax? Find(StageSyntax stage, RlmType input, BindingContext context)
    {
        if (stage.Operator != OperatorCatalog.Find("select") || stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.Columns) is not { Value: BindingListSyntax columns } selected)
            return null;

        var row = input.ItemType?.Required as RecordType;
        var by = stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.By);
        if (by is null && (row is not { IsOpen: false } || row.Find("items") is not null))
            return null;

        var folds = columns.Bindings.Where(column => column.Value is { } value && IsFold(value, row)).ToList();
        var plain = columns.Bindings.Except(folds).ToList();
        if (folds.Count == 0 || plain.Any(column => column.Value is not (null or NameSyntax) && by is not null))
            return null;

        by ??= plain.Count == 0 ? null : new ArgumentSyntax(selected.Span, Slots.By, new BindingListSyntax(selected.Span,
            [.. plain.Select(column => column.Value is null ? new BindingSyntax(column.Span, null, new NameSyntax(column.Span, column.Name!.Name)) : column)]));
        string keys = by is null ? "" : $" by {string.Join(", ", ((BindingListSyntax)by.Value).Bindings.Select(key => context.TextAt(key.Span)))}";
        string meant = $"aggregate {string.Join(", ", folds.Select(fold => Write(fold, context)))}{keys}";
        context.Report(DslDiagnostics.ReadAs, stage.Span, $"a `select` of a fold is read as `{meant}`", $"write `{meant}`");
        var aggregates = new ArgumentSyntax(selected.Span, Slots.Aggregates, new BindingListSyntax(selected.Span, folds));
        return stage with { Operator = OperatorCatalog.Find("aggregate"), Arguments = by is null ? [aggregates] : [aggregates, by] };
    }

    private static string Write(BindingSyntax fold, BindingContext context) =>
        $"{fold.Name!.Name} = {context.TextAt(fold.Value!.Span).Replace("count(*)", "count()")}";

    /// <summary>Whether it holds a fold over the rows: one of nothing, or of no list that the row itself has.</summary>
    private static bool IsFold(ExpressionSyntax value, RecordType? row) => SyntaxTree.Descendants(value).Select(below => below.Node).OfType<CallSyntax>()
        .Any(call => FunctionCatalog.Find(FunctionSynonyms.Canonical(call.Function.Name) ?? call.Function.Name) is { IsFold: true, Parameters.Count: var taken }
            && (call.Arguments.Count <= 1 || (call.Arguments.Count == taken && call.Arguments.Skip(1).All(argument => argument.Operand is LiteralSyntax))) && !call.Arguments.SelectMany(argument => SyntaxTree.Descendants(argument))
                .Any(below => below.Node is GroupSyntax or ListSyntax or StageSyntax || (below.Node is NameSyntax name && row?.Find(name.Name)?.Type.Required is { ItemType: not null })));
}
