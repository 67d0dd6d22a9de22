namespace Rlm.Cli.Lsp;

/// <summary>A document that an editor has open, as it is in the editor.</summary>
/// <param name="Uri">Its name.</param>
/// <param name="Version">Counts its changes; null where the editor counts none.</param>
/// <param name="Lines">Its text.</param>
internal sealed record OpenDocument(string Uri, int? Version, TextLines Lines)
{
    private const string Source = "rlm";

    private IReadOnlyList<Diagnostic>? _found;

    /// <summary>What is wrong with it, each with what an editor shows of it.</summary>
    public IEnumerable<(Diagnostic Found, LspDiagnostic Shown)> Check(LanguageService service) =>
        (_found ??= service.Compile(Lines.Text, Uri).WrittenDiagnostics).Select(found => (found, Show(found)));

    private LspDiagnostic Show(Diagnostic found) => new(
        Lines.RangeOf(found.Span),
        found.Severity switch
        {
            DiagnosticSeverity.Error => 1,
            DiagnosticSeverity.Warning => 2,
            // Information: what the protocol calls a hint stands in no list of an editor.
            _ => 3,
        },
        found.Id,
        Source,
        found.Help is null ? found.Message : $"{found.Message}\nhelp: {found.Help}");
}
