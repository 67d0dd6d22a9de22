using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>A reply of a type that its stage has no place for.</summary>
internal static class ReplyTypes
{
    /// <summary>Without a name for one new field the reply is a record, whose fields are added.</summary>
    public static void CheckFields(StageTyping stage, DiagnosticSink sink)
    {
        if (!stage.Has(Slots.Name) && stage.Find(Slots.As)?.Required is not RecordType)
            sink.Report(DslDiagnostics.WrongReplyType, stage.Span,
                "`extend llm` without a name needs a record type", "write `extend NAME = llm …`, or `extend llm … as {field: type}`");
    }

    /// <summary>A filter asks for yes or no.</summary>
    public static void CheckVerdict(StageTyping stage, DiagnosticSink sink)
    {
        if (stage.Find(Slots.As) is { } type && type.Required != RlmType.Bool)
            sink.Report(DslDiagnostics.WrongReplyType, stage.Span,
                "`where llm` asks for yes or no", "leave the `as` out, or use `extend x = llm … as TYPE | where …`");
    }
}
