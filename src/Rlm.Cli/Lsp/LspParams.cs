namespace Rlm.Cli.Lsp;

/// <summary>What the messages that are understood may carry, each a part of it.</summary>
internal sealed record LspParams
{
    public LspDocument? TextDocument { get; init; }

    public LspPosition? Position { get; init; }

    public LspRange? Range { get; init; }

    public IReadOnlyList<LspChange>? ContentChanges { get; init; }

    /// <summary>Of actions: the kinds that are wanted.</summary>
    public LspActionContext? Context { get; init; }
}

/// <param name="Uri">The document's name.</param>
/// <param name="Version">Counts its changes.</param>
/// <param name="Text">Its text, where it is opened.</param>
internal sealed record LspDocument(string? Uri, int? Version, string? Text);

/// <param name="Line">The line, from 0.</param>
/// <param name="Character">The place in it, from 0, in units that were agreed on.</param>
internal sealed record LspPosition(int Line, int Character);

internal sealed record LspRange(LspPosition? Start, LspPosition? End);

/// <param name="Range">What is replaced; null for the whole text.</param>
/// <param name="Text">What stands there instead.</param>
internal sealed record LspChange(LspRange? Range, string? Text);

internal sealed record LspActionContext(IReadOnlyList<string>? Only);
