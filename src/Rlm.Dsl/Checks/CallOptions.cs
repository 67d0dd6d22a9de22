using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>
/// Options of a paid stage that are part of the language and not evaluated yet, and reply types that no model is asked for.
/// </summary>
internal static class CallOptions
{
    public static void Check(BoundStage stage, DiagnosticSink sink)
    {
        if (stage.FindArgument(Slots.Around) is { } around)
            sink.Report(DslDiagnostics.NotEvaluatedYet, around.Span,
                "`around` is part of the language and not evaluated yet", "leave it out");
        if (stage.FindArgument(Slots.Citations) is { } citations)
            sink.Report(DslDiagnostics.NotEvaluatedYet, citations.Span,
                "`with citations` is part of the language and not evaluated yet",
                "leave it out; put `{cite}` into the prompt or the answer");
        if (stage.Find(Slots.Call) == "rlm")
            sink.Report(DslDiagnostics.NotEvaluatedYet, stage.Span,
                $"`{stage.Operator.Head} rlm` is part of the language and not evaluated yet", OperatorCatalog.Find("rlm")!.Instead);
        if (stage.Find(Slots.As) is { } type && HasDateFormat(type))
            sink.Report(DslDiagnostics.WrongReplyType, stage.FindArgument(Slots.As)!.Span,
                "a reply's date has no format", "leave it out: the model is asked for `yyyy-MM-dd`");
    }

    private static bool HasDateFormat(RlmType type) => type.Required switch
    {
        DateType => true,
        ListType list => HasDateFormat(list.Item),
        RecordType record => record.Fields.Any(field => HasDateFormat(field.Type)),
        _ => false,
    };
}
