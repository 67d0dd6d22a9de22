using System.Text.RegularExpressions;
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
            string[] figures = [.. captures.Where(capture => IsOfFigures(stage.Find(Slots.CapturePattern)?.Regex ?? "", capture))];
            // Which of several captures hold figures, nobody says.
            var pattern = stage.FindArgument(Slots.CapturePattern);
            bool leavesOut = figures.Length == 0 && captures.Count > 1 && type.MayBeNumber;
            sink.Report(new Diagnostic(DslDiagnostics.WrongReplyType, span,
                "`extract … as` gives types to fields", leavesOut ? "leave it out: figures are read as numbers where they are used" : $"write `as {{{(figures.Length > 0 && type.MayBeNumber ? TypesOf(figures, type) : captures.Count > 0 ? TypesOf(captures, type) : $"name: {type}")}}}`")
            {
                Fix = figures.Length > 0 && type.MayBeNumber ? new DiagnosticFix(span, $"{{{TypesOf(figures, type)}}}")
                    : leavesOut ? new DiagnosticFix(SourceSpan.Between(pattern!.Span.End, span.End), "") : null,
            });
            return;
        }

        var row = new RecordType([.. captures.Select(capture => new FieldType(capture, RlmType.Text))]);
        foreach (var field in declared.Fields.Where(field => captures.Count > 0 && row.Find(field.Name) is null))
            UnknownField.Report(span, field.Name, row, sink);
    }

    private static string TypesOf(IEnumerable<string> captures, RlmType type) => string.Join(", ", captures.Select(capture => $"{capture}: {type}"));

    /// <summary>Whether a group of the regex matches nothing but figures.</summary>
    private static bool IsOfFigures(string regex, string capture) =>
        Regex.IsMatch(regex, $@"\(\?P?<{capture}>(?:[-+]\??|\[[-+]+\]\??)*(?:\\d|\[(?:0-9|\\d)[\d.,_\\-]*\])", RegexOptions.CultureInvariant);
}
