namespace Rlm;

/// <summary>A text to put in the place of another.</summary>
/// <param name="Span">What is replaced; empty where the text is put in.</param>
/// <param name="Text">What stands there instead.</param>
public sealed record DiagnosticFix(SourceSpan Span, string Text)
{
    /// <summary>The program with the text in its place.</summary>
    /// <param name="program">The program that the diagnostic is of.</param>
    public string Apply(string program) => program.Remove(Span.Start, Span.Length).Insert(Span.Start, Text);
}
