using Rlm.Dsl.Misreadings.Queries;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary><c>sort -rn</c> is read as the order by a negated name: where nothing has the name these are the flags of a shell.</summary>
internal static class ShellOrder
{
    /// <summary>Tells of flags, with the order that they mean; false where there are none.</summary>
    public static bool Report(StageSyntax stage, RlmType input, BindingContext context)
    {
        if (stage.Arguments is not [{ Value: OrderListSyntax orders }] || context.TextAt(orders.Span) is not ['-', ..])
            return false;

        var row = input.ItemType?.Required as RecordType;
        var names = SyntaxTree.Descendants(orders).Select(below => below.Node).OfType<NameSyntax>();
        if (row is { IsOpen: true } || names.Any(name => row?.Find(name.Name) is not null || context.Variables.ContainsKey(name.Name)))
            return false;

        string[] counts = [.. row?.Fields.Where(field => field.Fold is not null).Select(field => field.Name) ?? []];
        string? FieldAt(int? place) => row is not { TextField: null } ? ""
            : place is { } number && number > 0 && counts.Length == 0 ? number <= row.Fields.Count ? Names.Write(row.Fields[number - 1].Name) : null
            : counts is [var count] && place is null or 1 ? Names.Write(count)
            : null;

        if (ShellSort.Write(context.TextAt(orders.Span), FieldAt) is not { } meant)
            return false;

        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, stage.Span, "there are no flags", $"write `{meant}`") { Fix = new DiagnosticFix(stage.Span, meant) });
        return true;
    }
}
