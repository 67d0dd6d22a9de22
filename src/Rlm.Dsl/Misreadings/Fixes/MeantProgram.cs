
namespace Rlm.Dsl.Misreadings.Fixes;

/// <summary>
/// A program of which each error has a change that can mean one thing only is read with these changes, and hints tell them. A name that is not there may be a
/// slip for another one: who wrote it has to say.
/// </summary>
internal static class MeantProgram
{
    private const int MaxChanges = 8;

    private static readonly DiagnosticDescriptor[] OfNames =
    [
        DslDiagnostics.UnknownOperator, DslDiagnostics.UnknownName, DslDiagnostics.UnknownField, DslDiagnostics.UnknownFunction, DslDiagnostics.UnknownType,
        DslDiagnostics.UnknownLabel,
    ];

    /// <param name="text">The program.</param>
    /// <param name="diagnostics">What was found in it, with the changes that mend it.</param>
    /// <param name="compile">What is found in another program over the same variables, with the changes.</param>
    /// <returns>The program that was meant, what is told of it, and the changes in the order in which they were made; null where an error is left.</returns>
    public static (string Text, IReadOnlyList<Diagnostic> Hints, IReadOnlyList<DiagnosticFix> Changes)? Find(
        string text, IReadOnlyList<Diagnostic> diagnostics, Func<string, IReadOnlyList<Diagnostic>> compile)
    {
        var hints = new List<Diagnostic>();
        var made = new List<DiagnosticFix>();
        for (int changes = 0; changes <= MaxChanges; changes++)
        {
            if (diagnostics.All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
                return hints.Count > 0 ? (text, hints, made) : null;

            if (diagnostics.FirstOrDefault(diagnostic => diagnostic is { Severity: DiagnosticSeverity.Error, Fix: not null } && !OfNames.Contains(diagnostic.Descriptor)) is not { Fix: { } fix } error)
                return null;

            string read = text.Substring(fix.Span.Start, fix.Span.Length);
            text = fix.Apply(text);
            made.Add(fix);
            int shift = fix.Text.Length - fix.Span.Length;
            for (int i = 0; i < hints.Count; i++)
                hints[i] = hints[i] with { Span = Move(hints[i].Span, fix.Span, shift) };
            hints.Add(new Diagnostic(DslDiagnostics.ReadAs, new SourceSpan(fix.Span.Start, fix.Text.Length),
                read.Length == 0 ? $"{error.Message}: it is read with {Show(fix.Text)} before it" : $"{error.Message}: {Show(read)} is read as {Show(fix.Text)}", fix.Text.Length == 0 ? "leave it out" : $"write {Quote(fix.Text.Trim())}"));
            diagnostics = compile(text);
        }

        return null;
    }

    /// <summary>Where a stretch is once another one was replaced by a text that is so much longer.</summary>
    private static SourceSpan Move(SourceSpan span, SourceSpan replaced, int shift) =>
        span.End <= replaced.Start ? span
        : span.Start >= replaced.End ? new SourceSpan(span.Start + shift, span.Length)
        : SourceSpan.Between(Math.Min(span.Start, replaced.Start), Math.Max(span.End, replaced.End) + shift);

    private static string Show(string text) => text.Trim() is { Length: > 0 } shown ? Quote(shown.Length <= 80 ? shown : shown.Remove(79) + "…") : "nothing";

    private static string Quote(string text) => $"`{text.Replace("\n", "; ")}`";
}
