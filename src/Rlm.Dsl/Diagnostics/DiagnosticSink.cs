namespace Rlm.Dsl.Diagnostics;

/// <summary>Takes what the binders and checks find in a program, each finding once.</summary>
internal sealed class DiagnosticSink(SourceText source)
{
    /// <summary>Most diagnostics of a program; whoever reads that many mends a few and tries again.</summary>
    public const int MaxDiagnostics = 50;

    private readonly List<Diagnostic> _found = [];
    private readonly HashSet<Diagnostic> _reported = [];

    /// <summary>What was found, in the order of finding.</summary>
    public IReadOnlyList<Diagnostic> Found => _found;

    /// <summary>What the program says there, to be quoted in a message.</summary>
    public string TextAt(SourceSpan span) => source.TextAt(span);

    public string TextFrom(int start) => source.Content.Substring(start);

    public void Report(DiagnosticDescriptor descriptor, SourceSpan span, string message, string? help = null) =>
        Report(new Diagnostic(descriptor, span, message, help));

    public void Report(Diagnostic diagnostic)
    {
        if (_found.Count < MaxDiagnostics && _reported.Add(diagnostic))
            _found.Add(diagnostic);
    }
}
