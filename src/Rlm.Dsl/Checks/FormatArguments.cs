using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Formats;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>A format that is written out and that values of the argument's type cannot have.</summary>
internal static class FormatArguments
{
    public static void Check(FunctionSignature function, List<BoundExpression?> values, DiagnosticSink sink)
    {
        if (function.IsTool || function.Name is not ("format" or "date") || values.Count < 2
            || values[1] is not BoundLiteral { Value: string format } literal)
            return;

        var fault = function.Name == "format" ? FormatRules.FaultOf(values[0]!.Type, format)
            : DatePattern.TryParse(format, out var dateFault) is { } pattern ? pattern.ReadingFault : dateFault;
        if (fault is not null)
            sink.Report(DslDiagnostics.UnknownFormat, literal.Span, fault.Message, fault.Help);
    }
}
