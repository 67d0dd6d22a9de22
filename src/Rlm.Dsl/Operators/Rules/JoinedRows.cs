using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>The other side of a join: whether it is rows, has the fields that are compared.</summary>
internal static class JoinedRows
{
    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        var rows = stage.Get(Slots.Rows);
        var span = stage.FindArgument(Slots.Rows)!.Span;
        if (rows.Type.ItemType is null && rows.Type != RlmType.Unknown)
            sink.Report(DslDiagnostics.WrongInput, span,
                $"`{stage.Operator.Name}` joins with a list of rows, and this is {rows.Type.WithArticle}",
                "name rows: `let other = context | parse csv`, then `join other on FIELD`");

        if (rows.Type.ItemType?.Required is not RecordType right || stage.Input.ItemType?.Required is not RecordType)
            return;

        string[] on = [.. stage.Get(Slots.On).Select(binding => binding.Name)];
        foreach (string missing in on.Where(name => !right.IsOpen && right.Find(name) is null))
            UnknownField.Report(stage.Span, missing, right, sink);
    }
}
