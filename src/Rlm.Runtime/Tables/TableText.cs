using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Tables;

/// <summary>A table of an HTML or Markdown text, written as lines of CSV.</summary>
/// <param name="Source">The lines, the names first, which whoever reads the table disposes; null where the text has no such table.</param>
/// <param name="Tables">How many tables the text has.</param>
/// <param name="HasAllSpans">Whether each cell stands in all the cells that it spans.</param>
/// <param name="Unclosed">What takes all that follows it, since it never ends, and where; null for nothing.</param>
internal sealed record TableText(TextSource? Source, int Tables, bool HasAllSpans, (string Name, TextSlice Place)? Unclosed)
{
    /// <summary>How the lines are written; null where there are none.</summary>
    public DelimitedDialect? Dialect => Source is null ? null : new DelimitedDialect(Source.Whole, (byte)',', false) { IsCertain = true };

    /// <summary>Reads a table.</summary>
    /// <param name="text">The text: HTML where it begins with a tag, Markdown else, or the other where that has no table.</param>
    /// <param name="reader">Who reads HTML and Markdown.</param>
    /// <param name="number">Which table, from 1.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static TableText Of(TextSlice text, IDocumentReader reader, long number, CancellationToken cancellationToken)
    {
        var start = text.Source.GetSpan(text.Start, (int)Math.Min(text.Length, 1024)).TrimStart(" \t\r\n"u8);
        bool isHtml = start is [(byte)'<', ..];
        var table = Read(text, reader, isHtml, number, cancellationToken);
        return table.Tables == 0 ? Read(text, reader, !isHtml, number, cancellationToken) : table;
    }

    private static TableText Read(TextSlice text, IDocumentReader reader, bool isHtml, long number, CancellationToken cancellationToken)
    {
        using var spool = new TextSpool($"{text.Source.Name} (table{(number == 1 ? "" : $" {number}")})");
        bool isFound = false, hasAllSpans = true;
        (string, TextSlice)? unclosed = null;
        string html = isHtml ? text.Decode() : "";
        int tables = isHtml
            ? reader.ReadHtmlTables(html, Add, (name, at) => unclosed = (name, text.At(html, at)), cancellationToken, out hasAllSpans)
            : reader.ReadMarkdownTables(text, Add, cancellationToken);
        return new TableText(isFound ? spool.ToSource() : null, tables, hasAllSpans, unclosed);

        void Add(int table, IReadOnlyList<string> cells)
        {
            if (table != number)
                return;

            isFound = true;
            spool.Write(Encoding.UTF8.GetBytes(string.Join(',', cells.Select(Quote)) + "\n"));
        }
    }

    // One line for each row. An empty cell stands in the only column in quotes, since a blank line is not a row.
    private static string Quote(string cell) => cell.Length == 0 ? "" : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
