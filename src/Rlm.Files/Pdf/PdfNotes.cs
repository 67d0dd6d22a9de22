using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Tokens;

namespace Rlm.Files.Pdf;

/// <summary>What readers wrote onto the pages of a PDF, which is not a part of their text.</summary>
internal static class PdfNotes
{
    /// <summary>The notes of a page, a line for each as <c>[note by Ann: see clause 4]</c>.</summary>
    public static IEnumerable<string> LinesOf(Page page) => page.GetAnnotations()
        .Where(note => note.Type is not (AnnotationType.Link or AnnotationType.Widget or AnnotationType.Popup)
            && !string.IsNullOrWhiteSpace(note.Content))
        .Select(note => Line("note", AuthorOf(note) is { Length: > 0 } author ? $"by {author}" : "", note.Content!));

    /// <summary>A line in brackets.</summary>
    public static string Line(string kind, string name, string value) =>
        $"[{kind}{(name.Length > 0 ? " " : "")}{ToOneLine(name)}: {ToOneLine(value)}]";

    private static string ToOneLine(string text) =>
        string.Join(' ', text.Split((char[])['\r', '\n', '\f', '\0', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));

    private static string? AuthorOf(Annotation note) => note.AnnotationDictionary.TryGet(NameToken.T, out var author)
        ? author switch
        {
            StringToken text => text.Data,
            HexToken text => text.Data,
            _ => null,
        }
        : null;
}
