using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>A pattern that asks for a line end where it is matched on each line, which holds none.</summary>
internal static class LinePatterns
{
    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        if (stage.Find(Slots.Pattern) is not { } pattern)
            return;

        bool asks = pattern.Regex is { } regex ? LineSpans.NeedsLineEnd(regex) : pattern.Literal is BoundLiteral { Value: string text } && text.Contains('\n');
        if (!asks)
            return;

        string written = sink.TextAt(pattern.Span);
        sink.Report(DslDiagnostics.BadRegex, pattern.Span, $"`{stage.Operator.Name}` looks at each line, and this pattern asks for a line end, which no line holds",
            $"find it in pieces of several lines: `paragraphs | where it matches {written}`, or cut at it: `split {written}`");
    }
}
