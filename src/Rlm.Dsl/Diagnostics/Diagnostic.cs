namespace Rlm;

/// <summary>One thing that is wrong with a program, or worth knowing about it.</summary>
/// <param name="Descriptor">The kind.</param>
/// <param name="Span">Where; the whole of the text that is wrong.</param>
/// <param name="Message">What was found and what was expected, in one line.</param>
/// <param name="Help">What to write instead, in one line; null when there is nothing better to say.</param>
public sealed record Diagnostic(DiagnosticDescriptor Descriptor, SourceSpan Span, string Message, string? Help = null)
{
    /// <summary>
    /// The change that the help tells, where it is one that mends the program as it was meant; null where somebody has to decide.
    /// </summary>
    public DiagnosticFix? Fix { get; init; }

    /// <summary>The kind's id.</summary>
    public string Id => Descriptor.Id;

    /// <summary>The kind's severity.</summary>
    public DiagnosticSeverity Severity => Descriptor.Severity;
}
