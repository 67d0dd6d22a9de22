using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>
/// What is said of some columns by the others: <c>drop a</c> and <c>rename a to b</c> are a <c>select</c> of all that stay, <c>dropna a</c> is a
/// <c>where</c> of rows that have a value in them.
/// </summary>
internal static class ColumnStages
{
    /// <summary>The stage as the catalogue has it, or the stage itself where it is not one; null where it was reported.</summary>
    public static StageSyntax? Find(StageSyntax stage, RlmType input, BindingContext context)
    {
        bool isEmpty = stage.Arguments.Count == 0 && stage.Operator!.Is(OperatorTraits.Filters);
        if (!isEmpty && stage.Arguments is not [{ Slot: var slot }])
            return stage;

        slot = isEmpty ? Slots.Filled : stage.Arguments[0].Slot;
        if (slot != Slots.Dropped && slot != Slots.Renamed && slot != Slots.Filled)
            return stage;

        var row = (input.ItemType ?? input).Required as RecordType;
        var named = isEmpty ? [] : ((BindingListSyntax)stage.Arguments[0].Value).Bindings;
        if (slot == Slots.Filled && (!isEmpty || row is { IsOpen: false } || (input.ItemType is not null && row is null)))
            return ToWhere(stage, isEmpty ? row?.Fields.Select(field => field.Name) ?? ["it"] : named.Select(name => name.Name!.Name));

        if (row is not { IsOpen: false })
        {
            context.Report(DslDiagnostics.WrongArguments, stage.Span, $"`{stage.Head.Name}` needs rows whose fields are known before the run",
                slot == Slots.Dropped ? "name the columns that stay: `| select a, b`"
                : slot == Slots.Renamed ? "name the columns: `| select new = old, other`"
                : "name the field: `| where FIELD != none`");
            return null;
        }

        return slot == Slots.Dropped ? Drop(stage, named, row, context) : Rename(stage, named, row, context);
    }

    private static StageSyntax? Drop(StageSyntax stage, IReadOnlyList<BindingSyntax> named, RecordType row, BindingContext context)
    {
        var dropped = named.Select(name => FindField(name.Name!, row, context)).ToList();
        if (dropped.Contains(null))
            return null;

        string[] left = [.. row.Fields.Select(field => field.Name).Where(field => !dropped.Contains(field))];
        if (left.Length > 0)
            return ToSelect(stage, left.Select(field => (field, field)));

        context.Report(DslDiagnostics.WrongArguments, stage.Span, "no column is left", "name fewer, or the columns that stay: `select a, b`");
        return null;
    }

    private static StageSyntax? Rename(StageSyntax stage, IReadOnlyList<BindingSyntax> named, RecordType row, BindingContext context)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var pair in named)
        {
            // `new = old` and `old = new` are told apart by the field that there is.
            var (old, name) = ((NameSyntax)pair.Value!, pair.Name!);
            if (row.Find(old.Name) is null && row.Find(name.Name) is not null)
                (old, name) = (new NameSyntax(name.Span, name.Name), new IdentifierSyntax(old.Span, old.Name));
            if (FindField(new IdentifierSyntax(old.Span, old.Name), row, context) is not { } field)
                return null;
            names[field] = name.Name;
        }

        return ToSelect(stage, row.Fields.Select(field => (field.Name, names.TryGetValue(field.Name, out string? name) ? name : field.Name)));
    }

    private static string? FindField(IdentifierSyntax name, RecordType row, BindingContext context) =>
        context.Arguments.FindField(name, RlmType.ListOf(row));

    private static StageSyntax ToSelect(StageSyntax stage, IEnumerable<(string Old, string New)> columns) => stage with
    {
        Arguments =
        [
            new(stage.Span, Slots.Columns, new BindingListSyntax(stage.Span,
                [.. columns.Select(column => new BindingSyntax(stage.Span, new IdentifierSyntax(stage.Span, column.New), new NameSyntax(stage.Span, column.Old)))])),
        ],
    };

    private static StageSyntax ToWhere(StageSyntax stage, IEnumerable<string> fields) => stage with
    {
        Arguments =
        [
            new(stage.Span, Slots.Condition, fields.Select(field => (ExpressionSyntax)new BinarySyntax(stage.Span, BinaryOperator.NotEqual,
                new NameSyntax(stage.Span, field), new LiteralSyntax(stage.Span, null)))
                .Aggregate((all, one) => new BinarySyntax(stage.Span, BinaryOperator.And, all, one))),
        ],
    };
}
