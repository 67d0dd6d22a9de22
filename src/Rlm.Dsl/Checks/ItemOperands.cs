using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Checks;

/// <summary>An expression over items of which its fold or window makes nothing.</summary>
internal static class ItemOperands
{
    /// <summary>False, and reported, for a type that the function cannot take.</summary>
    public static bool Check(FunctionSignature function, RlmType value, SourceSpan span, DiagnosticSink sink)
    {
        string? wrong = function.OverItems!.Operand switch
        {
            ItemOperand.Numbers when !value.MayBeNumber && value.Required != RlmType.Duration => "takes numbers",
            ItemOperand.Ordered when value.Required is RecordType { TextField: null } or ListType => "orders values",
            _ => null,
        };
        if (wrong is null)
            return true;

        sink.Report(DslDiagnostics.WrongOperand, span,
            $"`{function.Name}` {wrong}, and this is {value.WithArticle}", $"name a field: `{function.Name}(FIELD)`");
        return false;
    }
}
