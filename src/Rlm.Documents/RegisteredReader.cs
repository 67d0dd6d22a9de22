using Rlm.Runtime.Texts.Sources;
using ZstdSharp;

namespace Rlm.Documents;

/// <summary>What the runtime asks for, by the readers of this package.</summary>
internal sealed class RegisteredReader : IDocumentReader
{
    public Stream OpenZstd(Stream packed) => new ZstdStream(new DecompressionStream(packed));

    public bool WriteHtml(string html, TextSpool spool, Action<string, int> onUnclosed, CancellationToken cancellationToken) =>
        WriteHtml(html, null, spool, onUnclosed, cancellationToken);

    public bool WriteMainHtml(
        string html, TextSpool spool, Action<string, int> onLeftOut, Action onWhole, Action<string, int> onUnclosed,
        CancellationToken cancellationToken)
    {
        var main = MainContent.Find(html, onLeftOut, cancellationToken);
        if (main is null)
            onWhole();
        return WriteHtml(html, main, spool, onUnclosed, cancellationToken);
    }

    public void WriteMarkdown(
        TextSlice markdown, TextSpool spool, Action<long> onTooDeep, Action<long> onTable, CancellationToken cancellationToken)
    {
        var writer = new BlockWriter(spool.Write);
        MarkdownText.Write(markdown, writer, onTooDeep, onTable, cancellationToken);
        writer.Finish();
    }

    public int ReadHtmlTables(
        string html, Action<int, IReadOnlyList<string>> onRow, Action<string, int> onUnclosed, CancellationToken cancellationToken,
        out bool hasAllSpans) =>
        HtmlText.ReadTables(html, onRow, onUnclosed, cancellationToken, out hasAllSpans);

    public int ReadMarkdownTables(TextSlice markdown, Action<int, IReadOnlyList<string>> onRow, CancellationToken cancellationToken) =>
        MarkdownTables.Read(markdown, onRow, cancellationToken);

    private static bool WriteHtml(
        string html, HtmlMain? main, TextSpool spool, Action<string, int> onUnclosed, CancellationToken cancellationToken)
    {
        var writer = new BlockWriter(spool.Write);
        bool hasAllSpans = HtmlText.Write(html, main, writer, onUnclosed, cancellationToken);
        writer.Finish();
        return hasAllSpans;
    }
}
