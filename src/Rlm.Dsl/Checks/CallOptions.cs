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
        if (stage.Find(Slots.As) is not { } type)
            return;

        var span = stage.FindArgument(Slots.As)!.Span;
        if (Holds(type, static scalar => scalar is DateType))
            sink.Report(DslDiagnostics.WrongReplyType, span, "a reply's date has no format", "leave it out: the model is asked for `yyyy-MM-dd`");
        if (Holds(type, static scalar => scalar == RlmType.Duration))
            sink.Report(DslDiagnostics.WrongReplyType, span, "a reply is not a duration", "ask for a text, `as text`, and read it behind: `duration(x)`");
    }

    private static bool Holds(RlmType type, Func<RlmType, bool> isMeant) => type.Required switch
    {
        ListType list => Holds(list.Item, isMeant),
        RecordType record => record.Fields.Any(field => Holds(field.Type, isMeant)),
        var scalar => isMeant(scalar),
    };
}
