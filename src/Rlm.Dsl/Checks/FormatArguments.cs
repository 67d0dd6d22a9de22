using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;

namespace Rlm.Dsl.Checks;

/// <summary>A format that is written out and that values of the first argument's type cannot have.</summary>
internal static class FormatArguments
{
    public static void Check(FunctionSignature function, List<BoundExpression?> values, DiagnosticSink sink)
    {
        for (int i = 1; i < Math.Min(values.Count, function.Parameters.Count); i++)
        {
            if (values[i] is BoundLiteral { Value: string format } literal
                && function.Parameters[i].FormatFault?.Invoke(values[0]!.Type, format) is { } fault)
                sink.Report(DslDiagnostics.UnknownFormat, literal.Span, fault.Message, fault.Help);
        }
    }
}
