namespace Rlm.Runtime.Diagnostics;

/// <summary>A statement that cannot be evaluated for what its data are; the executor makes a diagnostic of it.</summary>
/// <param name="span">The stage or expression.</param>
/// <param name="message">What was found, in one line, as a diagnostic's message.</param>
/// <param name="help">What to write instead, in one line.</param>
internal sealed class EvaluationException(SourceSpan span, string message, string? help = null) : Exception(message)
{
    public SourceSpan Span { get; } = span;

    public string? Help { get; } = help;

    /// <summary>What kind of failure it is; data that do not fit, unless said otherwise.</summary>
    public DiagnosticDescriptor Descriptor { get; init; } = RuntimeDiagnostics.CannotEvaluate;

    /// <summary>Whether calls, tokens or money are what is missing.</summary>
    public bool IsBudget => Descriptor == RuntimeDiagnostics.OverBudget;
}
