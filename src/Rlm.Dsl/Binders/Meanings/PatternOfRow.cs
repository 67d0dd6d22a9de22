using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary><c>extend f /…/</c> and <c>extend f = /…/</c> on rows, where a pattern has to be told the field that it is looked for in.</summary>
internal static class PatternOfRow
{
    /// <summary>Tells of a column that is a pattern; false where the item is a text.</summary>
    public static bool Report(BindingListSyntax list, BindingSyntax column, RegexSyntax pattern, RlmType item, BindingContext context)
    {
        if (item.Required is not RecordType { TextField: null } row)
            return false;

        string written = context.TextAt(pattern.Span), name = column.Name!.Name, own = TypeRules.MemberNameOf(row, name);
        bool hasSign = context.TextAt(SourceSpan.Between(column.Name.Span.End, pattern.Span.Start)).Trim().Length > 0;
        string[] texts = [.. row.Fields.Where(field => field.Type.IsTextual && field.Type.Hint == RlmType.Text).Select(field => field.Name)];
        string? source = row.Find(own) is not null ? own : texts is [var only] ? only : null;
        bool isExtract = !hasSign && (row.Find(own) is not null || pattern.Pattern.Contains("(?<"));
        string Write(string field) => isExtract ? $"extract {Names.Write(field)} {written}" : $"{Names.Write(name)} = match({Names.Write(field)}, {written})";

        string meant = Write(source ?? texts.FirstOrDefault() ?? "FIELD");
        string help = source is not null ? $"write `{(isExtract ? meant : $"extend {meant}")}`"
            : $"name the field: `{(isExtract ? meant : $"extend {meant}")}`{(texts.Length > 1 ? $"; texts are {string.Join(", ", texts.Select(text => $"`{text}`"))}" : "")}";
        int start = column.Span.Start - "extend ".Length;
        bool isWhole = list.Bindings.Count == 1 && start >= 0 && context.TextAt(SourceSpan.Between(start, column.Span.Start)) == "extend ";
        context.Sink.Report(new Diagnostic(DslDiagnostics.WrongArguments, pattern.Span, "a pattern is looked for in a text, and this is a row", help)
        {
            Fix = source is null || (isExtract && !isWhole) ? null
                : new DiagnosticFix(isExtract ? SourceSpan.Between(start, column.Span.End) : column.Span, meant),
        });
        return true;
    }
}
