using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>The types that <c>extract … as</c> gives its captures.</summary>
internal static class CaptureTypes
{
    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        if (stage.Find(Slots.As) is not { } type)
            return;

        var captures = stage.Find(Slots.CapturePattern)?.Captures ?? [];
        var span = stage.FindArgument(Slots.As)!.Span;
        if (type.Required is not RecordType declared)
        {
            sink.Report(DslDiagnostics.WrongReplyType, span,
                "`extract … as` gives types to fields", $"write `as {{{(captures.Count > 0 ? captures[0] : "name")}: {type}}}`");
            return;
        }

        var row = new RecordType([.. captures.Select(capture => new FieldType(capture, RlmType.Text))]);
        foreach (var field in declared.Fields.Where(field => captures.Count > 0 && row.Find(field.Name) is null))
            UnknownField.Report(span, field.Name, row, sink);
    }
}
