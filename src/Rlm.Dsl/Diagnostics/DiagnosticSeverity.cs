namespace Rlm;

/// <summary>How bad a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Something worth knowing; the program runs.</summary>
    Hint,

    /// <summary>Probably not what was meant; the program runs.</summary>
    Warning,

    /// <summary>The program does not run.</summary>
    Error,
}
