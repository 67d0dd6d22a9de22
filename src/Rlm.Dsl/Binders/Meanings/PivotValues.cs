using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary><c>pivot k by j with count</c> names what the cells hold: here they hold the one field that is left, and what follows <c>with</c> fills empty ones.</summary>
internal static class PivotValues
{
    /// <summary>The stage without the name, or the stage itself where it has none; null where it was reported.</summary>
    public static StageSyntax? Find(StageSyntax stage, RlmType input, BindingContext context)
    {
        if (stage.Operator != OperatorCatalog.Find("pivot")
            || stage.Arguments.FirstOrDefault(argument => argument.Slot == Slots.With) is not { Value: NameSyntax { Name: var value } name } with
            || context.Variables.ContainsKey(value) || input.ItemType?.Required is not RecordType { IsOpen: false } row)
            return stage;

        var field = stage.Arguments.First(argument => argument.Slot == Slots.Field);
        var keys = stage.Arguments.First(argument => argument.Slot == Slots.By);
        string pivot = $"pivot {context.TextAt(field.Span)} by {context.TextAt(keys.Span)}", all = $"{context.TextAt(keys.Span)}, {context.TextAt(field.Span)}";
        string? held = row.Find(value) is not null ? value : MeantField.Find(row, value);
        if (held is null && FunctionCatalog.Find(value)?.Is(FunctionTraits.CountsItems) != true)
            return stage;

        string[] others = [.. row.Fields.Select(other => other.Name).Where(other => other != ((IdentifierSyntax)field.Value).Name
            && !((BindingListSyntax)keys.Value).Bindings.Any(key => key is { Name: null, Value: NameSyntax { Name: var named } } && named == other))];
        if (held is not null && others is [var only] && only == held)
        {
            context.Report(DslDiagnostics.ReadAs, with.Span, $"the cells hold `{held}` anyway: `{context.TextAt(stage.Span)}` is read as `{pivot}`", $"write `{pivot}`");
            return stage with { Arguments = [field, keys] };
        }

        string meant = $"{(held is null ? $"count by {all}" : $"select {all}, {Names.Write(held)}")} | {pivot}";
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, name.Span, "the cells of a `pivot` hold the one field that is left beside its keys", $"write `{meant}`")
        {
            Fix = new DiagnosticFix(stage.Span, meant),
        });
        return null;
    }
}
