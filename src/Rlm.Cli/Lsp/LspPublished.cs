namespace Rlm.Cli.Lsp;

/// <summary>The diagnostics of a document.</summary>
internal sealed record LspPublished(string Uri, int? Version, IReadOnlyList<LspDiagnostic> Diagnostics);

/// <param name="Range">Where.</param>
/// <param name="Severity">1 an error, 2 a warning, 3 what is worth knowing.</param>
/// <param name="Code">The id.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Message">What is wrong, and what to write instead.</param>
internal sealed record LspDiagnostic(LspRange Range, int Severity, string Code, string Source, string Message);

internal sealed record LspHover(LspMarkup Contents, LspRange Range);

/// <param name="Kind"><c>markdown</c> or <c>plaintext</c>.</param>
/// <param name="Value">The text.</param>
internal sealed record LspMarkup(string Kind, string Value);

/// <param name="Label">The word.</param>
/// <param name="Kind">What it is, by the protocol's numbers.</param>
/// <param name="Detail">Its form.</param>
/// <param name="Documentation">What it does.</param>
/// <param name="SortText">Its place among all.</param>
/// <param name="TextEdit">What it replaces.</param>
internal sealed record LspCompletion(string Label, int Kind, string? Detail, string? Documentation, string SortText, LspEdit TextEdit);

internal sealed record LspEdit(LspRange Range, string NewText);

internal sealed record LspAction(string Title, string Kind, IReadOnlyList<LspDiagnostic> Diagnostics, bool IsPreferred, LspWorkspaceEdit Edit);

/// <param name="Changes">The edits by document.</param>
internal sealed record LspWorkspaceEdit(IReadOnlyDictionary<string, IReadOnlyList<LspEdit>> Changes);
