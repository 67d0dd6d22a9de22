using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>A field that the rows have not.</summary>
internal static class UnknownField
{
    public static void Report(SourceSpan span, string name, RecordType row, DiagnosticSink sink)
    {
        string[] names = [.. row.Fields.Select(field => field.Name)];
        string? near = NameSuggestion.For(name, names);
        string there = names.Length == 0
            ? "the rows have no fields"
            : $"there {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names.Select(field => $"`{field}`"))}";
        sink.Report(DslDiagnostics.UnknownField, span,
            near is null ? $"there is no field `{name}`" : $"there is no field `{name}`; did you mean `{near}`?", there);
    }
}
