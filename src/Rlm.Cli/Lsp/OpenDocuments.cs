using Rlm.Cli.JsonRpc;
using Rlm.Cli.Output;

namespace Rlm.Cli.Lsp;

/// <summary>The documents that an editor has open.</summary>
internal sealed class OpenDocuments
{
    private readonly Dictionary<string, OpenDocument> _byUri = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>Whether places in lines are counted in bytes of UTF-8.</summary>
    public bool CountsBytes { get; set; }

    /// <summary>The document that a message is about.</summary>
    public OpenDocument Find(LspParams parameters)
    {
        string uri = UriOf(parameters);
        return _byUri.GetValueOrDefault(uri) ?? throw new RpcException(RpcException.InvalidParams, $"{PlainText.Cut(uri, 200)} is not open");
    }

    public void Open(LspParams parameters)
    {
        string text = parameters.TextDocument?.Text ?? throw new RpcException(RpcException.InvalidParams, "the document has no text");
        Set(new OpenDocument(UriOf(parameters), parameters.TextDocument.Version, new TextLines(text, CountsBytes)));
    }

    public void Change(LspParams parameters)
    {
        var document = Find(parameters);
        var lines = (parameters.ContentChanges ?? throw new RpcException(RpcException.InvalidParams, "there are no changes"))
            .Aggregate(document.Lines, (text, change) => text.Apply(change));
        Set(new OpenDocument(document.Uri, parameters.TextDocument!.Version, lines));
    }

    /// <summary>Closes a document; false where it was not open.</summary>
    public bool Forget(string uri) => _byUri.Remove(uri);

    /// <summary>The open documents that have changed since they were taken last.</summary>
    public IReadOnlyList<OpenDocument> TakeChanged()
    {
        OpenDocument[] changed = [.. _changed.Select(uri => _byUri.GetValueOrDefault(uri)).OfType<OpenDocument>()];
        _changed.Clear();
        return changed;
    }

    private void Set(OpenDocument document)
    {
        _byUri[document.Uri] = document;
        _changed.Add(document.Uri);
    }

    private static string UriOf(LspParams parameters) =>
        parameters.TextDocument?.Uri ?? throw new RpcException(RpcException.InvalidParams, "the message names no document");
}
