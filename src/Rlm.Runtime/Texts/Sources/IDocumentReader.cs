namespace Rlm.Runtime.Texts.Sources;

/// <summary>What <c>Rlm.Documents</c> reads for the runtime, so that who needs none of it carries none of it.</summary>
internal interface IDocumentReader
{
    /// <summary>What is in a zstd file; reading it throws <see cref="InvalidDataException"/> where the file is damaged.</summary>
    Stream OpenZstd(Stream packed);

    /// <summary>Writes the text of HTML as a reader sees it. False where cells that span too many others are not all repeated.</summary>
    /// <param name="html">The page, or a part of one.</param>
    /// <param name="spool">Where its text goes.</param>
    /// <param name="onUnclosed">Told what takes all that follows, since it never ends, and the character that it begins at.</param>
    /// <param name="cancellationToken">Ends it.</param>
    bool WriteHtml(string html, TextSpool spool, Action<string, int> onUnclosed, CancellationToken cancellationToken);

    /// <summary>Writes the text of the main content of an HTML page, or of all where nothing tells what that is.</summary>
    /// <param name="html">The page.</param>
    /// <param name="spool">Where its text goes.</param>
    /// <param name="onLeftOut">Told what kind of part is left out, and the character that it begins at, by their order.</param>
    /// <param name="onWhole">Told where all is written.</param>
    /// <param name="onUnclosed">As for a whole page.</param>
    /// <param name="cancellationToken">Ends it.</param>
    bool WriteMainHtml(
        string html, TextSpool spool, Action<string, int> onLeftOut, Action onWhole, Action<string, int> onUnclosed,
        CancellationToken cancellationToken);

    /// <summary>Writes the text of Markdown without its marks.</summary>
    /// <param name="markdown">The document, or a part of one.</param>
    /// <param name="spool">Where its text goes.</param>
    /// <param name="onTooDeep">Told where a piece begins that is nested too deeply to be read; it is kept as it is written.</param>
    /// <param name="onTable">Told where a table stands, whose lines are kept.</param>
    /// <param name="cancellationToken">Ends it.</param>
    void WriteMarkdown(
        TextSlice markdown, TextSpool spool, Action<long> onTooDeep, Action<long> onTable, CancellationToken cancellationToken);

    /// <summary>Tells each row of the tables of HTML with the number of its table, from 1, and gives the number of tables.</summary>
    int ReadHtmlTables(
        string html, Action<int, IReadOnlyList<string>> onRow, Action<string, int> onUnclosed, CancellationToken cancellationToken,
        out bool hasAllSpans);

    /// <summary>Tells each row of the tables of Markdown with the number of its table, from 1, the names first, and gives the number
    /// of tables.</summary>
    int ReadMarkdownTables(TextSlice markdown, Action<int, IReadOnlyList<string>> onRow, CancellationToken cancellationToken);
}
