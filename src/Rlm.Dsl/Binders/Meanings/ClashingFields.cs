using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders.Meanings;

/// <summary>
/// Fields that both sides of a join have beside its keys. The right one gets the name of its rows before it, and what is read behind the join as
/// <c>b.n</c>, <c>n_y</c> or <c>b_n</c> is that one. Where only <c>n</c> is read it may be either.
/// </summary>
internal static class ClashingFields
{
    /// <summary>A statement up to a place in it, one that gives its value a name.</summary>
    private static readonly Regex Definition = new(@"(?:^|[\n;])[ \t]*(?:let\s+)?\w+\s*=(?!=)[^\n;]*(?:\n\s*\|[^\n]*)*$", RegexOptions.CultureInvariant);

    public static void Check(BoundStage stage, DiagnosticSink sink)
    {
        if (stage.FindArgument(Slots.On) is null || stage.FindArgument(Slots.Rows) is not { } rows || stage.Input.ItemType?.Required is not RecordType left
            || stage.Get(Slots.Rows).Type.ItemType?.Required is not RecordType right)
            return;

        string[] on = [.. stage.Get(Slots.On).Select(binding => binding.Name)];
        string[] clashes = [.. left.Fields.Select(field => field.Name).Where(name => !on.Contains(name) && right.Find(name) is not null)];
        if (clashes.Length == 0 || on.Any(key => !right.IsOpen && right.Find(key) is null))
            return;

        string written = sink.TextAt(rows.Span), own = Names.Word(written, 0) == written.Length ? written : "right";
        string NewNameOf(string field) => Names.Write($"{own}_{field}");
        string inner = written is ['(', .., ')'] ? written.Substring(1, written.Length - 2) : written;
        string renamed = right.IsOpen ? $"({inner} | select {string.Join(", ", on)}, {string.Join(", ", clashes.Select(field => $"{NewNameOf(field)} = {Names.Write(field)}"))})"
            : $"({inner} | rename {string.Join(", ", clashes.Select(field => $"{Names.Write(field)} to {NewNameOf(field)}"))})";

        // What is read behind the join: in its statement, and of one that names it in all that follow.
        string text = sink.TextFrom(rows.Span.End);
        bool isNamed = Definition.IsMatch(sink.TextAt(SourceSpan.Between(0, rows.Span.Start)));
        string behind = isNamed ? text : text.Substring(0, Layout.SkipToNextStatement(text, 0, Layout.CommonIndentation(text)));
        string changed = behind;
        bool isEither = false;
        foreach (string field in clashes)
        {
            string name = Regex.Escape(field), word = Regex.Escape(own);
            string ofRight = $@"(?<![\w.])(?:{word}\.{name}|{name}_y|{name}_right|{word}_{name}|{name}_{word}|right\.{name}|{name}2)(?![\w(])";
            bool readsRight = Regex.IsMatch(changed, ofRight, RegexOptions.CultureInvariant);
            changed = Regex.Replace(changed, ofRight, NewNameOf(field), RegexOptions.CultureInvariant);
            string ofLeft = Regex.Replace(changed, $@"(?<![\w.])(?:{name}_x|{name}_left|left\.{name})(?![\w(])", Names.Write(field), RegexOptions.CultureInvariant);
            isEither |= !readsRight && ofLeft == changed && Regex.IsMatch(changed, $@"(?<![\w.]){name}(?![\w(])", RegexOptions.CultureInvariant);
            changed = ofLeft;
        }

        string message = $"both sides of the join have {string.Join(", ", clashes.Select(field => $"`{field}`"))}";
        sink.Report(new Diagnostic(DslDiagnostics.FieldClash, stage.Span, message, isEither
            ? $"rename it on the right, `{renamed}`, and read the one that is meant: `{Names.Write(clashes[0])}` of the left or `{NewNameOf(clashes[0])}` of the right"
            : $"rename it on the right: `{renamed}`")
        {
            Fix = isEither ? null : new DiagnosticFix(SourceSpan.Between(rows.Span.Start, rows.Span.End + behind.Length), renamed + changed),
        });
    }
}
