using System.Text.RegularExpressions;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>The types that <c>extract … as</c> gives its captures.</summary>
internal static class CaptureTypes
{
    private static readonly Regex DateName = new("date", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase);

    public static void Check(StageTyping stage, DiagnosticSink sink)
    {
        if (stage.Find(Slots.As) is not { } type)
            return;

        var captures = stage.Find(Slots.CapturePattern)?.Captures ?? [];
        var span = stage.FindArgument(Slots.As)!.Span;
        if (type.Required is not RecordType declared)
        {
            string regex = stage.Find(Slots.CapturePattern)?.Regex ?? "";
            string[] meant = [.. captures.Where(capture => type.MayBeNumber ? IsOfFigures(regex, capture) : IsCalled(type, capture))];
            // Which of several captures hold figures, nobody says.
            bool leavesOut = meant.Length == 0 && captures.Count > 1 && type.MayBeNumber;
            string types = meant.Length > 0 ? TypesOf(meant, type) : captures.Count > 0 ? TypesOf(captures, type) : $"name: {type}";
            sink.Report(new Diagnostic(DslDiagnostics.WrongReplyType, span, "`extract … as` gives types to fields",
                leavesOut ? "leave it out: figures are read as numbers where they are used" : $"write `as {{{types}}}`")
            {
                Fix = leavesOut ? new DiagnosticFix(SourceSpan.Between(stage.FindArgument(Slots.CapturePattern)!.Span.End, span.End), "")
                    : meant.Length > 0 ? new DiagnosticFix(span, $"{{{types}}}") : null,
            });
            return;
        }

        var row = new RecordType([.. captures.Select(capture => new FieldType(capture, RlmType.Text))]);
        foreach (var field in declared.Fields.Where(field => captures.Count > 0 && row.Find(field.Name) is null))
            UnknownField.Report(span, field.Name, row, sink);
    }

    private static string TypesOf(IEnumerable<string> captures, RlmType type) => string.Join(", ", captures.Select(capture => $"{capture}: {type}"));

    /// <summary>Whether a capture is called by what it is, as <c>date</c> and <c>start_date</c> are dates.</summary>
    private static bool IsCalled(RlmType type, string capture) =>
        type.Required == RlmType.Date && DateName.IsMatch(capture);

    /// <summary>Whether a group of the regex matches nothing but figures.</summary>
    private static bool IsOfFigures(string regex, string capture) =>
        Regex.IsMatch(regex, $@"\(\?P?<{capture}>(?:[-+]\??|\[[-+]+\]\??)*(?:\\d|\[(?:0-9|\\d)[\d.,_\\-]*\])", RegexOptions.CultureInvariant);
}
