using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>What <c>resolve</c> cannot find names in.</summary>
internal static class ResolvedNames
{
    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        if (stage.Item.Required is not RecordType && stage.Item.Required != RlmType.Unknown && !stage.Item.IsTextual && stage.FindArgument(Slots.Field) is { } field)
            sink.Report(DslDiagnostics.WrongInput, field.Span, $"`resolve` goes by names, and the items are {stage.Item.Required}", "leave it out");
        if (stage.Find(Slots.Field) is { } name && stage.Item.Required is RecordType row
            && row.Find(name)?.Type.Required is ListType or RecordType { TextField: null })
            sink.Report(DslDiagnostics.WrongInput, stage.FindArgument(Slots.Field)!.Span,
                $"`resolve` goes by names, and `{name}` is {(row.Find(name)!.Type.Required is ListType ? "a list" : "a record")}",
                $"make rows of it first: `flatten {Names.Write(name)} | resolve FIELD`");
        if (stage.FindArgument(Slots.As) is { } type)
            sink.Report(DslDiagnostics.WrongReplyType, type.Span, "`resolve` chooses among the names that are there", "leave the `as` out");
        if (stage.FindArgument(Slots.Pack) is { Value: BoundLiteral { Value: decimal and < 2 } } pack)
            sink.Report(DslDiagnostics.WrongArguments, pack.Span, "names are compared with each other, and one has no other",
                "write `pack 2` or more, or leave it out");
    }
}
