using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>Rows of which <c>pivot</c> cannot tell the field that its columns hold.</summary>
internal static class PivotedRows
{
    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        // A key of another name may be any of the fields, which only the run tells.
        if (stage.Item.Required is not RecordType { IsOpen: false } row || stage.Find(Slots.Field) is not { } field
            || stage.Find(Slots.By) is not { } keys || keys.Any(key => row.Find(key.Name) is null))
        {
            return;
        }

        var others = ResultTypes.OthersOf(stage);
        if (others.Count == 1)
            return;

        string named = string.Join(", ", keys.Select(key => key.Name));
        string found = others.Count == 0 ? "is none" : $"are {string.Join(", ", others.Select(other => $"`{other.Name}`"))}";
        sink.Report(DslDiagnostics.WrongInput, stage.Span,
            $"`pivot` takes rows with one field beside `{field}` and the keys, and here {found}",
            others.Count == 0
                ? $"count before: `count by {named}, {field} | pivot {field} by {named}`"
                : $"fold or choose before: `sum {others[0].Name} by {named}, {field} | pivot {field} by {named}`");
    }
}
