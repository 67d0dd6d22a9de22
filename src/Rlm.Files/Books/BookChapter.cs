using System.Text;
using System.Text.RegularExpressions;
using Rlm.Documents;
using Rlm.Files.Packages;

namespace Rlm.Files.Books;

/// <summary>
/// The text of a chapter, as its page shows it. Pages of books are read as HTML is, since many are not the XML that they should be.
/// </summary>
internal static partial class BookChapter
{
    private const int MaxChars = 64 * 1024 * 1024;

    /// <param name="package">The book.</param>
    /// <param name="path">The part with the chapter.</param>
    /// <param name="onUnclosed">Told what takes all that follows, since it never ends.</param>
    /// <param name="hasAllSpans">Whether each cell stands in all the cells that it spans.</param>
    /// <exception cref="PartException">The part is missing, damaged or too long.</exception>
    public static string Read(FilePackage package, string path, Action<string> onUnclosed, out bool hasAllSpans)
    {
        string html = "";
        package.Read(path, stream =>
        {
            using var reader = new StreamReader(
                stream, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
            html = ReadAll(reader);
        });
        using var text = new MemoryStream();
        var writer = new BlockWriter(text.Write);
        hasAllSpans = HtmlText.Write(
            CutTitle(EmptyElement.Replace(html, "<$1$2></$1>")), null, writer, (name, _) => onUnclosed(name), CancellationToken.None);
        writer.Finish();
        return Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length).Replace('\f', ' ');
    }

    // To HTML `<title/>` is a start, which hides what comes behind it.
    [GeneratedRegex(@"<(?!(?:br|hr|img|meta|link|input|col|area|base|embed|source|track|wbr|param)\b)([A-Za-z][\w:.-]*)(\s[^<>]*)?/>")]
    private static partial Regex EmptyElement { get; }

    /// <summary>The page without the title of its head, which is that of the book, or that of the chapter once more.</summary>
    private static string CutTitle(string html)
    {
        const string end = "</title>";
        int start = html.IndexOf("<title", StringComparison.OrdinalIgnoreCase);
        int body = html.IndexOf("<body", StringComparison.OrdinalIgnoreCase);
        int behind = start < 0 || start > body ? -1 : html.IndexOf(end, start, StringComparison.OrdinalIgnoreCase);
        return behind < 0 || behind > body ? html : html.Remove(start, behind + end.Length - start);
    }

    private static string ReadAll(StreamReader reader)
    {
        var text = new StringBuilder();
        char[] buffer = new char[16 * 1024];
        try
        {
            for (int count; (count = reader.Read(buffer)) > 0;)
            {
                text.Append(buffer, 0, count);
                if (text.Length > MaxChars)
                    throw new InvalidDataException("it is longer than 64 MiB");
            }
        }
        catch (DecoderFallbackException exception)
        {
            throw new InvalidDataException("it is not written in UTF-8", exception);
        }

        return text.ToString();
    }
}
